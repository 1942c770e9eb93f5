import type { Duration } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type {
  CapacityProviderStrategy,
  FargatePlatformVersion,
  ICluster,
  ITaskDefinition,
  LaunchType,
  PlacementConstraint,
  PlacementStrategy,
} from 'aws-cdk-lib/aws-ecs';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** On which stack operations a `TaskRun` runs its task. */
export enum RunOn {
  /** Only when the `TaskRun` is created. */
  CREATE = 'create',
  /** Only when it is updated. */
  UPDATE = 'update',
  /** Both times. */
  BOTH = 'both',
}

/** How the function waits for the task. */
export enum WaitMode {
  /** One invocation of the function waits until the task has stopped: up to 14 minutes. */
  DIRECT = 'direct',
  /** The function hands over to a new invocation of itself before its time is up: up to 55 minutes. */
  LONG = 'long',
}

/** What a run changes in one container of the task definition. */
export interface TaskRunContainerOverride {
  /** Name of the container in the task definition. */
  readonly name: string;
  /**
   * Command in place of the definition's.
   *
   * @default - the task definition's
   */
  readonly command?: string[];
  /**
   * Environment variables to set beside the definition's, or in place of those of the same name.
   *
   * They are readable in the template and in the console: no place for secrets.
   *
   * @default - none
   */
  readonly environment?: Record<string, string>;
  /**
   * CPU units to reserve (1,024 a vCPU).
   *
   * @default - the task definition's
   */
  readonly cpuUnits?: number;
  /**
   * Hard limit of memory, in MiB.
   *
   * @default - the task definition's
   */
  readonly memoryLimitMiB?: number;
  /**
   * Memory to reserve, in MiB.
   *
   * @default - the task definition's
   */
  readonly memoryReservationMiB?: number;
}

/** What a run changes in the task definition. */
export interface TaskRunOverrides {
  /**
   * Changes in single containers.
   *
   * @default - none
   */
  readonly containers?: TaskRunContainerOverride[];
  /**
   * CPU units of the whole task (1,024 a vCPU).
   *
   * @default - the task definition's
   */
  readonly cpuUnits?: number;
  /**
   * Memory of the whole task, in MiB.
   *
   * @default - the task definition's
   */
  readonly memoryMiB?: number;
  /**
   * Role that the containers act as.
   *
   * @default - the task definition's
   */
  readonly taskRole?: IRole;
  /**
   * Role that the agent pulls images and reads secrets with.
   *
   * @default - the task definition's
   */
  readonly executionRole?: IRole;
  /**
   * Ephemeral storage of a task on AWS Fargate, in GiB, 20 to 200.
   *
   * @default - the task definition's
   */
  readonly ephemeralStorageGiB?: number;
}

/** Where the task's network interface is, when the task definition's network mode is `awsvpc`. */
export interface TaskRunNetworkProps {
  /**
   * VPC of the task.
   *
   * @default - the cluster's
   */
  readonly vpc?: IVpc;
  /**
   * Subnets of the task. Several zones let a run go on where one has no room.
   *
   * @default - the private subnets with egress, or the public ones with `assignPublicIp`
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * Security groups of the task.
   *
   * @default - a new one; use `connections` to open ways for it
   */
  readonly securityGroups?: ISecurityGroup[];
  /**
   * Whether the task gets a public address; possible on AWS Fargate only.
   *
   * @default false
   */
  readonly assignPublicIp?: boolean;
}

/** Where Amazon ECS places the task. */
export interface TaskRunPlacementProps {
  /**
   * Launch type. Not together with `capacityProviderStrategies`.
   *
   * @default - FARGATE where the task definition suits nothing else; otherwise the cluster's default strategy, or EC2 if it has none
   */
  readonly launchType?: LaunchType;
  /**
   * Capacity providers to choose from, 20 at most. Not together with `launchType`.
   *
   * @default - see `launchType`
   */
  readonly capacityProviderStrategies?: CapacityProviderStrategy[];
  /**
   * Platform version of AWS Fargate.
   *
   * @default - the latest
   */
  readonly platformVersion?: FargatePlatformVersion;
  /**
   * Rules that a host must satisfy; 10 at most together with those of the task definition.
   *
   * @default - none but the task definition's
   */
  readonly placementConstraints?: PlacementConstraint[];
  /**
   * How hosts are chosen among those that fit, 5 at most.
   *
   * @default - random
   */
  readonly placementStrategies?: PlacementStrategy[];
}

