import { createRandom } from '../../virtual-time/seeded-random.js';
import { type Workload, workloadOf } from '../workload.js';

/**
 * Moves each standalone task by chance, so that several seeds of one trace tell what is a policy's doing and what is luck.
 *
 * @param seconds - how far at most, either way, all distances being as likely; whole seconds, at least 0
 * @param seed - 0 to 4294967295
 */
export function jitterArrivals(workload: Workload, seconds: number, seed: number): Workload {
  if (seconds === 0) return workload;
  const random = createRandom(seed);
  const moved = (atMillis: number): number => Math.max(0, atMillis + Math.round((2 * random.next() - 1) * seconds * 1000));
  return workloadOf({
    ...workload,
    notes: [...workload.notes, `each task comes up to ${seconds} s earlier or later, by chance`],
    arrivals: workload.arrivals.map((arrival) => ({ ...arrival, atMillis: moved(arrival.atMillis) })),
  });
}
