import type { Check } from '../check.js';
import { differences, type Moment } from './story.js';

/** What the capacity metrics promise. */
export function capacityChecks(moments: readonly Moment[]): readonly Check[] {
  const wrong = differences(moments);
  const invocations = moments.reduce((sum, moment) => sum + moment.events, 0);
  return [
    {
      promise: "every published number is the core's own answer, where sums over hosts promise too much",
      holds: moments.length > 0 && wrong.length === 0,
      seen: [
        `${invocations} events, ${moments.length} steps`,
        ...wrong.map(
          ({ title, published, expected }) => `"${title}": published ${JSON.stringify(published)}, not ${JSON.stringify(expected)}`,
        ),
      ].join('; '),
    },
  ];
}
