import { type HostResources, RESOURCE_NAMES } from './resource.js';
import { Tally } from './tally.js';
import type { TaskSize } from './task-size.js';

/** What a host has left, and what it had when it was empty. */
export interface HostAmounts {
  readonly remaining: HostResources;
  readonly registered: HostResources;
}

/** Whether resources alone decide where the task fits, and only those that ECS names itself. */
export function isPlain(size: TaskSize): boolean {
  return (
    size.networkMode !== 'awsvpc' &&
    size.others.length === 0 &&
    size.requiredAttributes.length === 0 &&
    size.placementConstraints.length === 0
  );
}

/** The amounts of many hosts, a column each: read once, for every size. */
export interface AmountColumns {
  readonly hosts: readonly HostAmounts[];
  readonly cpuUnits: Float64Array;
  readonly memoryMiB: Float64Array;
  readonly registeredCpuUnits: Float64Array;
  readonly registeredMemoryMiB: Float64Array;
}

/** Sets out the amounts of the hosts in columns. */
export function columnsOf(hosts: readonly HostAmounts[]): AmountColumns {
  const count = hosts.length;
  const columns = {
    hosts,
    cpuUnits: new Float64Array(count),
    memoryMiB: new Float64Array(count),
    registeredCpuUnits: new Float64Array(count),
    registeredMemoryMiB: new Float64Array(count),
  };
  for (const [index, { remaining, registered }] of hosts.entries()) {
    columns.cpuUnits[index] = remaining.cpuUnits;
    columns.memoryMiB[index] = remaining.memoryMiB;
    columns.registeredCpuUnits[index] = registered.cpuUnits;
    columns.registeredMemoryMiB[index] = registered.memoryMiB;
  }
  return columns;
}

/**
 * Counts a plain size over the hosts: what `fits` says of each, in one pass that makes no object a host.
 *
 * An amount that is not asked for allows any number: its limit is infinite.
 */
export function countPlain(columns: AmountColumns, size: TaskSize): Tally {
  const others = size.gpus + size.tcpPorts.length + size.udpPorts.length;
  return others === 0 ? countCpuAndMemory(columns, size) : countEveryAmount(columns, size);
}

function countCpuAndMemory({ hosts, ...columns }: AmountColumns, { cpuUnits, memoryMiB }: TaskSize): Tally {
  const tally = new Tally();
  const sums: Sums = { cpuHosts: 0, memoryHosts: 0, cpuGain: 0, memoryGain: 0 };
  for (let index = 0; index < hosts.length; index += 1) {
    const byCpu = copiesOf(columns.cpuUnits[index] ?? 0, cpuUnits);
    const byMemory = copiesOf(columns.memoryMiB[index] ?? 0, memoryMiB);
    const emptyByCpu = copiesOf(columns.registeredCpuUnits[index] ?? 0, cpuUnits);
    const emptyByMemory = copiesOf(columns.registeredMemoryMiB[index] ?? 0, memoryMiB);
    tally.addHost(byCpu < byMemory ? byCpu : byMemory, emptyByCpu < emptyByMemory ? emptyByCpu : emptyByMemory);
    addTo(sums, byCpu, byMemory);
  }
  if (sums.cpuHosts > 0) tally.addBound('CPU', sums.cpuHosts, sums.cpuGain);
  if (sums.memoryHosts > 0) tally.addBound('MEMORY', sums.memoryHosts, sums.memoryGain);
  return tally;
}

/** On how many hosts each of the two binds, and what would fit more without it. */
interface Sums {
  cpuHosts: number;
  memoryHosts: number;
  cpuGain: number;
  memoryGain: number;
}

function addTo(sums: Sums, byCpu: number, byMemory: number): void {
  if (byCpu <= byMemory) sums.cpuHosts += 1;
  if (byCpu >= byMemory) sums.memoryHosts += 1;
  if (byCpu < byMemory) sums.cpuGain += byMemory - byCpu;
  if (byCpu > byMemory) sums.memoryGain += byCpu - byMemory;
}

function countEveryAmount({ hosts }: AmountColumns, size: TaskSize): Tally {
  const tally = new Tally();
  const bound = [0, 0, 0, 0, 0];
  const gain = [0, 0, 0, 0, 0];
  const limits = [0, 0, 0, 0, 0];
  for (const { remaining, registered } of hosts) {
    limits[0] = copiesOf(remaining.cpuUnits, size.cpuUnits);
    limits[1] = copiesOf(remaining.memoryMiB, size.memoryMiB);
    limits[2] = copiesOf(remaining.gpus, size.gpus);
    limits[3] = portsOf(size.tcpPorts, remaining.takenTcpPorts);
    limits[4] = portsOf(size.udpPorts, remaining.takenUdpPorts);
    tally.addHost(addLimits(limits, bound, gain), emptyCopies(registered, size));
  }
  for (const [index, reason] of RESOURCE_NAMES.entries()) {
    const hostsBound = bound[index] ?? 0;
    if (hostsBound > 0) tally.addBound(reason, hostsBound, gain[index] ?? 0);
  }
  return tally;
}

/** The least of the limits, which are counted as binding; the next above it is what would fit without one that binds alone. */
function addLimits(limits: readonly number[], bound: number[], gain: number[]): number {
  let least = Number.POSITIVE_INFINITY;
  let next = Number.POSITIVE_INFINITY;
  let which = 0;
  for (let index = 0; index < limits.length; index += 1) {
    const limit = limits[index] ?? least;
    if (limit < least) {
      next = least;
      least = limit;
      which = index;
    } else if (limit < next) next = limit;
  }
  if (next > least) {
    bound[which] = (bound[which] ?? 0) + 1;
    gain[which] = (gain[which] ?? 0) + next - least;
    return least;
  }
  for (let index = 0; index < limits.length; index += 1) if (limits[index] === least) bound[index] = (bound[index] ?? 0) + 1;
  return least;
}

function emptyCopies({ cpuUnits, memoryMiB, gpus, takenTcpPorts, takenUdpPorts }: HostResources, size: TaskSize): number {
  return Math.min(
    copiesOf(cpuUnits, size.cpuUnits),
    copiesOf(memoryMiB, size.memoryMiB),
    copiesOf(gpus, size.gpus),
    portsOf(size.tcpPorts, takenTcpPorts),
    portsOf(size.udpPorts, takenUdpPorts),
  );
}

function copiesOf(free: number, demand: number): number {
  if (demand === 0) return Number.POSITIVE_INFINITY;
  const copies = Math.floor(free / demand);
  return copies > 0 ? copies : 0;
}

function portsOf(asked: readonly number[], taken: readonly number[]): number {
  if (asked.length === 0) return Number.POSITIVE_INFINITY;
  for (const port of asked) if (taken.includes(port)) return 0;
  return 1;
}
