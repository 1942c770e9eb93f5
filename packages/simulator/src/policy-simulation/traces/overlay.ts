import { type Workload, workloadOf } from '../workload.js';

/** How far a copy begins after the one before it, in milliseconds: about an hour, and no divisor of a day. */
const SHIFT_MILLIS = 3_607_000;

/** Lays copies of a workload over each other, each shifted a little, so that the load is that many times as great. */
export function overlayCopies(workload: Workload, copies: number): Workload {
  if (copies <= 1) return workload;
  const shifts = Array.from({ length: copies }, (_, copy) => copy * SHIFT_MILLIS);
  const later = (shift: number) => (level: { readonly atMillis: number; readonly value: number }) => ({
    ...level,
    atMillis: level.atMillis + shift,
  });
  return workloadOf({
    sizes: workload.sizes,
    notes: [...workload.notes, `${copies} copies are laid over each other, each ${SHIFT_MILLIS / 1000} s after the one before`],
    endMillis: workload.endMillis,
    arrivals: shifts.flatMap((shift) => workload.arrivals.map((arrival) => ({ ...arrival, atMillis: arrival.atMillis + shift }))),
    services: shifts.flatMap((shift, copy) =>
      workload.services
        // Each host runs a daemon once, however many copies there are.
        .filter(({ strategy }) => copy === 0 || strategy !== 'DAEMON')
        .map((service) => ({
          ...service,
          name: copy === 0 ? service.name : `${service.name}-${copy + 1}`,
          ...(service.desired === undefined ? {} : { desired: service.desired.map(later(shift)) }),
          ...(service.load === undefined ? {} : { load: service.load.map(later(shift)) }),
          ...(service.deploymentsAtMillis === undefined
            ? {}
            : { deploymentsAtMillis: service.deploymentsAtMillis.map((at) => at + shift) }),
        })),
    ),
  });
}
