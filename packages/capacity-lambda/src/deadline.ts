import { OutOfTimeError } from './fault.js';

/**
 * Time kept back at the end of an invocation to log and answer in, in milliseconds.
 *
 * An invocation that Lambda times out fails its whole batch, and says nothing about why.
 */
const MARGIN_MILLIS = 1_000;

/** What the handler needs of Lambda's context. */
export interface InvocationContext {
  /** Milliseconds until Lambda ends the invocation. */
  getRemainingTimeInMillis(): number;
}

/** The end of an invocation, told in time. */
export interface Deadline {
  /** Aborted when the invocation is nearly over. */
  readonly signal: AbortSignal;
  /** Lets go of the timer. */
  readonly stop: () => void;
}

/** Begins to watch the time that is left. */
export function startDeadline(context: InvocationContext): Deadline {
  const controller = new AbortController();
  const millis = context.getRemainingTimeInMillis() - MARGIN_MILLIS;
  const giveUp = (): void =>
    controller.abort(new OutOfTimeError(`less than ${MARGIN_MILLIS} ms are left of the invocation: give the function a longer time-out`));
  if (millis <= 0) giveUp();
  const timer = setTimeout(giveUp, Math.max(0, millis));
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}
