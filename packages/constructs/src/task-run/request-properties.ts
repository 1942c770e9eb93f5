import { Token } from 'aws-cdk-lib';
import type { CfnService, PlacementConstraint, PlacementStrategy } from 'aws-cdk-lib/aws-ecs';
import type { NetworkConfiguration } from './network.js';
import { RunOn, type TaskRunContainerOverride, type TaskRunOverrides, type TaskRunProps } from './task-run-props.js';

/** What the properties of the custom resource are made from, beside the caller's. */
export interface RequestContext {
  /** The props with every default that the function has no say in. */
  readonly props: TaskRunProps;
  /** Launch type after defaults. */
  readonly launchType: string | undefined;
  /** Network configuration in RunTask's form. */
  readonly network: NetworkConfiguration | undefined;
  /** Deadline of the run. */
  readonly timeoutSeconds: number;
}

/**
 * The custom resource's properties: those of RunTask under their names in CloudFormation's case, and the run's own.
 *
 * What is undefined is left out, so that the function's defaults hold.
 */
export function requestProperties({ props, launchType, network, timeoutSeconds }: RequestContext): Record<string, unknown> {
  return {
    Cluster: props.cluster.clusterArn,
    TaskDefinition: props.taskDefinition.taskDefinitionArn,
    Overrides: props.overrides && renderOverrides(props.overrides),
    LaunchType: launchType,
    CapacityProviderStrategy: props.capacityProviderStrategies?.map(({ capacityProvider, base, weight }) => ({
      capacityProvider,
      base,
      weight,
    })),
    NetworkConfiguration: network,
    PlatformVersion: props.platformVersion,
    PlacementConstraints: renderPlacement(props.placementConstraints),
    PlacementStrategy: renderPlacement(props.placementStrategies),
    Group: props.group,
    Tags: props.taskTags && Object.entries(props.taskTags).map(([key, value]) => ({ key, value })),
    EnableExecuteCommand: props.enableExecuteCommand,
    Timeout: timeoutSeconds,
    RunOn: props.runOn ?? RunOn.BOTH,
    RunOnRollback: props.runOnRollback ?? false,
    Triggers: props.triggers,
    ContainerName: props.containerName,
    AllowedExitCodes: props.allowedExitCodes,
    LogTailLines: props.logTailLines,
    Redact: props.redact,
    StopOnDelete: props.stopOnDelete ?? true,
  };
}

/** Overrides in the form of RunTask: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html */
export function renderOverrides(overrides: TaskRunOverrides): Record<string, unknown> {
  return {
    containerOverrides: overrides.containers?.map(renderContainerOverride),
    // Strings, as the API has them.
    cpu: overrides.cpuUnits?.toString(),
    memory: overrides.memoryMiB?.toString(),
    taskRoleArn: overrides.taskRole?.roleArn,
    executionRoleArn: overrides.executionRole?.roleArn,
    ephemeralStorage: overrides.ephemeralStorageGiB === undefined ? undefined : { sizeInGiB: overrides.ephemeralStorageGiB },
  };
}

/** Characters of JSON that the overrides are; undefined when values that only the deployment knows are among them. */
export function overridesLength(overrides: TaskRunOverrides): number | undefined {
  const json = JSON.stringify(renderOverrides(overrides));
  return Token.isUnresolved(json) ? undefined : json.length;
}

function renderContainerOverride(container: TaskRunContainerOverride): Record<string, unknown> {
  const { name, command, environment, cpuUnits, memoryLimitMiB, memoryReservationMiB } = container;
  return {
    name,
    command,
    environment: environment && Object.entries(environment).map(([key, value]) => ({ name: key, value })),
    cpu: cpuUnits,
    memory: memoryLimitMiB,
    memoryReservation: memoryReservationMiB,
  };
}

type Rendered = CfnService.PlacementConstraintProperty | CfnService.PlacementStrategyProperty;

function renderPlacement(rules: readonly (PlacementConstraint | PlacementStrategy)[] | undefined): Rendered[] | undefined {
  return rules?.flatMap((rule): Rendered[] => rule.toJson());
}
