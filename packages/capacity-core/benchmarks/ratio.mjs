import { cpuUsage } from 'node:process';

const ROUNDS = 15;

/**
 * How many times as long one function takes as another, and the time of the first in milliseconds.
 *
 * They take turns, after two rounds to warm up, and each one's shortest time counts. Time is that of the processor, so that other
 * work on the machine, which takes turns with this, hardly counts. Their answers are used, so that none is optimised away.
 */
export function ratioOf(work, yardstick) {
  const shortest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let checksum = work() + yardstick() + work() + yardstick();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, run] of [work, yardstick].entries()) {
      const start = cpuUsage();
      checksum += run();
      const { user, system } = cpuUsage(start);
      shortest[index] = Math.min(shortest[index], (user + system) / 1000);
    }
  }
  if (!Number.isFinite(checksum)) throw new RangeError('the work measured must answer with a finite number');
  return { ratio: shortest[0] / shortest[1], milliseconds: shortest[0] };
}
