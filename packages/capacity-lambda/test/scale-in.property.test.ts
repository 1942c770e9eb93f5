import { createRandom } from '@plimsoll/simulator';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { deploymentTrial, scaleInTrial } from './helpers/scale-in-trial.js';
import { STRATEGIES } from './helpers/scheduled-cluster.js';

describe('every host that scale-in names', () => {
  test.each(STRATEGIES)('is emptied by a scheduler of the strategy %s with no task left waiting, and no scale-out follows', (strategy) => {
    let removed = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constantFrom(1, 2, 4), (seed, atOnce) => {
        const trial = scaleInTrial(strategy, createRandom(seed), atOnce);
        removed += trial.removed;
        expect(trial).toMatchObject({ homeless: 0, scaledOut: false });
      }),
      propertyParameters(60),
    );
    // A scale-in that names no host would pass, too.
    expect(removed).toBeGreaterThan(0);
  });

  test.each(STRATEGIES)('leaves room for the rest of a deployment that is under way, by the strategy %s', (strategy) => {
    let removed = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constantFrom(1, 2, 4), (seed, atOnce) => {
        const trial = deploymentTrial(strategy, createRandom(seed), atOnce);
        if (trial === undefined) return;
        removed += trial.removed;
        expect(trial).toMatchObject({ homeless: 0, scaledOut: false, stuck: 0 });
      }),
      propertyParameters(60),
    );
    expect(removed).toBeGreaterThan(0);
  });
});
