const FIRST_MS = 1_000;
const LONGEST_MS = 10_000;
const GROWTH = 1.4;
const LONGEST_BACKOFF_MS = 20_000;

/**
 * Pause before the next look at a task: a bound that grows from 1 s to 10 s, jittered down to half.
 *
 * @param polls looks so far, from 0
 * @param random at least 0, below 1
 * @returns milliseconds, 500 to 10,000
 */
export function pollDelayMs(polls: number, random: number): number {
  return jittered(Math.min(LONGEST_MS, FIRST_MS * GROWTH ** Math.min(polls, 16)), random);
}

/**
 * Pause after calls that were throttled or not answered: a bound that doubles from 1 s to 20 s, jittered down to half.
 *
 * @param failures calls in a row that failed, from 1
 * @param random at least 0, below 1
 * @returns milliseconds, 500 to 20,000
 */
export function backoffMs(failures: number, random: number): number {
  return jittered(Math.min(LONGEST_BACKOFF_MS, FIRST_MS * 2 ** Math.min(Math.max(0, failures - 1), 16)), random);
}

function jittered(bound: number, random: number): number {
  const fraction = random >= 0 && random <= 1 ? random : 0.5;
  return Math.round(bound / 2 + (bound / 2) * fraction);
}
