import type { Duration } from 'aws-cdk-lib';
import type { IAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { AsgCapacityProvider, ICluster } from 'aws-cdk-lib/aws-ecs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { TaskSize } from './task-size.js';

/** How hosts are added. */
export interface ScaleOutProps {
  /**
   * How long a new host takes, from when Auto Scaling has it in service, until tasks can be placed on it. Hosts that are still on
   * their way count as added; longer is safe, shorter adds hosts twice.
   *
   * @default Duration.minutes(2)
   */
  readonly hostWarmup?: Duration;
  /**
   * Whether hosts are added within seconds of what makes them short, instead of at the next look of the minute.
   *
   * The function then hears, beside changes of hosts, of tasks that Amazon ECS keeps PROVISIONING for want of a host and of services
   * whose task could not be placed. It looks as often as `ecsCallsPerSecond` allows; what it may not look at waits for the schedule.
   * Metrics are stored by the second, and the alarm has periods of 10 seconds, or of 30 or 60 where a reading of `clusterSize` hosts
   * takes longer. An alarm with shorter periods than a minute costs three times as much as another:
   * https://aws.amazon.com/cloudwatch/pricing/. What tasks wait, and hosts cost, with and without: docs/policy-simulation.md.
   *
   * @default false
   */
  readonly followEvents?: boolean;
}

/**
 * How long hosts must not have been needed. As many stay as the worst minute of each window needed; what could be emptied lately, and was
 * needed, is kept. Why the defaults are as they are: docs/adr/0024-hosts-go-that-were-not-needed.md.
 */
export interface ScaleInPatienceProps {
  /**
   * Minutes for which an idle host was not needed, 1 to 1,440.
   *
   * @default 15
   */
  readonly idleMinutes?: number;
  /**
   * Idle hosts that stay for `idleMinutes`, 0 to 5,000; those beyond go after `surplusMinutes`.
   *
   * @default 1
   */
  readonly spareHosts?: number;
  /**
   * Minutes for which an idle host beyond `spareHosts` was not needed, 1 to 1,440.
   *
   * @default 4
   */
  readonly surplusMinutes?: number;
  /**
   * Minutes for which a host that still runs tasks was not needed, 1 to 1,440: its tasks are moved only for what lasts.
   *
   * @default 60
   */
  readonly occupiedMinutes?: number;
}

/** How hosts are removed. */
export interface ScaleInProps {
  /**
   * Removes only hosts that were not needed lately, in place of the alarm and `afterMinutes`; `{}` for the defaults. Where work comes in
   * bursts fewer hosts are removed that are wanted again minutes later: docs/policy-simulation.md.
   *
   * The function publishes two metrics more, and where hosts could go asks CloudWatch once a minute for the last hour of both. The cluster
   * must be read each minute: `ecsCallsPerSecond` has to suffice for `clusterSize`, and `batchingWindow` be at most 30 seconds.
   *
   * @default - an alarm says whether hosts go, and then all do that can
   */
  readonly patience?: ScaleInPatienceProps;
  /**
   * For how many minutes in a row some host must be drainable, 1 to 1,440; rounded up to periods in which there is a number for certain,
   * of two minutes as a rule. Not together with `patience`.
   *
   * @default 15
   */
  readonly afterMinutes?: number;
  /**
   * How many hosts may drain at once, 1 to 5,000. With more than 1, as many may go in one minute: with `patience` those that were not
   * needed, else all that are drainable then, though `afterMinutes` saw but one of them all the time.
   *
   * @default 1; 10 with `patience`
   */
  readonly maxDraining?: number;
  /**
   * Whether the function only logs which hosts it would remove.
   *
   * @default false
   */
  readonly dryRun?: boolean;
  /**
   * Whether the Availability Zone that has most hosts gives the next one, as Auto Scaling would balance them anyway.
   *
   * @default true
   */
  readonly balanceZones?: boolean;
}

/** Task sizes that are found in the cluster. */
export interface DiscoveredServicesProps {
  /**
   * How many more tasks of each service must always fit; 0 to 10,000.
   *
   * @default 0
   */
  readonly headroom?: number;
}

/** What a new host brings. */
export interface HostTypeProps {
  /**
   * Name of the type, for the log.
   *
   * @default 'configured'
   */
  readonly name?: string;
  /** CPU units that a host registers (1,024 a vCPU). */
  readonly cpuUnits: number;
  /** Memory that a host registers, in MiB: less than its type has. */
  readonly memoryMiB: number;
  /**
   * GPUs that a host registers.
   *
   * @default 0
   */
  readonly gpus?: number;
}

/** Properties of `ClusterCapacity`. */
export interface ClusterCapacityProps {
  /** The cluster whose room is counted. */
  readonly cluster: ICluster;
  /** Sizes of task to count the room for, 1 to 50; none only with `discoverServices`. */
  readonly taskSizes: TaskSize[];
  /**
   * Counts the room for the tasks of each service of the cluster too, under the service's name.
   *
   * @default - only `taskSizes`
   */
  readonly discoverServices?: DiscoveredServicesProps;
  /**
   * Whether tasks and services are read beside hosts, so that what waits counts as short. It takes two calls of Amazon ECS for 100
   * tasks. With `scaleIn` they are read in any case.
   *
   * @default - where hosts are added or removed
   */
  readonly readTasks?: boolean;
  /**
   * What a new host brings, which `HostsShort` is counted in. Needed where there may be no host to see it from.
   *
   * @default - the commonest type of the cluster
   */
  readonly hostType?: HostTypeProps;
  /**
   * Auto Scaling group of the cluster's hosts. Not together with `capacityProvider`.
   *
   * @default - metrics only; nothing scales
   */
  readonly autoScalingGroup?: IAutoScalingGroup;
  /**
   * Capacity provider whose Auto Scaling group has the cluster's hosts; its managed scaling must be off. Where the cluster has others
   * too, hosts are short only for what this one's can take. Not together with `autoScalingGroup`.
   *
   * @default - see `autoScalingGroup`
   */
  readonly capacityProvider?: AsgCapacityProvider;
  /**
   * Name of the capacity provider that `autoScalingGroup` belongs to, where this app does not make it: of several in a cluster, hosts are
   * then short only for what this one's can take.
   *
   * @default - that of `capacityProvider`; with `autoScalingGroup` hosts that are added are taken to take any task
   */
  readonly capacityProviderName?: string;
  /**
   * How hosts are added when some are short; `false` adds none.
   *
   * @default - in steps from one to two hundred at a time, never more than are short
   */
  readonly scaleOut?: ScaleOutProps | false;
  /**
   * How hosts are removed: by name, and only those whose tasks fit elsewhere.
   *
   * @default - none is removed
   */
  readonly scaleIn?: ScaleInProps;
  /**
   * Hosts that the cluster may grow to, 1 to 5,000. The function reads them all, so the more there are the longer it collects
   * events, and the more time and memory it is given.
   *
   * @default 500
   */
  readonly clusterSize?: number;
  /**
   * How long events are collected before the cluster is looked at again, 1 to 300 seconds. The schedule's message waits as long.
   *
   * @default - as long as keeps the calls for hosts within `ecsCallsPerSecond` at `clusterSize`, at most 30 seconds; 5 with `followEvents`
   */
  readonly batchingWindow?: Duration;
  /**
   * Calls of Amazon ECS a second that the function may make, above 0, to the 20 that the account has in a Region for all who list
   * and describe. Events that would take more wait for the schedule.
   *
   * @default 2
   */
  readonly ecsCallsPerSecond?: number;
  /**
   * How long a host still counts as room after its agent lost its connection, to an hour: agents reconnect several times an hour.
   *
   * @default Duration.minutes(1)
   */
  readonly agentGracePeriod?: Duration;
  /**
   * Namespace of the metrics: 1 to 255 letters, digits and `. - _ / # :`, not beginning with `:` or `AWS/`.
   *
   * @default 'Plimsoll/ECS'
   */
  readonly metricNamespace?: string;
  /**
   * What is done when the function fails, messages are given up or metrics grow old.
   *
   * @default - nothing; the alarms can be seen
   */
  readonly alarmActions?: IAlarmAction[];
  /**
   * How long the function's log is kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
  /**
   * Key that encrypts the queues, and the function's log and environment. Its policy must let CloudWatch Logs use it; that of an
   * imported key must let EventBridge use it too, or no event reaches the queue.
   *
   * @default - keys of AWS
   */
  readonly encryptionKey?: IKey;
  /**
   * Memory of the function, in MiB.
   *
   * @default - by measurement, for `clusterSize`: 256, or 512 above 2,000 hosts; where tasks are read 256, 512 above 500, 1,024 above 2,000
   */
  readonly memorySizeMiB?: number;
}
