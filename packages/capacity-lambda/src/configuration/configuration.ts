import type { HostType } from '@plimsoll/capacity-core';
import { readNamespace, readStorageResolution, type StorageResolutionSeconds } from './metric-variables.js';
import { type CallBudget, type ReadingScope, readAgentGrace, readCallBudget, readClusters, readScope } from './reading-variables.js';
import { readCapacityProvider, readHostType, readScaleIn, type ScaleInConfiguration } from './scaling-variables.js';
import { type ConfiguredTaskSize, readTaskSizesVariable } from './task-size-variable.js';
import { type Environment, refused, type VariableResult } from './variable.js';

/** What the function is told by its environment. */
export interface CapacityConfiguration {
  /** Task sizes to publish the capacity of, in full or by their task definitions. At most 50; none only where services are discovered. */
  readonly taskSizes: readonly ConfiguredTaskSize[];
  /** What is read of a cluster beside its container instances. */
  readonly scope: ReadingScope;
  /**
   * CloudWatch namespace of the metrics.
   *
   * @default 'Plimsoll/ECS'
   */
  readonly namespace: string;
  /**
   * Resolution CloudWatch keeps the metrics at, in seconds: 60, or 1 for alarms with periods of 10, 20 or 30 seconds.
   *
   * @default 60
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (`StorageResolution`)
   */
  readonly storageResolutionSeconds: StorageResolutionSeconds;
  /**
   * Names or ARNs of the clusters that a scheduled event looks at.
   *
   * @default none: a scheduled event is then refused
   */
  readonly clusters: readonly string[];
  /**
   * How long a host whose agent lost its connection still counts as room, in seconds, where the execution environment saw it connected
   * before: agents reconnect several times an hour. At least 0.
   *
   * @default 60
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html
   */
  readonly agentGraceSeconds?: number;
  /** How much of the account's ECS calls the function may take. */
  readonly callBudget: CallBudget;
  /**
   * The type of host that is added.
   *
   * @default the commonest of the cluster
   */
  readonly hostType?: HostType;
  /**
   * Name of the capacity provider whose hosts are added. Tasks that are placed by others alone are then nothing that hosts are short for.
   *
   * @default a host that is added takes any task
   */
  readonly capacityProvider?: string;
  /**
   * When hosts are removed. Tasks are then read, whatever `scope` says: without them nothing is proved.
   *
   * @default never
   */
  readonly scaleIn?: ScaleInConfiguration;
  /** AWS Region of the clusters and of the metrics. */
  readonly region: string;
}

/**
 * Reads the function's configuration from environment variables: those that begin with `PLIMSOLL_`, and `AWS_REGION`, which Lambda
 * sets. The first that is refused ends it.
 *
 * @example
 * readConfiguration({ AWS_REGION: 'eu-west-1', PLIMSOLL_TASK_SIZES: '[{"name":"web","cpuUnits":250,"memoryMiB":400}]' });
 */
export function readConfiguration(env: Environment): VariableResult<CapacityConfiguration> {
  const scope = readScope(env);
  if (!scope.ok) return scope;
  const taskSizes = readTaskSizesVariable(env, scope.value.discoverServices);
  if (!taskSizes.ok) return taskSizes;
  const namespace = readNamespace(env);
  if (!namespace.ok) return namespace;
  const storageResolutionSeconds = readStorageResolution(env);
  if (!storageResolutionSeconds.ok) return storageResolutionSeconds;
  const clusters = readClusters(env);
  if (!clusters.ok) return clusters;
  const callBudget = readCallBudget(env);
  if (!callBudget.ok) return callBudget;
  const agentGraceSeconds = readAgentGrace(env);
  if (!agentGraceSeconds.ok) return agentGraceSeconds;
  const hostType = readHostType(env);
  if (!hostType.ok) return hostType;
  const scaleIn = readScaleIn(env);
  if (!scaleIn.ok) return scaleIn;
  if (scaleIn.value !== undefined && clusters.value.length > 1) {
    const remedy = 'name one cluster there, since the alarm and the group are those of one';
    return refused(
      'INVALID_SCALE_IN',
      'PLIMSOLL_SCALE_IN',
      `is set beside ${clusters.value.length} clusters in PLIMSOLL_CLUSTERS: ${remedy}`,
    );
  }
  const region = env.AWS_REGION;
  if (!region)
    return refused('MISSING_VARIABLE', 'AWS_REGION', 'is not set: Lambda sets it, elsewhere set it to the Region of the clusters');
  return {
    ok: true,
    value: {
      taskSizes: taskSizes.value,
      scope: { ...scope.value, tasks: scope.value.tasks || scaleIn.value !== undefined },
      namespace: namespace.value,
      storageResolutionSeconds: storageResolutionSeconds.value,
      clusters: clusters.value,
      agentGraceSeconds: agentGraceSeconds.value,
      callBudget: callBudget.value,
      ...(hostType.value === undefined ? {} : { hostType: hostType.value }),
      ...readCapacityProvider(env),
      ...(scaleIn.value === undefined ? {} : { scaleIn: scaleIn.value }),
      region,
    },
  };
}
