import type { TaskSize } from '@plimsoll/capacity-core';
import { createRandom } from '../virtual-time/seeded-random.js';
import { SIMULATED_CLUSTER } from './model/arns.js';
import { AutoScalingGroup } from './model/auto-scaling-group.js';
import { type ClusterListener, SimulatedCluster } from './model/cluster.js';
import { ServiceScheduler } from './model/service-scheduler.js';
import { SimulatedTask } from './model/simulated-task.js';
import { Timeline } from './model/timeline.js';
import type { ScalingPolicy } from './policies/policy.js';
import { Measurements } from './report/measurements.js';
import type { PolicyReport } from './report/policy-report.js';
import { type ClusterSettings, completeSettings } from './settings.js';
import type { Workload } from './workload.js';

const MINUTE_MILLIS = 60_000;
/** How often a policy looks that follows events. */
const BETWEEN_MILLIS = 10_000;
const MANAGED_DRAIN_SECONDS = 172_800;

/** What a simulation is made of. */
export interface SimulationOptions {
  readonly workload: Workload;
  readonly settings: ClusterSettings;
  readonly policy: ScalingPolicy;
  /**
   * Sizes whose headroom a policy is to keep.
   *
   * @default none
   */
  readonly headroom?: readonly TaskSize[];
  /** Hears of each change, for event streams and invariants. */
  readonly listener?: (options: { readonly cluster: SimulatedCluster; readonly now: () => number }) => ClusterListener;
  /** Hears of each minute that has ended, after the policy has acted. */
  readonly onMinute?: (state: SimulationState) => void;
}

/** What is there at the end of a minute. */
export interface SimulationState {
  /** The moment, in milliseconds. */
  readonly nowMillis: number;
  /** When it ends, in milliseconds. */
  readonly horizonMillis: number;
  readonly cluster: SimulatedCluster;
  readonly group: AutoScalingGroup;
  readonly services: ServiceScheduler;
  /** Standalone tasks that came so far, that ended, and that are there. */
  readonly tasks: { readonly arrived: number; readonly finished: number; readonly present: number };
}

/** Says what one policy would have done with a workload. Takes virtual time only, and gives the same answer for the same seed. */
export function simulate(options: SimulationOptions): PolicyReport {
  return new Simulation(options).run();
}

class Simulation {
  readonly #timeline = new Timeline();
  readonly #measurements: Measurements;
  readonly #cluster: SimulatedCluster;
  readonly #group: AutoScalingGroup;
  readonly #services: ServiceScheduler;
  readonly #horizonMillis: number;
  readonly #present = new Set<SimulatedTask>();
  #nextTask = 0;
  #arrived = 0;
  #finished = 0;

