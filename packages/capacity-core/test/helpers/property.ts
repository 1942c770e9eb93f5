import { env } from 'node:process';
import fc from 'fast-check';

/** Runs of a property when nothing is set. */
const DEFAULT_RUNS = 200;
/** How many times more runs the full level makes. */
const FULL_LEVEL_FACTOR = 20;

/** A property that does not hold, or was asked for in a way that makes no sense. */
class PropertyError extends Error {
  public override readonly name = 'PropertyError';
}

const seed = wholeNumber('PLIMSOLL_TEST_SEED') ?? Math.floor(Math.random() * 2 ** 31);
const numRuns = (wholeNumber('PLIMSOLL_TEST_RUNS') ?? DEFAULT_RUNS) * (env.PLIMSOLL_TEST_LEVEL === 'full' ? FULL_LEVEL_FACTOR : 1);

/** Checks a property; a failure names the seed to run it again with. */
export function check<Values>(property: fc.IProperty<Values>): void {
  const outcome = fc.check(property, { seed, numRuns });
  if (outcome.failed) {
    throw new PropertyError(`again with PLIMSOLL_TEST_SEED=${seed}\n${fc.defaultReportMessage(outcome)}`);
  }
}

function wholeNumber(name: string): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw new PropertyError(`${name} is ${JSON.stringify(text)}: give a whole number`);
  return Number(text);
}
