import type { Moment, Numbers } from '../../src/capacity/story.js';

/** A moment of the demo with everything in order, but for what a test changes. */
export function moment(changes: Partial<Moment> = {}): Moment {
  const numbers: Numbers = { containerCapacity: 1, idleHostCapacity: 1.5, bySize: [2, 1], idleBySize: [1.5, 2] };
  return {
    title: 'something happens',
    seconds: 1,
    events: 1,
    refusals: [],
    published: numbers,
    expected: numbers,
    pooledFirstSize: 2,
    ...changes,
  };
}