  public constructor(private readonly options: SimulationOptions) {
    const { workload, policy } = options;
    const settings = completeSettings(options.settings);
    const now = (): number => this.#timeline.now;
    this.#horizonMillis = Math.ceil((workload.endMillis + settings.tailSeconds * 1000) / MINUTE_MILLIS) * MINUTE_MILLIS;
    this.#measurements = new Measurements(this.#horizonMillis, settings.thrashMinutes * MINUTE_MILLIS, now);
    const listeners: ClusterListener[] = [];
    this.#cluster = new SimulatedCluster({
      timeline: this.#timeline,
      placement: settings.placement,
      random: createRandom(settings.seed),
      listeners,
    });
    if (options.listener !== undefined) listeners.push(options.listener({ cluster: this.#cluster, now }));
    this.#services = new ServiceScheduler({
      timeline: this.#timeline,
      cluster: this.#cluster,
      services: workload.services,
      nextTaskId: () => this.#nextId(),
      firstKind: workload.sizes.length,
    });
    this.#cluster.onPlaced = (task) => this.#placed(task);
    this.#cluster.onRegistered = (host) => this.#services.registered(host);
    this.#cluster.onStopped = (task, because) => this.#stopped(task, because);
    const fixed = policy.fixedHosts === undefined ? {} : { minimum: policy.fixedHosts, maximum: policy.fixedHosts };
    this.#group = new AutoScalingGroup({
      timeline: this.#timeline,
      cluster: this.#cluster,
      settings: { ...settings, ...fixed },
      listener: this.#measurements,
      drainMillis: (policy.drainSeconds ?? MANAGED_DRAIN_SECONDS) * 1000,
      protectsNew: policy.protectsHosts ?? false,
    });
  }

  public run(): PolicyReport {
    const { workload, policy, headroom = [] } = this.options;
    const running = policy.start({
      cluster: this.#cluster,
      group: this.#group,
      settings: completeSettings(this.options.settings),
      missing: () => this.#services.missing(),
      services: () => this.#services.wanted(),
      daemons: this.#services.daemons(),
      headroom,
      now: () => this.#timeline.now,
    });
    let next = 0;
    const stepMillis = running.between === undefined ? MINUTE_MILLIS : BETWEEN_MILLIS;
    for (let moment = 0; moment <= this.#horizonMillis; moment += stepMillis) {
      for (;;) {
        const arrival = workload.arrivals[next];
        if (arrival === undefined || arrival.atMillis > moment) break;
        next += 1;
        this.#timeline.runUntil(arrival.atMillis);
        this.#timeline.countAt(arrival.atMillis);
        this.#arrive(arrival.size, arrival.durationMillis);
      }
      this.#timeline.runUntil(moment);
      if (moment % MINUTE_MILLIS !== 0) {
        running.between?.();
        continue;
      }
      this.#services.minute();
      const outcome = running.minute();
      this.#measurements.minute(this.#cluster, outcome);
      // Hosts that drain now have their services look after their tasks.
      this.#services.reconcile();
      this.options.onMinute?.(this.#state());
    }
    return this.#measurements.report(policy.name, {
      unfinished: [...this.#present],
      waitingForService: this.#cluster.waiting.all().filter((task) => this.#services.owns(task)),
      missingTaskMillis: this.#services.missingTaskMillis(),
      events: this.#timeline.happened,
    });
  }

  #placed(task: SimulatedTask): void {
    if (!this.#services.owns(task)) {
      this.#cluster.started(task);
      return;
    }
    if (!task.daemon) this.#measurements.served(task.waitedMillis);
    this.#services.placed(task);
  }

  #arrive(kind: number, durationMillis: number): void {
    const size = this.options.workload.sizes[kind];
    if (size === undefined) return;
    this.#arrived += 1;
    const group = size.group ?? `family:${size.name}`;
    const task = new SimulatedTask(this.#nextId(), kind, size, durationMillis, { group }, SIMULATED_CLUSTER.taskArnPrefix);
    task.createdMillis = this.#timeline.now;
    this.#present.add(task);
    this.#cluster.submit(task);
  }

  #stopped(task: SimulatedTask, because: 'ended' | 'stopped' | 'killed'): void {
    if (this.#services.owns(task)) {
      if (because === 'killed') this.#measurements.killed();
      if (task.attempt === 0) this.#measurements.served(this.#timeline.now - task.waitingSince);
      this.#services.stopped(task);
    } else if (because === 'ended') {
      this.#present.delete(task);
      this.#finished += 1;
      this.#measurements.ended(task, because);
    } else {
      this.#measurements.ended(task, 'killed');
      // Whoever asked for it asks again: its work is not done.
      this.#cluster.submit(task);
    }
  }

  #nextId(): number {
    this.#nextTask += 1;
    return this.#nextTask;
  }

  #state(): SimulationState {
    return {
      nowMillis: this.#timeline.now,
      horizonMillis: this.#horizonMillis,
      cluster: this.#cluster,
      group: this.#group,
      services: this.#services,
      tasks: { arrived: this.#arrived, finished: this.#finished, present: this.#present.size },
    };
  }
}
