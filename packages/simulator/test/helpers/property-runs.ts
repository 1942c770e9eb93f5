/** Seed and number of runs of a property, from the environment; `full` runs ten times as many. */
export function propertyRuns(usual: number): { readonly numRuns: number; readonly seed?: number } {
  const seed = Number(process.env.PLIMSOLL_TEST_SEED);
  const numRuns = process.env.PLIMSOLL_TEST_LEVEL === 'full' ? usual * 10 : usual;
  return process.env.PLIMSOLL_TEST_SEED === undefined || !Number.isSafeInteger(seed) ? { numRuns } : { numRuns, seed };
}
