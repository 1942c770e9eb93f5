import type { AmountColumns } from './amount-columns.js';
import { RESOURCE_NAMES } from './resource.js';
import { Tally } from './tally.js';
import type { TaskSize } from './task-size.js';

/** Whether resources alone decide where the task fits, and only those that ECS names itself. */
export function isPlain(size: TaskSize): boolean {
  return (
    size.networkMode !== 'awsvpc' &&
    size.others.length === 0 &&
    size.requiredAttributes.length === 0 &&
    size.placementConstraints.length === 0
  );
}

/** What hosts have left, and what they had when they were empty. */
export interface HostColumns {
  readonly remaining: AmountColumns;
  readonly registered: AmountColumns;
}

/**
 * Counts a plain size over the hosts: what `fits` says of each, in one pass that makes no object a host.
 *
 * An amount that is not asked for allows any number: its limit is infinite.
 */
export function countPlain(columns: HostColumns, size: TaskSize): Tally {
  const others = size.gpus + size.tcpPorts.length + size.udpPorts.length;
  return others === 0 ? countCpuAndMemory(columns, size) : countEveryAmount(columns, size);
}

function countCpuAndMemory({ remaining, registered }: HostColumns, { cpuUnits, memoryMiB }: TaskSize): Tally {
  const tally = new Tally();
  const sums: Sums = { cpuHosts: 0, memoryHosts: 0, cpuGain: 0, memoryGain: 0 };
  const { cpuUnits: cpu, memoryMiB: memory } = remaining;
  const { cpuUnits: registeredCpu, memoryMiB: registeredMemory } = registered;
  for (let index = 0; index < cpu.length; index += 1) {
    const byCpu = copiesOf(cpu[index] ?? 0, cpuUnits);
    const byMemory = copiesOf(memory[index] ?? 0, memoryMiB);
    const emptyByCpu = copiesOf(registeredCpu[index] ?? 0, cpuUnits);
    const emptyByMemory = copiesOf(registeredMemory[index] ?? 0, memoryMiB);
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

function countEveryAmount({ remaining, registered }: HostColumns, size: TaskSize): Tally {
  const tally = new Tally();
  const bound = [0, 0, 0, 0, 0];
  const gain = [0, 0, 0, 0, 0];
  const limits = [0, 0, 0, 0, 0];
  const now = wantedOf(remaining, size);
  const empty = wantedOf(registered, size);
  for (let index = 0; index < remaining.cpuUnits.length; index += 1) {
    setLimits(limits, empty, size, index);
    const whenEmpty = leastOf(limits);
    setLimits(limits, now, size, index);
    tally.addHost(addLimits(limits, bound, gain), whenEmpty);
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

/** What a size asks for, of every host, now or empty. */
interface Wanted {
  readonly cpuUnits: Float64Array;
  readonly memoryMiB: Float64Array;
  readonly gpus: Float64Array;
  readonly tcp: Uint8Array | undefined;
  readonly udp: Uint8Array | undefined;
}

function wantedOf(columns: AmountColumns, { gpus, tcpPorts, udpPorts }: TaskSize): Wanted {
  const { cpuUnits, memoryMiB } = columns;
  return {
    cpuUnits,
    memoryMiB,
    // Not asked for, they allow any number, whatever the column holds.
    gpus: gpus === 0 ? cpuUnits : columns.gpus,
    tcp: columns.freeTcpPorts(tcpPorts),
    udp: columns.freeUdpPorts(udpPorts),
  };
}

/** What each resource alone allows on one host, in the order of their names; a list that is used again for each host. */
function setLimits(limits: number[], wanted: Wanted, size: TaskSize, index: number): void {
  limits[0] = copiesOf(wanted.cpuUnits[index] ?? 0, size.cpuUnits);
  limits[1] = copiesOf(wanted.memoryMiB[index] ?? 0, size.memoryMiB);
  limits[2] = copiesOf(wanted.gpus[index] ?? 0, size.gpus);
  limits[3] = wanted.tcp?.[index] ?? Number.POSITIVE_INFINITY;
  limits[4] = wanted.udp?.[index] ?? Number.POSITIVE_INFINITY;
}

function leastOf(limits: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const limit of limits) if (limit < least) least = limit;
  return least;
}

function copiesOf(free: number, demand: number): number {
  if (demand === 0) return Number.POSITIVE_INFINITY;
  const copies = Math.floor(free / demand);
  return copies > 0 ? copies : 0;
}
