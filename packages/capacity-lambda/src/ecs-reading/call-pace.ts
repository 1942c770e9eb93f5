/** Lets calls pass at a pace. */
export interface CallPace {
  /** Resolves when the next call may be made, in the order asked; rejects with the signal's reason. */
  admit(abortSignal?: AbortSignal): Promise<void>;
}

/** What a pace is kept with. */
export interface CallPaceOptions {
  /** Calls a second in the long run. Above 0. */
  readonly callsPerSecond: number;
  /** Calls at once. Integer, at least 1. */
  readonly burst: number;
  /** A clock that only goes forward, in milliseconds. */
  readonly now: () => number;
  /** Waits; rejects when the signal is aborted. */
  readonly wait: (millis: number, abortSignal: AbortSignal | undefined) => Promise<void>;
}

/**
 * Half of what the bucket holds that every reader of an account shares, so that a reading of thousands of hosts leaves the others theirs.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 */
const HALF_OF_BUCKET = { burst: 50, callsPerSecond: 10 };

/** The pace of a function with this budget: half of what the account has, or the budget where that is more. */
export function paceOf(budgetCallsPerSecond: number): Pick<CallPaceOptions, 'callsPerSecond' | 'burst'> {
  return { ...HALF_OF_BUCKET, callsPerSecond: Math.max(HALF_OF_BUCKET.callsPerSecond, budgetCallsPerSecond) };
}

/** Makes a pace, as a token bucket that is full. */
export function createCallPace({ callsPerSecond, burst, now, wait }: CallPaceOptions): CallPace {
  let tokens = burst;
  let atMillis = now();
  return {
    admit: async (abortSignal) => {
      abortSignal?.throwIfAborted();
      const millis = now();
      tokens = Math.min(burst, tokens + (Math.max(0, millis - atMillis) * callsPerSecond) / 1000) - 1;
      atMillis = millis;
      if (tokens >= 0) return;
      try {
        await wait((-tokens * 1000) / callsPerSecond, abortSignal);
      } catch (cause) {
        abortSignal?.throwIfAborted();
        throw cause;
      }
    },
  };
}
