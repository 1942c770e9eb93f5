/**
 * How often a property runs and from which seed.
 *
 * `PLIMSOLL_TEST_SEED` repeats a run; `PLIMSOLL_TEST_LEVEL=full` runs it 20 times as often.
 *
 * @param runs number of runs at the ordinary level
 */
export function propertyParameters(runs: number): { readonly numRuns: number; readonly seed?: number } {
  const numRuns = process.env.PLIMSOLL_TEST_LEVEL === 'full' ? runs * 20 : runs;
  const seed = process.env.PLIMSOLL_TEST_SEED;
  return seed === undefined ? { numRuns } : { numRuns, seed: Number(seed) };
}
