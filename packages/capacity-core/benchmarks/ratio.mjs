import { performance } from 'node:perf_hooks';

const ROUNDS = 15;

/**
 * How many times as long one function takes as another, and the time of the first in milliseconds.
 *
 * They take turns, after two rounds to warm up, and each one's shortest time counts: other work on the machine only ever adds, and
 * then adds to both. Their answers are used, so that none is optimised away.
 */
export function ratioOf(work, yardstick) {
  const shortest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let checksum = work() + yardstick() + work() + yardstick();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, run] of [work, yardstick].entries()) {
      const start = performance.now();
      checksum += run();
      shortest[index] = Math.min(shortest[index], performance.now() - start);
    }
  }
  if (!Number.isFinite(checksum)) throw new RangeError('the work measured must answer with a finite number');
  return { ratio: shortest[0] / shortest[1], milliseconds: shortest[0] };
}
