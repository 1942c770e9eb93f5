import type { Daemon, TaskDemand, TaskSize } from '@plimsoll/capacity-core';
import type { ServicePlan } from '../workload.js';
import { SIMULATED_CLUSTER } from './arns.js';
import type { SimulatedCluster } from './cluster.js';
import { ServiceTargets } from './service-targets.js';
import type { SimulatedHost } from './simulated-host.js';
import { SimulatedTask } from './simulated-task.js';
import type { Timeline } from './timeline.js';

/** What the scheduler works with. */
export interface ServiceSchedulerOptions {
  readonly timeline: Timeline;
  readonly cluster: SimulatedCluster;
  readonly services: readonly ServicePlan[];
  /** Gives each task its number. */
  readonly nextTaskId: () => number;
  /** Kind of the first service's tasks; the others follow. */
  readonly firstKind: number;
}

/** What a service wants, as ECS describes it. */
export interface WantedService {
  readonly serviceName: string;
  readonly desiredCount: number;
  readonly launchType: 'EC2';
  readonly schedulingStrategy: 'REPLICA';
  readonly status: 'ACTIVE';
}

interface Service {
  readonly plan: ServicePlan;
  /** What one task asks for, of the service's own group. */
  readonly size: TaskSize;
  readonly kind: number;
  readonly group: string;
  readonly tasks: Set<SimulatedTask>;
  readonly targets: ServiceTargets;
  revision: number;
}

/**
 * ECS's service scheduler: keeps as many tasks as are wanted, through deployments and off draining hosts, within the percentages.
 *
 * A task is healthy once it runs. Tasks beyond those wanted, of an earlier version, or on a draining host are stopped as far as the
 * minimum healthy percent allows; new ones are started as far as the maximum percent allows.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html
 */
export class ServiceScheduler {
  readonly #services: readonly Service[];
  readonly #ofTask = new Map<SimulatedTask, Service>();
  #missing = 0;
  #missingMillis = 0;
  #missingSinceMillis = 0;
  #isReconciling = false;
  #again = false;

