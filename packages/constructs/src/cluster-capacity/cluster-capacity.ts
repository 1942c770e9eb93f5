import { Annotations, Stack } from 'aws-cdk-lib';
import type { IAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { Alarm, Dashboard, DashboardProps, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { ICluster } from 'aws-cdk-lib/aws-ecs';
import { type IGrantable, type IPrincipal, Policy } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { elsewhere, isSameCluster } from '../cluster-arn.js';
import { InvalidClusterCapacityError } from '../construct-error.js';
import { bundledFunction, functionGround } from '../function-with-log.js';
import { reasonedStatements } from '../reasoned-statements.js';
import { whenComplete } from '../when-complete.js';
import { BookScaling } from './book-scaling.js';
import {
  DEFAULT_CALLS_A_SECOND,
  eventAlarmPeriod,
  periodWithNumber,
  type ReadingSize,
  staleMinutes,
  timeoutFor,
  windowFor,
} from './call-budget.js';
import { capacityDashboard } from './capacity-dashboard.js';
import { capacityEnvironment } from './capacity-environment.js';
import { capacityGrants } from './capacity-grants.js';
import { type CapacityMetricName, capacityMetric } from './capacity-metrics.js';
import { CapacityQueue } from './capacity-queue.js';
import { capacityProblems } from './checks.js';
import type { ClusterCapacityProps } from './cluster-capacity-props.js';
import { memoryFor } from './function-memory.js';
import { DEFAULT_WARMUP, drainableAlarm, followsEvents, HostScaleOut } from './host-scaling.js';
import { groupProblems, hasProvider, hostsGroup } from './hosts-group.js';
import { operationAlarms } from './operation-alarms.js';
import { warnOfRareReadings } from './reading-warnings.js';
import type { TaskSize } from './task-size.js';

const DEFAULT_NAMESPACE = 'Plimsoll/ECS';

/**
 * Counts how many more tasks of each size a cluster can carry, publishes it as CloudWatch metrics, and adds and removes hosts by it.
 *
 * @example
 * new ClusterCapacity(this, 'Capacity', {
 *   cluster,
 *   capacityProvider,
 *   taskSizes: [TaskSize.fromTaskDefinition(service.taskDefinition, { headroom: 2 })],
 * });
 */
export class ClusterCapacity extends Construct implements IGrantable {
  /** What the function acts as. */
  public readonly grantPrincipal: IPrincipal;
  /** The function that looks at the cluster. */
  public readonly handler: LambdaFunction;
  /** Log of the function: one line a decision. */
  public readonly logGroup: ILogGroup;
  /** Events that the function has yet to take. */
  public readonly queue: IQueue;
  /** Events that the function gave up. */
  public readonly deadLetterQueue: IQueue;
  /** In ALARM while the function, or a decision of it, fails. */
  public readonly errorsAlarm: Alarm;
  /** In ALARM while events are in the dead-letter queue. */
  public readonly deadLettersAlarm: Alarm;
  /** In ALARM when no fresh number was published for some minutes, and so for the first few after it is made. */
  public readonly staleAlarm: Alarm;
  /** In ALARM while hosts are short; undefined when nothing is scaled out. */
  public readonly hostsShortAlarm: Alarm | undefined;
  /** In ALARM when a host may be removed; undefined when nothing is scaled in, or with patience. */
  public readonly hostsDrainableAlarm: Alarm | undefined;
  private readonly cluster: ICluster;
  private readonly namespace: string;
  private readonly clusterName: string;
  private readonly taskSizes: readonly TaskSize[];
  private readonly group: IAutoScalingGroup | undefined;
  private readonly readsTasks: boolean;
  private readonly scalesIn: boolean;

  public constructor(scope: Construct, id: string, props: ClusterCapacityProps) {
    super(scope, id);
    const place = elsewhere(Stack.of(this), props.cluster);
    const [problem] = [
      ...capacityProblems(props),
      ...(place === undefined ? [] : [`the cluster is in ${place}: neither its events nor a call for it reach there; put this beside it`]),
    ];
    if (problem !== undefined) throw new InvalidClusterCapacityError(this, problem);
    this.cluster = props.cluster;
    this.namespace = props.metricNamespace ?? DEFAULT_NAMESPACE;
    this.clusterName = props.cluster.clusterName;
    this.taskSizes = props.taskSizes;
    this.group = hostsGroup(props);
    this.readsTasks = readsTasks(props, this.group);
    this.scalesIn = props.scaleIn !== undefined;
    const { encryptionKey, clusterSize: hosts = 500, ecsCallsPerSecond: callsASecond = DEFAULT_CALLS_A_SECOND } = props;
    const size = { hosts, callsASecond, readsTasks: this.readsTasks };
    const batchingWindow = props.batchingWindow ?? windowFor(size, followsEvents(props.scaleOut));
    const timeout = timeoutFor(size);
    warnOfRareReadings(this, size, followsEvents(props.scaleOut));
    this.hostsDrainableAlarm =
      props.scaleIn && props.scaleIn.patience === undefined
        ? drainableAlarm(this, {
            drainableHosts: this.metricDrainableHosts(),
            minutes: props.scaleIn.afterMinutes ?? 15,
            period: periodWithNumber(size, batchingWindow),
          })
        : undefined;

    const ground = functionGround(this, { logRetention: props.logRetention, encryptionKey });
    this.logGroup = ground.logGroup;
    this.grantPrincipal = ground.role.grantPrincipal;
    this.handler = bundledFunction(this, 'Handler', {
      bundle: 'capacity-lambda',
      ground,
      encryptionKey,
      description: `Counts how many more tasks ${props.cluster.node.path} can carry`,
      memorySize: props.memorySizeMiB ?? memoryFor(size),
      timeout,
      environment: capacityEnvironment(this, {
        namespace: this.namespace,
        props,
        readsTasks: this.readsTasks,
        group: this.group,
        drainable: this.hostsDrainableAlarm,
      }),
    });
    const events = new CapacityQueue(this, 'Queue', {
      cluster: props.cluster,
      handler: this.handler,
      handlerTimeout: timeout,
      batchingWindow,
      followsEvents: followsEvents(props.scaleOut),
      encryptionKey,
    });
    this.queue = events.queue;
    this.deadLetterQueue = events.deadLetterQueue;
    const alarms = operationAlarms(this, {
      handler: this.handler,
      logGroup: ground.logGroup,
      namespace: this.namespace,
      clusterName: this.clusterName,
      deadLetterQueue: events.deadLetterQueue,
      stateAge: this.metricStateAge(),
      staleMinutes: staleMinutes(size, batchingWindow),
      actions: props.alarmActions ?? [],
    });
    this.errorsAlarm = alarms.errors;
    this.deadLettersAlarm = alarms.deadLetters;
    this.staleAlarm = alarms.stale;
    this.hostsShortAlarm = this.scaleOut(props, size)?.alarm;
    this.checkGroup(props);
    this.node.addValidation({ validate: () => this.problemsBesideOthers() });
    this.grant(new Policy(this, 'Policy', { roles: [ground.role] }), props);
  }

  /**
   * How many more tasks fit: of one size, or the least over the sizes. Minimum over a minute.
   *
   * @param taskSize one of the sizes; all of them if left out
   * @param options of the metric
   */
  public metricContainerCapacity(taskSize?: TaskSize, options?: MetricOptions): Metric {
    return this.metric('ContainerCapacity', options, taskSize);
  }

  /**
   * How many hosts' worth of room there is, an empty host being 1: for one size, or the least over the sizes. Minimum over a minute.
   *
   * @param taskSize one of the sizes; all of them if left out
   * @param options of the metric
   */
  public metricIdleHostCapacity(taskSize?: TaskSize, options?: MetricOptions): Metric {
    return this.metric('IdleHostCapacity', options, taskSize);
  }

  /**
   * How many hosts to add so that waiting tasks and every size's headroom fit. Maximum over a minute.
   *
   * @param options of the metric
   */
  public metricHostsShort(options?: MetricOptions): Metric {
    return this.metric('HostsShort', options);
  }

  /**
   * How many hosts could be emptied with every task placed again. Minimum over a minute.
   *
   * @param options of the metric
   */
  public metricDrainableHosts(options?: MetricOptions): Metric {
    return this.metric('DrainableHosts', options);
  }

  /**
   * How many hosts take tasks. Minimum over a minute.
   *
   * @param options of the metric
   */
  public metricActiveHosts(options?: MetricOptions): Metric {
    return this.metric('ActiveHosts', options);
  }

  /**
   * How many hosts ran tasks other than daemons, were kept for headroom or what waits, or were short. Maximum over a minute; published
   * with `patience` only.
   *
   * @param options of the metric
   */
  public metricOccupiedHosts(options?: MetricOptions): Metric {
    return this.metric('OccupiedHosts', options);
  }

  /**
   * How many hosts no other could take the tasks of, or were short. Maximum over a minute; published with `patience` only.
   *
   * @param options of the metric
   */
  public metricNeededHosts(options?: MetricOptions): Metric {
    return this.metric('NeededHosts', options);
  }

  /**
   * How old, in seconds, what was read was when it was published. Maximum over a minute; there is none while nothing is published.
   *
   * @param options of the metric
   */
  public metricStateAge(options?: MetricOptions): Metric {
    return this.metric('StateAgeSeconds', options);
  }

  /**
   * Makes the alarms `ContainerCapacity` < 1 and `IdleHostCapacity` > 1, as "Docker on Amazon Web Services" has them, and its
   * policies of one host more or less each ten minutes where there is a group. For those who come from there: set `scaleOut` to
   * `false` then, and leave `scaleIn` out.
   *
   * @param id of the construct that holds them
   */
  public scaleAsInBook(id = 'Book'): BookScaling {
    return new BookScaling(this, id, {
      containerCapacity: this.metricContainerCapacity(),
      idleHostCapacity: this.metricIdleHostCapacity(),
      group: this.group,
    });
  }

  /**
   * Makes a dashboard of the metrics.
   *
   * @param id of the dashboard
   * @param props of the dashboard, its widgets apart
   */
  public addDashboard(id = 'Dashboard', props: Omit<DashboardProps, 'widgets'> = {}): Dashboard {
    return capacityDashboard(this, id, { capacity: this, taskSizes: this.taskSizes, props });
  }

  private metric(metricName: CapacityMetricName, options?: MetricOptions, taskSize?: TaskSize): Metric {
    const { namespace, clusterName } = this;
    return capacityMetric({ namespace, clusterName, metricName, ...(taskSize && { taskSize }) }, options);
  }

  private scaleOut({ scaleOut }: ClusterCapacityProps, size: ReadingSize): HostScaleOut | undefined {
    if (this.group === undefined || scaleOut === false) return undefined;
    return new HostScaleOut(this, 'ScaleOut', {
      group: this.group,
      hostsShort: this.metricHostsShort(followsEvents(scaleOut) ? { period: eventAlarmPeriod(size) } : {}),
      warmup: scaleOut?.hostWarmup ?? DEFAULT_WARMUP,
    });
  }

  /** What goes wrong beside another of these on the same cluster; told by the later one. */
  private problemsBesideOthers(): string[] {
    const all = this.node.root.node.findAll();
    const others = all.slice(0, all.indexOf(this)).filter((node): node is ClusterCapacity => node instanceof ClusterCapacity);
    const scales = ({ hostsShortAlarm, scalesIn }: ClusterCapacity) => hostsShortAlarm !== undefined || scalesIn;
    return others
      .filter((other) => isSameCluster(this.cluster, other.cluster))
      .flatMap((other) => {
        const { path } = other.node;
        const problems: string[] = [];
        if (other.namespace === this.namespace)
          problems.push(
            `${path} publishes the same metrics of the same cluster: give all sizes to one, or another metricNamespace to this`,
          );
        if (scales(other) && scales(this))
          problems.push(
            `${path} scales the same cluster, and both count the same tasks: leave scaleIn out here, and set scaleOut to false`,
          );
        return problems;
      });
  }

  /** Capacity providers may be made after this construct, so that they are looked at when the app is complete. */
  private checkGroup({ scaleIn }: ClusterCapacityProps): void {
    const { group } = this;
    if (group === undefined) return;
    this.node.addValidation({ validate: () => groupProblems(this, group, scaleIn !== undefined) });
    if (scaleIn === undefined) return;
    whenComplete(this, () => {
      if (hasProvider(this, group)) return;
      Annotations.of(this).addWarningV2(
        'plimsoll:unknownDraining',
        'no capacity provider of this app has the group: a host is removed with its tasks unless one with managed draining has it elsewhere',
      );
    });
  }

  private grant(policy: Policy, { cluster, discoverServices }: ClusterCapacityProps): void {
    const { group, scalesIn, hostsDrainableAlarm: alarm } = this;
    const grants = capacityGrants({
      cluster,
      namespace: this.namespace,
      readsDefinitions: this.taskSizes.some((size) => size.isFromDefinition),
      readsTasks: this.readsTasks,
      readsServices: this.readsTasks || discoverServices !== undefined,
      scaleIn: group && scalesIn ? { group, alarm } : undefined,
    });
    whenComplete(this, () => policy.addStatements(...reasonedStatements(policy, grants)));
  }
}

/** What waits counts where hosts are added for it; and nothing is removed on a guess. */
function readsTasks({ readTasks, scaleIn, scaleOut }: ClusterCapacityProps, group: IAutoScalingGroup | undefined): boolean {
  return scaleIn !== undefined || (readTasks ?? (group !== undefined && scaleOut !== false));
}
