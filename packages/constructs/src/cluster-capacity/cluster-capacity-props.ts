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
   * How long a new host takes until tasks can be placed on it. Hosts that are still on their way count as added.
   *
   * @default Duration.minutes(3)
   */
  readonly hostWarmup?: Duration;
}

/** How hosts are removed. */
export interface ScaleInProps {
  /**
   * For how many minutes in a row a host must be drainable, 1 to 1,440.
   *
   * @default 15
   */
  readonly afterMinutes?: number;
  /**
   * How many hosts may drain at once.
   *
   * @default 1
   */
  readonly maxDraining?: number;
  /**
   * Whether the function only logs which host it would remove.
   *
   * @default false
   */
  readonly dryRun?: boolean;
}

/** Properties of `ClusterCapacity`. */
export interface ClusterCapacityProps {
  /** The cluster whose room is counted. */
  readonly cluster: ICluster;
  /** Sizes of task to count the room for, 1 to 50. */
  readonly taskSizes: TaskSize[];
  /**
   * Auto Scaling group of the cluster's hosts. Not together with `capacityProvider`.
   *
   * @default - metrics only; nothing scales
   */
  readonly autoScalingGroup?: IAutoScalingGroup;
  /**
   * Capacity provider whose Auto Scaling group has the cluster's hosts; its managed scaling must be off. Not together with
   * `autoScalingGroup`.
   *
   * @default - see `autoScalingGroup`
   */
  readonly capacityProvider?: AsgCapacityProvider;
  /**
   * How hosts are added when some are short; `false` adds none.
   *
   * @default - one, two, five or ten at a time, as many as are short
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
   * events, and the more time it is given.
   *
   * @default 500
   */
  readonly clusterSize?: number;
  /**
   * How long events are collected before the cluster is looked at again, at most 300 seconds.
   *
   * @default - as long as keeps the calls of Amazon ECS below 2 a second at `clusterSize`
   */
  readonly batchingWindow?: Duration;
  /**
   * Namespace of the metrics: 1 to 255 letters, digits and `. - _ / # :`, not beginning with `:` or `AWS/`.
   *
   * @default 'Plimsoll/ECS'
   */
  readonly metricNamespace?: string;
  /**
   * What is done when the function fails or messages are given up.
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
   * Key that encrypts the queues, and the function's log and environment. Its policy must let CloudWatch Logs use it.
   *
   * @default - keys of AWS
   */
  readonly encryptionKey?: IKey;
  /**
   * Memory of the function, in MiB.
   *
   * @default 256
   */
  readonly memorySizeMiB?: number;
}
