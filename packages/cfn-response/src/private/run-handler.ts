import type { Clock } from '../clock.js';

/** How a handler ended, or that it did not in its time, or was not called. */
export type HandlerOutcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly thrown: unknown }
  | { readonly kind: 'timed out' }
  /** It was not called, and the request is answered FAILED for this reason. */
  | { readonly kind: 'refused'; readonly reason: string };

/** What is run, and for how long. */
export interface HandlerRun {
  readonly run: () => unknown;
  readonly clock: Clock;
  /** Time to settle, in milliseconds. */
  readonly limitMs: number;
  /** Called if the handler settles all the same, later. */
  readonly onLate: () => void;
}

/** Runs a handler until it settles or its time is over; the first of the two decides, once. */
export function runHandler({ run, clock, limitMs, onLate }: HandlerRun): Promise<HandlerOutcome> {
  return new Promise((resolve) => {
    let over = false;
    const cancel = clock.after(limitMs, () => {
      over = true;
      resolve({ kind: 'timed out' });
    });
    const settle = (outcome: HandlerOutcome): void => {
      cancel();
      resolve(outcome);
      if (over) onLate();
    };
    new Promise((begin) => begin(run())).then(
      (value) => settle({ kind: 'returned', value }),
      (thrown: unknown) => settle({ kind: 'threw', thrown }),
    );
  });
}
