/**
 * How often a property runs and from which seed.
 *
 * `PLIMSOLL_TEST_SEED` repeats a run, `PLIMSOLL_TEST_RUNS` sets its length; `PLIMSOLL_TEST_LEVEL=full` runs 20 times as often.
 *
 * @param runs number of runs where none is set
 */
export function propertyParameters(runs: number): { readonly numRuns: number; readonly seed?: number } {
  const ordinary = Number(process.env.PLIMSOLL_TEST_RUNS || runs);
  const numRuns = process.env.PLIMSOLL_TEST_LEVEL === 'full' ? ordinary * 20 : ordinary;
  const seed = process.env.PLIMSOLL_TEST_SEED;
  return seed === undefined ? { numRuns } : { numRuns, seed: Number(seed) };
}