/** When the task runs. */
export interface TaskRunTriggerProps {
  /**
   * On which stack operations the task runs.
   *
   * @default RunOn.BOTH
   */
  readonly runOn?: RunOn;
  /**
   * Whether the task runs, with the old properties, when a stack update is rolled back.
   *
   * Off, a rollback stops what is still running and goes on. A run that fails during a rollback leaves the stack in
   * UPDATE_ROLLBACK_FAILED.
   *
   * @default false
   */
  readonly runOnRollback?: boolean;
  /**
   * Values that make the task run again when one changes. So do the cluster, the overrides and a new revision of the task definition,
   * and nothing else.
   *
   * @default - none
   */
  readonly triggers?: Record<string, string>;
  /**
   * Constructs that are created or updated before the task runs.
   *
   * @default - only what the properties refer to
   */
  readonly executeAfter?: Construct[];
  /**
   * Constructs that are created or updated only after the task has succeeded.
   *
   * @default - none
   */
  readonly executeBefore?: Construct[];
  /**
   * Whether a task that still runs is stopped when the `TaskRun` is deleted. One whose stack is rolled back or deleted while the function
   * waits for it is stopped in any case.
   *
   * @default true
   */
  readonly stopOnDelete?: boolean;
}

/** What is a success, and what is told of a failure. */
export interface TaskRunOutcomeProps {
  /**
   * The container whose exit code decides. Needed when several containers of the task are essential.
   *
   * @default - the only essential container
   */
  readonly containerName?: string;
  /**
   * Exit codes that are a success, each 0 to 255.
   *
   * @default [0]
   */
  readonly allowedExitCodes?: number[];
  /**
   * How many of the last lines of the container's log the reason of a failure ends with, 0 to 1,000.
   *
   * @default 20
   */
  readonly logTailLines?: number;
  /**
   * Regular expressions; what matches one is masked wherever the log's lines are shown.
   *
   * @default - none
   */
  readonly redact?: string[];
  /**
   * Log groups that the containers write to with the `awslogs` driver.
   *
   * @default - those the task definition's containers name; nothing is known of an imported one
   */
  readonly logGroups?: ILogGroup[];
}

/** Properties of `TaskRun`. */
export interface TaskRunProps extends TaskRunNetworkProps, TaskRunPlacementProps, TaskRunTriggerProps, TaskRunOutcomeProps {
  /** Cluster that the task runs on. */
  readonly cluster: ICluster;
  /** What runs. An imported definition needs the roles it names, so that the function may pass them. */
  readonly taskDefinition: ITaskDefinition;
  /**
   * What this run changes in the task definition; 8,072 characters of JSON at most, less those of `containerName`.
   *
   * @default - nothing
   */
  readonly overrides?: TaskRunOverrides;
  /**
   * How long the task may take, counted from the request and with the wait for a host; then it is stopped and the run has failed.
   *
   * 30 seconds to 14 minutes in `WaitMode.DIRECT`, to 55 minutes in `WaitMode.LONG`: AWS CloudFormation waits an hour at most.
   *
   * @default Duration.minutes(10)
   */
  readonly timeout?: Duration;
  /**
   * How the function waits.
   *
   * @default - WaitMode.DIRECT up to 14 minutes of `timeout`, WaitMode.LONG above
   */
  readonly waitMode?: WaitMode;
  /**
   * Group of the task.
   *
   * @default - `family:<family of the task definition>`
   */
  readonly group?: string;
  /**
   * Tags of the task, 50 at most.
   *
   * @default - none
   */
  readonly taskTags?: Record<string, string>;
  /**
   * Whether ECS Exec may open a shell in the task.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;
  /**
   * How long the function's own log is kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
  /**
   * Key that encrypts the function's log and environment. Its policy must let CloudWatch Logs use it.
   *
   * @default - keys of AWS
   */
  readonly encryptionKey?: IKey;
}
