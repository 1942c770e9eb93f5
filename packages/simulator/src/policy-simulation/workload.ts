import type { TaskSize } from '@plimsoll/capacity-core';

/** A standalone task: it comes, runs for a while and ends. */
export interface Arrival {
  /** When it is asked for, in milliseconds from the start. Integer, at least 0. */
  readonly atMillis: number;
  /** How long it runs once it is placed, in milliseconds. Integer, at least 0. */
  readonly durationMillis: number;
  /** Place of its size in the workload's `sizes`. */
  readonly size: number;
}

/** A number from a moment on. */
export interface Level {
  /** From when, in milliseconds from the start. Integer, at least 0. */
  readonly atMillis: number;
  /** How much, at least 0. */
  readonly value: number;
}

/** How a service follows its load. */
export interface ServiceTargetTracking {
  /** Load that one running task is to carry, in the unit of the load. Above 0. */
  readonly target: number;
  /** Least tasks. Integer, at least 0. */
  readonly minimum: number;
  /** Most tasks. Integer, at least `minimum`. */
  readonly maximum: number;
  /**
   * Wait after a scale-out and after a scale-in, in seconds.
   *
   * @default 300, as Application Auto Scaling has it for ECS
   * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html
   */
  readonly cooldownSeconds?: number;
}

/** A service: so many tasks at any time, replaced by deployments. */
export interface ServicePlan {
  /** Name; its tasks are of the group `service:` and this. */
  readonly name: string;
  /** What one task asks for. */
  readonly size: TaskSize;
  /**
   * Whether each host runs one task.
   *
   * @default REPLICA
   */
  readonly strategy?: 'REPLICA' | 'DAEMON';
  /** Tasks wanted, by time; of no account with target tracking, and for a daemon. */
  readonly desired?: readonly Level[];
  /** Load of the service, by time; with it, how many tasks are wanted follows. */
  readonly load?: readonly Level[];
  /** How it follows the load. */
  readonly targetTracking?: ServiceTargetTracking;
  /** When new versions are deployed, in milliseconds from the start. */
  readonly deploymentsAtMillis?: readonly number[];
  /**
   * Tasks that must stay healthy, in percent of those wanted, 0 to 100.
   *
   * @default 100
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
   */
  readonly minimumHealthyPercent?: number;
  /**
   * Tasks there may be, in percent of those wanted, 100 or more.
   *
   * @default 200
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
   */
  readonly maximumPercent?: number;
  /**
   * Time from placement until a task is healthy, in seconds.
   *
   * @default 30
   */
  readonly startSeconds?: number;
  /**
   * Time a task takes to stop; ECS kills it at the stop time-out, so that it is at most that. In seconds.
   *
   * @default 30, ECS's own stop time-out
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html (`stopTimeout`)
   */
  readonly stopSeconds?: number;
}

/** Work that a cluster is given over time. */
export interface Workload {
  /** The sizes of standalone tasks, each once. */
  readonly sizes: readonly TaskSize[];
  /** Standalone tasks, by time. */
  readonly arrivals: readonly Arrival[];
  /** Services. */
  readonly services: readonly ServicePlan[];
  /** When the work ends, if every task is placed at once: milliseconds from the start. */
  readonly endMillis: number;
  /** What was left out or changed when the work was read, as sentences. */
  readonly notes: readonly string[];
}

/** A task size that asks for CPU, memory and GPUs alone. */
export function plainSize(amounts: Pick<TaskSize, 'name' | 'cpuUnits' | 'memoryMiB'> & { readonly gpus?: number }): TaskSize {
  return {
    gpus: 0,
    tcpPorts: [],
    udpPorts: [],
    networkMode: 'bridge',
    others: [],
    requiredAttributes: [],
    placementConstraints: [],
    headroom: 0,
    ...amounts,
  };
}

/** Makes a workload of standalone tasks; sorts them by time, and finds out when they end. */
export function workloadOf(
  work: Pick<Workload, 'sizes' | 'arrivals'> & Partial<Pick<Workload, 'services' | 'notes' | 'endMillis'>>,
): Workload {
  const { sizes, services = [], notes = [] } = work;
  const arrivals = [...work.arrivals].sort((a, b) => a.atMillis - b.atMillis);
  const served = services.flatMap(({ desired = [], load = [], deploymentsAtMillis = [] }) => [
    ...[...desired, ...load].map(({ atMillis }) => atMillis),
    ...deploymentsAtMillis,
  ]);
  const ends = arrivals.reduce((latest, { atMillis, durationMillis }) => Math.max(latest, atMillis + durationMillis), work.endMillis ?? 0);
  return { sizes, arrivals, services, notes, endMillis: served.reduce((latest, at) => Math.max(latest, at), ends) };
}
