import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';

/** Runs of a property when nothing is set. */
const DEFAULT_RUNS = 200;

/** Checks a property; a failure names the seed to run it again with. */
export function check<Values>(property: fc.IProperty<Values>): void {
  fc.assert(property, propertyParameters(DEFAULT_RUNS));
}