  public constructor(private readonly options: ServiceSchedulerOptions) {
    this.#services = options.services.map((plan, index) => ({
      plan,
      size: { ...plan.size, group: `service:${plan.name}` },
      kind: options.firstKind + index,
      group: `service:${plan.name}`,
      tasks: new Set(),
      targets: new ServiceTargets(plan),
      revision: 1,
    }));
    for (const service of this.#services) this.#schedule(service);
  }

  /** What daemon services start on each host. */
  public daemons(): readonly Daemon[] {
    return this.#services.filter(isDaemon).map(({ plan, group }) => ({ ...plan.size, group }));
  }

  /** Whether the task is a service's. */
  public owns(task: SimulatedTask): boolean {
    return this.#ofTask.has(task);
  }

  /** Tasks that services want and have not asked for; with a capacity provider ECS makes every task, and lets it wait. */
  public missing(): readonly TaskDemand[] {
    return [];
  }

  /** What each service wants now; daemons are not among them. */
  public wanted(): readonly WantedService[] {
    return this.#services
      .filter((service) => !isDaemon(service))
      .map(({ plan, targets }) => ({
        serviceName: plan.name,
        desiredCount: targets.desired(this.options.timeline.now),
        launchType: 'EC2',
        schedulingStrategy: 'REPLICA',
        status: 'ACTIVE',
      }));
  }

  /** Tasks wanted and not running, over time so far, in task-milliseconds; a service that runs more than it wants makes up for no other. */
  public missingTaskMillis(): number {
    return this.#missingMillis + this.#missing * (this.options.timeline.now - this.#missingSinceMillis);
  }

  /** Tasks of each service that run. */
  public running(): ReadonlyMap<string, number> {
    return new Map(this.#services.map(({ plan, tasks }) => [plan.name, [...tasks].filter(({ state }) => state === 'RUNNING').length]));
  }

  /** A task was placed: it takes its time to start. */
  public placed(task: SimulatedTask): void {
    const service = this.#ofTask.get(task);
    const { attempt } = task;
    const startMillis = (service?.plan.startSeconds ?? 30) * 1000;
    this.options.timeline.after(startMillis, () => {
      if (task.attempt !== attempt || task.state !== 'STARTING') return;
      this.options.cluster.started(task);
      this.reconcile();
    });
  }

  /** A host registered: daemons go there first. */
  public registered(host: SimulatedHost): void {
    for (const service of this.#services.filter(isDaemon)) {
      const task = this.#make(service, true);
      if (!this.options.cluster.submitTo(host, task)) this.#forget(task);
    }
  }

  /** A task of a service stopped. */
  public stopped(task: SimulatedTask): void {
    this.#forget(task);
    this.reconcile();
  }

  /** A minute has ended: services that follow their load look at it. */
  public minute(): void {
    for (const service of this.#services) {
      const running = [...service.tasks].filter(({ state }) => state === 'RUNNING').length;
      if (service.targets.minute(this.options.timeline.now, running)) this.reconcile();
    }
  }

  /** Starts and stops what each service needs. */
  public reconcile(): void {
    if (this.#isReconciling) {
      this.#again = true;
      return;
    }
    this.#isReconciling = true;
    do {
      this.#again = false;
      for (const service of this.#services) if (!isDaemon(service)) this.#reconcile(service);
    } while (this.#again);
    this.#isReconciling = false;
    this.#countMissing();
  }

  /** Whatever changes what runs or is wanted ends in `reconcile`, so that the count holds until the next one. */
  #countMissing(): void {
    this.#missingMillis = this.missingTaskMillis();
    this.#missingSinceMillis = this.options.timeline.now;
    this.#missing = 0;
    for (const service of this.#services) {
      if (isDaemon(service)) continue;
      let running = 0;
      for (const { state } of service.tasks) if (state === 'RUNNING') running += 1;
      this.#missing += Math.max(0, service.targets.desired(this.#missingSinceMillis) - running);
    }
  }

  #schedule(service: Service): void {
    const { plan } = service;
    for (const { atMillis } of plan.desired ?? []) this.options.timeline.after(atMillis, () => this.reconcile());
    for (const atMillis of plan.deploymentsAtMillis ?? []) {
      this.options.timeline.after(atMillis, () => {
        service.revision += 1;
        this.reconcile();
      });
    }
  }

  #reconcile(service: Service): void {
    const { plan } = service;
    const desired = service.targets.desired(this.options.timeline.now);
    const least = Math.ceil((desired * (plan.minimumHealthyPercent ?? 100)) / 100);
    const most = Math.floor((desired * (plan.maximumPercent ?? 200)) / 100);
    const live = [...service.tasks].filter(({ state }) => state !== 'STOPPING' && state !== 'STOPPED');
    const isCurrent = (task: SimulatedTask): boolean => task.revision === service.revision && task.host?.state !== 'DRAINING';
    const current = live.filter(isCurrent);
    const surplus = current
      .slice()
      .sort(mostDispensable)
      .slice(0, Math.max(0, current.length - desired));
    const leaving = [...live.filter((task) => !isCurrent(task)), ...surplus];
    let healthy = live.filter(({ state }) => state === 'RUNNING').length;
    let count = live.length;
    for (const task of leaving.sort(mostDispensable)) {
      if (task.state === 'RUNNING') {
        if (healthy <= least) continue;
        healthy -= 1;
      }
      count -= 1;
      this.options.cluster.stop(task, (plan.stopSeconds ?? 30) * 1000);
    }
    const toStart = Math.min(desired - (current.length - surplus.length), most - count);
    for (let index = 0; index < toStart; index += 1) this.options.cluster.submit(this.#make(service, false));
  }

  #make(service: Service, daemon: boolean): SimulatedTask {
    const { kind, size, group, revision } = service;
    const id = this.options.nextTaskId();
    const task = new SimulatedTask(id, kind, size, Number.POSITIVE_INFINITY, { daemon, group, revision }, SIMULATED_CLUSTER.taskArnPrefix);
    task.createdMillis = this.options.timeline.now;
    service.tasks.add(task);
    this.#ofTask.set(task, service);
    return task;
  }

  #forget(task: SimulatedTask): void {
    this.#ofTask.get(task)?.tasks.delete(task);
    this.#ofTask.delete(task);
  }
}

function isDaemon({ plan }: Service): boolean {
  return plan.strategy === 'DAEMON';
}

const ORDER = { WAITING: 0, STARTING: 1, RUNNING: 2, STOPPING: 3, STOPPED: 4 } as const;

/** Tasks that do not run yet go first, then the newest. */
function mostDispensable(a: SimulatedTask, b: SimulatedTask): number {
  return ORDER[a.state] - ORDER[b.state] || b.id - a.id;
}
