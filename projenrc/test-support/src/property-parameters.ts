import { InvalidTestSettingError } from './test-support-error.js';

/** How many times more runs the full level makes. */
const FULL_LEVEL_FACTOR = 20;

/** What fast-check is told of a property, as `fc.assert` takes it. */
export interface PropertyParameters {
  readonly numRuns: number;
  /** Absent where fast-check is to draw one itself; a failure names it. */
  readonly seed?: number;
}

/**
 * How often a property runs and from which seed.
 *
 * `PLIMSOLL_TEST_SEED` repeats a run, `PLIMSOLL_TEST_RUNS` sets its length; `PLIMSOLL_TEST_LEVEL=full` runs 20 times as often. A variable
 * that is empty is none.
 *
 * @param runs - number of runs where none is set
 * @param env - the environment
 * @throws {InvalidTestSettingError} where the seed or the number of runs is no whole number
 */
export function propertyParameters(runs: number, env: Readonly<Record<string, string | undefined>> = process.env): PropertyParameters {
  const ordinary = wholeNumber(env, 'PLIMSOLL_TEST_RUNS') ?? runs;
  const numRuns = env.PLIMSOLL_TEST_LEVEL === 'full' ? ordinary * FULL_LEVEL_FACTOR : ordinary;
  const seed = wholeNumber(env, 'PLIMSOLL_TEST_SEED');
  return seed === undefined ? { numRuns } : { numRuns, seed };
}

function wholeNumber(env: Readonly<Record<string, string | undefined>>, name: string): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw new InvalidTestSettingError(`${name} is ${JSON.stringify(text)}: give a whole number`);
  return Number(text);
}
