import { Stack, Tokenization } from 'aws-cdk-lib';
import type { IAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { CONCURRENT_DECISIONS, DEFAULT_CALLS_A_SECOND } from './call-budget.js';
import type { ClusterCapacityProps, ScaleInProps } from './cluster-capacity-props.js';
import { followsEvents } from './host-scaling.js';

/** What the function is told beside the properties of the construct. */
export interface CapacityEnvironmentOptions {
  readonly namespace: string;
  readonly props: ClusterCapacityProps;
  /** Whether tasks are read. */
  readonly readsTasks: boolean;
  /** The group of the hosts, if there is one. */
  readonly group: IAutoScalingGroup | undefined;
  /** The alarm that lets hosts be removed, if one does. */
  readonly drainable: IAlarm | undefined;
}

/** The environment of the function, as the README of `@plimsoll/capacity-lambda` has it. */
export function capacityEnvironment(scope: Construct, options: CapacityEnvironmentOptions): Record<string, string> {
  const { namespace, props, readsTasks } = options;
  const { taskSizes, discoverServices, hostType, scaleIn, scaleOut, agentGracePeriod } = props;
  const { capacityProvider, ecsCallsPerSecond = DEFAULT_CALLS_A_SECOND } = props;
  const providerName = capacityProvider?.capacityProviderName ?? props.capacityProviderName;
  const json = (value: unknown) => Stack.of(scope).toJsonString(value);
  return {
    ...(taskSizes.length > 0 && { PLIMSOLL_TASK_SIZES: json(taskSizes.map((size) => size.toJson())) }),
    // The schedule's message names the cluster too, but until its first one came a function would read for every event.
    PLIMSOLL_CLUSTERS: props.cluster.clusterArn,
    PLIMSOLL_METRIC_NAMESPACE: namespace,
    PLIMSOLL_ECS_CALLS_PER_SECOND: String(ecsCallsPerSecond),
    PLIMSOLL_MAXIMUM_CONCURRENCY: String(CONCURRENT_DECISIONS),
    ...(followsEvents(scaleOut) && { PLIMSOLL_STORAGE_RESOLUTION_SECONDS: '1' }),
    ...(readsTasks && { PLIMSOLL_READ_TASKS: 'true' }),
    ...(discoverServices && {
      PLIMSOLL_DISCOVER_SERVICES: 'true',
      PLIMSOLL_DISCOVERED_HEADROOM: numberText(discoverServices.headroom ?? 0),
    }),
    ...(hostType && { PLIMSOLL_HOST_TYPE: json(hostType) }),
    ...(providerName !== undefined && { PLIMSOLL_CAPACITY_PROVIDER: providerName }),
    ...(agentGracePeriod && { PLIMSOLL_AGENT_GRACE_SECONDS: numberText(agentGracePeriod.toSeconds()) }),
    ...(scaleIn && {
      PLIMSOLL_SCALE_IN: json(scaleInFields(scaleIn, options)),
    }),
  };
}

function scaleInFields(scaleIn: ScaleInProps, { group, drainable }: CapacityEnvironmentOptions): Readonly<Record<string, unknown>> {
  const { patience, maxDraining = patience === undefined ? 1 : 10, dryRun = false, balanceZones = true } = scaleIn;
  return {
    ...(drainable && { alarmName: drainable.alarmName }),
    autoScalingGroupName: group?.autoScalingGroupName,
    maxDraining,
    dryRun,
    balanceZones,
    ...(patience && { patience }),
  };
}

/** A number as text, though only the deployment may know it. */
function numberText(value: number): string {
  return Tokenization.stringifyNumber(value);
}
