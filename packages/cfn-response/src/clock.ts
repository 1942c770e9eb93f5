/** Time, as this package needs it. */
export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
  /** Calls back once, `delayMs` milliseconds from now, unless the returned function is called before. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Longest delay `setTimeout` takes, in milliseconds; beyond it, it fires at once. */
const MAX_DELAY_MS = 2_147_483_647;

/** The machine's monotonic clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, Math.min(delayMs, MAX_DELAY_MS));
    return () => clearTimeout(timer);
  },
};
