import type { Reason } from './reason.js';
import type { HostResources } from './resource.js';
import type { TaskSize } from './task-size.js';

/** How many copies of a task one resource or constraint alone would allow on a host. */
export interface Limit {
  /** The resource or constraint. */
  readonly reason: Reason;
  /** Copies it allows. Integer, at least 0. */
  readonly copies: number;
}

/** How many copies of a task fit on one host, and what stops one more. */
export interface Fit {
  /** Copies that fit. Integer, at least 0. */
  readonly copies: number;
  /** Everything that stops one more; never empty. */
  readonly boundBy: readonly Reason[];
  /** Copies that would fit if what binds were without limit; `copies` where several bind, `Infinity` where nothing else is asked. */
  readonly copiesWithoutBinding: number;
}

/**
 * Counts the copies of one task that fit into the given resources of one host.
 *
 * The least, over the resources the task asks for, of what each alone allows. A fixed host port allows one copy at most. Resources
 * alone decide: neither constraints nor network interfaces, nor the state of the host.
 */
export function fit(free: HostResources, size: TaskSize): Fit {
  return leastLimit(resourceLimits(free, size));
}

/** The least of the limits, and which they are. */
export function leastLimit(limits: readonly Limit[]): Fit {
  let copies = Number.POSITIVE_INFINITY;
  let copiesWithoutBinding = Number.POSITIVE_INFINITY;
  let boundBy: Reason[] = [];
  for (const limit of limits) {
    if (limit.copies < copies) {
      copiesWithoutBinding = copies;
      copies = limit.copies;
      boundBy = [limit.reason];
    } else {
      if (limit.copies === copies) boundBy.push(limit.reason);
      copiesWithoutBinding = Math.min(copiesWithoutBinding, limit.copies);
    }
  }
  return { copies, boundBy, copiesWithoutBinding };
}

/** What each resource the task asks for allows by itself. */
export function resourceLimits(free: HostResources, size: TaskSize): readonly Limit[] {
  const limits: Limit[] = [];
  if (size.cpuUnits > 0) limits.push({ reason: 'CPU', copies: copiesOf(free.cpuUnits, size.cpuUnits) });
  if (size.memoryMiB > 0) limits.push({ reason: 'MEMORY', copies: copiesOf(free.memoryMiB, size.memoryMiB) });
  if (size.gpus > 0) limits.push({ reason: 'GPU', copies: copiesOf(free.gpus, size.gpus) });
  if (size.tcpPorts.length > 0) limits.push({ reason: 'PORTS', copies: portsFree(size.tcpPorts, free.takenTcpPorts) });
  if (size.udpPorts.length > 0) limits.push({ reason: 'PORTS_UDP', copies: portsFree(size.udpPorts, free.takenUdpPorts) });
  for (const { name, amount } of size.others) {
    if (amount > 0) limits.push({ reason: `RESOURCE:${name}`, copies: copiesOf(amountOf(free, name), amount) });
  }
  return limits;
}

/** A room that was given more than it had left holds none, not less than none. */
function copiesOf(free: number, demand: number): number {
  return Math.max(0, Math.floor(free / demand));
}

function amountOf({ others }: HostResources, name: string): number {
  return others.find((resource) => resource.name === name)?.amount ?? 0;
}

function portsFree(asked: readonly number[], taken: readonly number[]): 0 | 1 {
  return asked.some((port) => taken.includes(port)) ? 0 : 1;
}
