import { performance } from 'node:perf_hooks';

const ROUNDS = 9;

/** The median time of a function, in milliseconds, after two rounds to warm up. Its answer is used, so that none is optimised away. */
export function medianMilliseconds(work) {
  let checksum = work() + work();
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    checksum += work();
    times.push(performance.now() - start);
  }
  if (!Number.isFinite(checksum)) throw new RangeError('the work measured must answer with a finite number');
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
}
