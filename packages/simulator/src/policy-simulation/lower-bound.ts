import type { HostType, TaskSize } from '@plimsoll/capacity-core';
import type { ServicePlan, Workload } from './workload.js';

const HOUR_MILLIS = 3_600_000;

/** What no policy gets by with less than. */
export interface LowerBound {
  /**
   * Host-hours of any policy that starts each task when it is asked for, though it knew the future and moved tasks for nothing.
   *
   * A policy that lets tasks wait may stay below.
   */
  readonly hostHours: number;
  /** Host-hours of any policy at all that does all the work: the work divided by what a host holds. */
  readonly workHostHours: number;
  /** Most hosts needed at once, by the first. */
  readonly peakHosts: number;
}

interface Change {
  readonly atMillis: number;
  readonly size: TaskSize;
  readonly tasks: number;
}

/** Sums of what is asked for at a moment, and counts of tasks of which no host holds two. */
class Demand {
  #cpuUnits = 0;
  #memoryMiB = 0;
  #gpus = 0;
  readonly #large = { cpuUnits: 0, memoryMiB: 0, gpus: 0 };

  public constructor(private readonly capacity: Capacity) {}

  public add(size: TaskSize, tasks: number): void {
    const { capacity } = this;
    this.#cpuUnits += tasks * size.cpuUnits;
    this.#memoryMiB += tasks * size.memoryMiB;
    this.#gpus += tasks * size.gpus;
    if (2 * size.cpuUnits > capacity.cpuUnits) this.#large.cpuUnits += tasks;
    if (2 * size.memoryMiB > capacity.memoryMiB) this.#large.memoryMiB += tasks;
    if (2 * size.gpus > capacity.gpus) this.#large.gpus += tasks;
  }

  /** What it comes to in hosts, in fractions. */
  public hosts(): number {
    const { capacity } = this;
    const gpus = this.#gpus === 0 ? 0 : this.#gpus / capacity.gpus;
    return Math.max(this.#cpuUnits / capacity.cpuUnits, this.#memoryMiB / capacity.memoryMiB, gpus);
  }

  /** Hosts that it takes at least. */
  public wholeHosts(): number {
    return Math.max(Math.ceil(this.hosts()), this.#large.cpuUnits, this.#large.memoryMiB, this.#large.gpus);
  }
}

interface Capacity {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  readonly gpus: number;
}

/**
 * Computes what no policy gets by with less than: at each moment the greatest, over CPU, memory and GPUs, of what is asked for divided
 * by the most a host has, rounded up, and of the count of tasks of which no two share a host.
 *
 * Tasks that fit on no host are left out. Of a service that follows its load the tasks count that the load asks for,
 * as if it were followed without delay.
 */
export function lowerBound(workload: Workload, hostTypes: readonly HostType[]): LowerBound {
  const capacity = capacityOf(workload, hostTypes);
  const changes = changesOf(workload, capacity);
  const demand = new Demand(capacity);
  let hostMillis = 0;
  let peakHosts = 0;
  let workMillis = { cpuUnits: 0, memoryMiB: 0, gpus: 0 };
  for (const { atMillis, durationMillis, size: index } of workload.arrivals) {
    const size = workload.sizes[index];
    if (size === undefined || !isHeld(size, capacity) || atMillis > workload.endMillis) continue;
    workMillis = {
      cpuUnits: workMillis.cpuUnits + durationMillis * size.cpuUnits,
      memoryMiB: workMillis.memoryMiB + durationMillis * size.memoryMiB,
      gpus: workMillis.gpus + durationMillis * size.gpus,
    };
  }
  for (const [index, change] of changes.entries()) {
    demand.add(change.size, change.tasks);
    const next = changes[index + 1]?.atMillis ?? workload.endMillis;
    if (next <= change.atMillis) continue;
    const hosts = demand.wholeHosts();
    hostMillis += hosts * (next - change.atMillis);
    peakHosts = Math.max(peakHosts, hosts);
  }
  const work = Math.max(
    workMillis.cpuUnits / capacity.cpuUnits,
    workMillis.memoryMiB / capacity.memoryMiB,
    workMillis.gpus === 0 ? 0 : workMillis.gpus / capacity.gpus,
  );
  return { hostHours: hostMillis / HOUR_MILLIS, workHostHours: work / HOUR_MILLIS, peakHosts };
}

/** The most of each that any host has, less what daemons take of every host. */
function capacityOf({ services }: Workload, hostTypes: readonly HostType[]): Capacity {
  const daemons = services.filter(({ strategy }) => strategy === 'DAEMON');
  const most = (amountOf: (of: Capacity) => number): number =>
    Math.max(...hostTypes.map(({ resources }) => amountOf(resources))) - daemons.reduce((sum, { size }) => sum + amountOf(size), 0);
  return { cpuUnits: most(({ cpuUnits }) => cpuUnits), memoryMiB: most(({ memoryMiB }) => memoryMiB), gpus: most(({ gpus }) => gpus) };
}

function isHeld(size: TaskSize, { cpuUnits, memoryMiB, gpus }: Capacity): boolean {
  return size.cpuUnits <= cpuUnits && size.memoryMiB <= memoryMiB && size.gpus <= gpus;
}

function changesOf(workload: Workload, capacity: Capacity): readonly Change[] {
  const changes: Change[] = [];
  for (const { atMillis, durationMillis, size: index } of workload.arrivals) {
    const size = workload.sizes[index];
    if (size === undefined || !isHeld(size, capacity)) continue;
    changes.push({ atMillis, size, tasks: 1 }, { atMillis: atMillis + durationMillis, size, tasks: -1 });
  }
  for (const service of workload.services) if (service.strategy !== 'DAEMON') changes.push(...changesOfService(service));
  return changes.sort((a, b) => a.atMillis - b.atMillis);
}

function changesOfService({ size, desired = [], load = [], targetTracking: tracking }: ServicePlan): readonly Change[] {
  let before = 0;
  return (tracking === undefined ? desired : load).map(({ atMillis, value }) => {
    const tasks =
      tracking === undefined
        ? Math.floor(value)
        : Math.min(tracking.maximum, Math.max(tracking.minimum, Math.ceil(value / tracking.target)));
    const change = { atMillis, size, tasks: tasks - before };
    before = tasks;
    return change;
  });
}
