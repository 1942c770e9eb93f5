import type { LocalCluster } from '../deployment/local-cluster.js';
import { placementOf } from '../deployment/running-service.js';
import { CLUSTER_NAME } from '../template/local-references.js';
import type { Resource } from '../template/template.js';
import { type PlacedTask, planService } from './service-plan.js';
import type { Bounds, TriggeredPolicy } from './settings.js';
import { adjustmentAt } from './step-scaling.js';

/** A task with its host. */
export interface HostedTask extends PlacedTask {
  readonly containerInstanceArn: string;
}

/** The stack's service: how many tasks it wants by its own policies, and its scheduler's part of keeping them running. */
export class ScaledService {
  private desiredCount: number;
  private waitingTasks = 0;
  private quietUntilMinute = 0;
  private lastWasOut = false;

  public constructor(
    private readonly cluster: LocalCluster,
    private readonly options: {
      readonly service: Resource;
      readonly bounds: Bounds;
      readonly taskDefinition: string;
      /** Zone and state of a host by the ARN of its container instance. */
      readonly hostOf: (containerInstanceArn: string) => { readonly zone: string; readonly isLeaving: boolean } | undefined;
    },
  ) {
    this.desiredCount = options.bounds.minimum;
  }

  public get desired(): number {
    return this.desiredCount;
  }

  /** Tasks that found no host when they were last asked for. */
  public get waiting(): number {
    return this.waitingTasks;
  }

  /** The service as DescribeServices tells of it. */
  public describe(): Readonly<Record<string, unknown>> {
    const { service, taskDefinition } = this.options;
    const { capacityProviderStrategy } = placementOf(this.cluster, service);
    const { arn } = this.cluster;
    return {
      serviceArn: `${arn.replace(':cluster/', ':service/')}/${service.id}`,
      serviceName: service.id,
      clusterArn: arn,
      status: 'ACTIVE',
      schedulingStrategy: 'REPLICA',
      capacityProviderStrategy,
      taskDefinition,
      desiredCount: this.desiredCount,
      runningCount: this.tasks().length,
      pendingCount: 0,
    };
  }

  /**
   * Carries out a step scaling policy of Application Auto Scaling: while its cooldown lasts, one that scales in is put off, and one
   * that scales out adds no more than it did.
   *
   * @see https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html
   * @returns the change
   */
  public scale(policy: TriggeredPolicy, value: number, minute: number): number {
    const adjustment = adjustmentAt(policy.steps, policy.alarm.Threshold, value);
    const isQuiet = minute < this.quietUntilMinute;
    // After a scale-in a scale-out is let through at once.
    if (isQuiet && (adjustment < 0 || this.lastWasOut)) return 0;
    const { minimum, maximum } = this.options.bounds;
    const wanted = Math.max(minimum, Math.min(maximum, this.desiredCount + adjustment));
    const change = wanted - this.desiredCount;
    if (change === 0) return 0;
    this.desiredCount = wanted;
    this.quietUntilMinute = minute + policy.pauseSeconds / 60;
    this.lastWasOut = change > 0;
    return change;
  }

  /** Tasks that run, in the order they were started. */
  public tasks(): readonly HostedTask[] {
    const { taskArns } = this.cluster.ecs('ListTasks', { cluster: CLUSTER_NAME, serviceName: this.options.service.id }) as {
      readonly taskArns: readonly string[];
    };
    if (taskArns.length === 0) return [];
    const { tasks } = this.cluster.ecs('DescribeTasks', { cluster: CLUSTER_NAME, tasks: taskArns }) as {
      readonly tasks: ReadonlyArray<{ readonly taskArn: string; readonly containerInstanceArn: string }>;
    };
    return tasks.map(({ taskArn, containerInstanceArn }) => {
      const host = this.options.hostOf(containerInstanceArn);
      return { taskArn, containerInstanceArn, onDrainingHost: host?.isLeaving ?? true, zone: host?.zone ?? '' };
    });
  }

  /**
   * The scheduler's work of a minute: tasks start within seconds, those that they replace then stop.
   *
   * @returns tasks started, and stopped, in their order
   */
  public reconcile(): ServiceWork {
    const started: string[] = [];
    const stopped: string[] = [];
    for (;;) {
      const { start, stop } = planService(this.desiredCount, this.tasks());
      for (const task of stop) this.stop(task);
      stopped.push(...stop);
      const placed = start === 0 ? [] : this.start(start);
      started.push(...placed);
      this.waitingTasks = start - placed.length;
      if (placed.length === 0) return { started, stopped };
    }
  }

  private start(count: number): readonly string[] {
    const { service, taskDefinition } = this.options;
    const { tasks } = this.cluster.ecs('RunTask', { ...placementOf(this.cluster, service), taskDefinition, count }) as {
      readonly tasks: ReadonlyArray<{ readonly taskArn: string }>;
    };
    return tasks.map(({ taskArn }) => taskArn);
  }

  private stop(task: string): void {
    this.cluster.ecs('StopTask', { cluster: CLUSTER_NAME, task, reason: 'Scaling activity initiated by the service' });
  }
}

/** What the scheduler did: a task that is replaced stops after the one that replaces it has started. */
export interface ServiceWork {
  readonly started: readonly string[];
  readonly stopped: readonly string[];
}
