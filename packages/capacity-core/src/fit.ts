import type { HostResources, ResourceName } from './resource.js';
import type { TaskSize } from './task-size.js';

/** How many copies of a task one resource alone would allow on a host. */
export interface Limit {
  /** The resource. */
  readonly resource: ResourceName;
  /** Copies it allows. Integer, at least 0. */
  readonly copies: number;
}

/** How many copies of a task fit on one host, and what stops one more. */
export interface Fit {
  /** Copies that fit. Integer, at least 0. */
  readonly copies: number;
  /** Every resource that has no room for one more; never empty. */
  readonly boundBy: readonly ResourceName[];
  /** Copies that would fit if the binding resource were without limit; `copies` where several bind, `Infinity` where nothing else is asked. */
  readonly copiesWithoutBinding: number;
}

/**
 * Counts the copies of one task that fit into the given resources of one host.
 *
 * The least, over the resources the task asks for, of what each alone allows. A fixed host port allows one copy at most.
 */
export function fit(free: HostResources, size: TaskSize): Fit {
  let copies = Number.POSITIVE_INFINITY;
  let copiesWithoutBinding = Number.POSITIVE_INFINITY;
  let boundBy: ResourceName[] = [];
  for (const limit of limitsOf(free, size)) {
    if (limit.copies < copies) {
      copiesWithoutBinding = copies;
      copies = limit.copies;
      boundBy = [limit.resource];
    } else {
      if (limit.copies === copies) boundBy.push(limit.resource);
      copiesWithoutBinding = Math.min(copiesWithoutBinding, limit.copies);
    }
  }
  return { copies, boundBy, copiesWithoutBinding };
}

function limitsOf(free: HostResources, size: TaskSize): readonly Limit[] {
  const limits: Limit[] = [];
  if (size.cpuUnits > 0) limits.push({ resource: 'CPU', copies: Math.floor(free.cpuUnits / size.cpuUnits) });
  if (size.memoryMiB > 0) limits.push({ resource: 'MEMORY', copies: Math.floor(free.memoryMiB / size.memoryMiB) });
  if (size.gpus > 0) limits.push({ resource: 'GPU', copies: Math.floor(free.gpus / size.gpus) });
  if (size.tcpPorts.length > 0) limits.push({ resource: 'PORTS', copies: portsFree(size.tcpPorts, free.takenTcpPorts) });
  if (size.udpPorts.length > 0) limits.push({ resource: 'PORTS_UDP', copies: portsFree(size.udpPorts, free.takenUdpPorts) });
  return limits;
}

function portsFree(asked: readonly number[], taken: readonly number[]): 0 | 1 {
  return asked.some((port) => taken.includes(port)) ? 0 : 1;
}
