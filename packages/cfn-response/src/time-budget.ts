/** Time of one invocation, as milliseconds from its start. */
export interface TimeBudget {
  /** When the handler's time is over and its request is answered FAILED. */
  readonly handlerMs: number;
  /** When the last PUT must have ended. */
  readonly deliveryMs: number;
}

/** Kept back at the end for the log line and the return, in milliseconds. */
const EXIT_MS = 250;

/**
 * Shares the time a function has left between the handler and the answer.
 *
 * The answer gets `marginMs`, but at most half, so that a function with a short
 * time-out still runs its handler.
 *
 * @param remainingMs what Lambda gives; anything unusable counts as 3,000, the shortest time-out Lambda sets by itself
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html default of 3 seconds
 */
export function timeBudget(remainingMs: unknown, marginMs: number): TimeBudget {
  const remaining = typeof remainingMs === 'number' && !Number.isNaN(remainingMs) ? Math.max(0, remainingMs) : 3000;
  return {
    handlerMs: remaining - Math.min(marginMs, remaining / 2),
    deliveryMs: remaining - Math.min(EXIT_MS, remaining / 10),
  };
}
