/** First pause at most, in milliseconds. */
const FIRST_MS = 200;

/** Longest pause, in milliseconds. */
const LONGEST_MS = 10_000;

/**
 * Pause before the next try: between half and the whole of a bound that doubles from 200 ms to 10 s.
 *
 * @param tryNumber the try that failed, from 1
 * @param random at least 0, below 1
 * @returns milliseconds, 100 to 10,000
 */
export function retryDelayMs(tryNumber: number, random: number): number {
  const bound = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tryNumber - 1, 16));
  const fraction = random >= 0 && random <= 1 ? random : 0.5;
  return bound / 2 + (bound / 2) * fraction;
}
