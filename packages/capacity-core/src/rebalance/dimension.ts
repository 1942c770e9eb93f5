import type { HostRoom } from '../host-room.js';
import type { Reason } from '../reason.js';
import type { TaskSize } from '../task-size.js';

/** More than any host holds of anything; stands for a dimension without a known limit. */
export const NO_LIMIT = 2 ** 31;

/** Amounts are kept in whole 1,024ths, so that quotients of them are exact. */
const STEP = 1024;

/** How much of one dimension a room has, rounded down to a whole 1,024th. */
export function freeOf(room: HostRoom, dimension: Reason): number {
  return Math.floor(amountFree(room, dimension) * STEP) / STEP;
}

/** How much of one dimension a task takes, rounded up to a whole 1,024th. */
export function demandOf(size: TaskSize, dimension: Reason): number {
  return Math.ceil(amountAsked(size, dimension) * STEP) / STEP;
}

function amountFree({ free, freeNetworkInterfaces }: HostRoom, dimension: Reason): number {
  switch (dimension) {
    case 'CPU':
      return free.cpuUnits;
    case 'MEMORY':
      return free.memoryMiB;
    case 'GPU':
      return free.gpus;
    case 'ENI':
      return freeNetworkInterfaces ?? NO_LIMIT;
    default:
      return free.others.find(({ name }) => dimension === `RESOURCE:${name}`)?.amount ?? 0;
  }
}

function amountAsked(size: TaskSize, dimension: Reason): number {
  switch (dimension) {
    case 'CPU':
      return size.cpuUnits;
    case 'MEMORY':
      return size.memoryMiB;
    case 'GPU':
      return size.gpus;
    case 'ENI':
      return size.networkMode === 'awsvpc' ? 1 : 0;
    default:
      return size.others.find(({ name }) => dimension === `RESOURCE:${name}`)?.amount ?? 0;
  }
}
