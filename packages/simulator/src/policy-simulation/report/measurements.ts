import type { GroupListener } from '../model/auto-scaling-group.js';
import type { ClusterListener, SimulatedCluster } from '../model/cluster.js';
import type { SimulatedHost } from '../model/simulated-host.js';
import type { SimulatedTask } from '../model/simulated-task.js';
import type { PolicyMinute } from '../policies/policy.js';
import { percentile } from './percentile.js';
import type { PolicyReport, SeriesPoint, WaitingSeconds } from './policy-report.js';

const MINUTE_MILLIS = 60_000;
const HOUR_MILLIS = 3_600_000;
/** Points of a series: what a screen shows. */
const POINTS = 600;

interface Bucket {
  minutes: number;
  hosts: number;
  cpuUnits: number;
  reservedCpuUnits: number;
  waiting: number;
  launched: number;
  leaving: number;
}

/** What is left when a simulation ends. */
interface Remainder {
  /** Standalone tasks that have not ended. */
  readonly unfinished: readonly SimulatedTask[];
  /** Tasks of services that still wait. */
  readonly waitingForService: readonly SimulatedTask[];
  /** Tasks that services wanted and did not run, over time. */
  readonly missingTaskMillis: number;
  /** Happenings in virtual time. */
  readonly events: number;
}

function secondsOf(millis: readonly number[]): WaitingSeconds {
  const waits = Float64Array.from(millis).sort();
  const totalMillis = waits.reduce((sum, wait) => sum + wait, 0);
  return {
    total: totalMillis / 1000,
    mean: waits.length === 0 ? 0 : totalMillis / 1000 / waits.length,
    p50: percentile(waits, 50) / 1000,
    p99: percentile(waits, 99) / 1000,
    max: (waits[waits.length - 1] ?? 0) / 1000,
  };
}

/** Watches a simulation and sums up what it cost and what it did to tasks. */
export class Measurements implements ClusterListener, GroupListener {
  readonly #alive = new Set<SimulatedHost>();
  readonly #waits: number[] = [];
  readonly #buckets: Bucket[];
  readonly #bucketMillis: number;
  #hostMillis = 0;
  #launched = 0;
  #drains = 0;
  #thrash = 0;
  #killed = 0;
  #finished = 0;
  #falseFitMinutes = 0;
  #peak = 0;
  /** When hosts were told to go lately for which none has been launched since, oldest first. */
  readonly #departures: number[] = [];
  readonly #serviceWaits: number[] = [];
  #pendingLaunches = 0;
  #pendingLeaves = 0;

  public constructor(
    horizonMillis: number,
    private readonly thrashMillis: number,
    private readonly now: () => number,
  ) {
    this.#bucketMillis = Math.max(MINUTE_MILLIS, Math.ceil(horizonMillis / POINTS / MINUTE_MILLIS) * MINUTE_MILLIS);
    this.#buckets = Array.from({ length: Math.ceil(horizonMillis / this.#bucketMillis) }, () => ({
      minutes: 0,
      hosts: 0,
      cpuUnits: 0,
      reservedCpuUnits: 0,
      waiting: 0,
      launched: 0,
      leaving: 0,
    }));
  }

  public hostChanged(): void {
    // Counted by the minute.
  }

  public taskChanged(): void {
    // Counted where a task ends.
  }

  public launched(host: SimulatedHost): void {
    this.#alive.add(host);
    this.#launched += 1;
    this.#pendingLaunches += 1;
    this.#peak = Math.max(this.#peak, this.#alive.size);
    const since = this.now() - this.thrashMillis;
    while ((this.#departures[0] ?? since) < since) this.#departures.shift();
    if (this.#departures.shift() !== undefined) this.#thrash += 1;
  }

  public leaving(host: SimulatedHost): void {
    this.#departures.push(this.now());
    this.#pendingLeaves += 1;
    if (host.ownTasks > 0) this.#drains += 1;
  }

  public terminated(host: SimulatedHost): void {
    this.#alive.delete(host);
    this.#hostMillis += this.now() - host.launchedMillis;
  }

  /** A standalone task ended, or was killed with its host. */
  public ended(task: SimulatedTask, because: 'ended' | 'killed'): void {
    if (because === 'killed') this.#killed += 1;
    else {
      this.#finished += 1;
      this.#waits.push(task.waitedMillis);
    }
  }

  /** A task of a service was placed, or was given up while it waited. */
  public served(waitedMillis: number): void {
    this.#serviceWaits.push(waitedMillis);
  }

  /** A task of a service was killed with its host. */
  public killed(): void {
    this.#killed += 1;
  }

  /** A minute has ended. */
  public minute(cluster: SimulatedCluster, { saysEnough }: PolicyMinute): void {
    if (saysEnough === true && cluster.waiting.count > 0) this.#falseFitMinutes += 1;
    const bucket = this.#buckets[Math.min(this.#buckets.length - 1, Math.floor(this.now() / this.#bucketMillis))];
    if (bucket === undefined) return;
    bucket.minutes += 1;
    for (const host of this.#alive) {
      const { cpuUnits } = host.type.resources;
      bucket.cpuUnits += cpuUnits;
      bucket.reservedCpuUnits += cpuUnits - host.freeCpuUnits;
    }
    bucket.hosts += this.#alive.size;
    bucket.waiting = Math.max(bucket.waiting, cluster.waiting.count);
    bucket.launched += this.#pendingLaunches;
    bucket.leaving += this.#pendingLeaves;
    this.#pendingLaunches = 0;
    this.#pendingLeaves = 0;
  }

  /** What it all came to. */
  public report(name: string, rest: Remainder): PolicyReport {
    const now = this.now();
    const hostMillis = [...this.#alive].reduce((sum, { launchedMillis }) => sum + now - launchedMillis, this.#hostMillis);
    const waited = (task: SimulatedTask): number => task.waitedMillis + (task.state === 'WAITING' ? now - task.waitingSince : 0);
    return {
      policy: name,
      hostHours: hostMillis / HOUR_MILLIS,
      peakHosts: this.#peak,
      hostsLaunched: this.#launched,
      waitingSeconds: secondsOf([...this.#waits, ...rest.unfinished.map(waited)]),
      services: {
        waitingSeconds: secondsOf([...this.#serviceWaits, ...rest.waitingForService.map(waited)]),
        missingTaskSeconds: rest.missingTaskMillis / 1000,
      },
      falseFitMinutes: this.#falseFitMinutes,
      thrash: this.#thrash,
      tasksKilled: this.#killed,
      drains: this.#drains,
      tasksFinished: this.#finished,
      tasksUnfinished: rest.unfinished.length,
      events: rest.events,
      series: this.#buckets.map((bucket, index) => this.#point(bucket, index)),
    };
  }

  #point(bucket: Bucket, index: number): SeriesPoint {
    const mean = (sum: number): number => (bucket.minutes === 0 ? 0 : Math.round((sum / bucket.minutes) * 100) / 100);
    return {
      hour: Math.round(((index * this.#bucketMillis) / HOUR_MILLIS) * 1000) / 1000,
      hosts: mean(bucket.hosts),
      vcpu: mean(bucket.cpuUnits / 1024),
      reservedVcpu: mean(bucket.reservedCpuUnits / 1024),
      waiting: bucket.waiting,
      launched: bucket.launched,
      leaving: bucket.leaving,
    };
  }
}
