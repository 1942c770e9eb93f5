export { judgeReading, type PastDecision, type ReadingQuestion, type ReadingVerdict } from './call-budget.js';
export { type CapacityMetricsOptions, capacityMetrics } from './capacity-metrics.js';
export { type AwsClients, createClients } from './clients.js';
export { clusterNameOf } from './cluster-name.js';
export { type CapacityConfiguration, readConfiguration } from './configuration/configuration.js';
export { DEFAULT_NAMESPACE, type StorageResolutionSeconds } from './configuration/metric-variables.js';
export type { CallBudget, ReadingScope } from './configuration/reading-variables.js';
export type { ScaleInConfiguration } from './configuration/scaling-variables.js';
export type { ConfiguredTaskSize, TaskSizeReference } from './configuration/task-size-variable.js';
export type { ConfigurationError, Environment, VariableResult } from './configuration/variable.js';
export { type BatchResponse, type CapacityHandler, createHandler } from './create-handler.js';
export type { InvocationContext } from './deadline.js';
export { type CapacityDecision, type CapacityObservation, decideCapacity, type HostReading, readHosts } from './decide-capacity.js';
export { type ClusterDecision, type ClusterObservation, decideCluster } from './decide-cluster.js';
export {
  type AlarmState,
  decideScaleIn,
  type HostRemoval,
  type ScaleInDecision,
  type ScaleInHindrance,
  type ScaleInObservation,
} from './decide-scale-in.js';
export { decideScaling, type ScalingDecision, type ScalingObservation } from './decide-scaling.js';
export { DEFAULT_SCALE_IN_PATIENCE, type DispensableHostsQuestion, dispensableHosts, type ScaleInPatience } from './dispensable-hosts.js';
export { type CallPace, type CallPaceOptions, createCallPace, paceOf } from './ecs-reading/call-pace.js';
export type { EcsCallOptions, EcsOperation } from './ecs-reading/ecs-call.js';
export {
  type ContainerInstanceReading,
  type ReadContainerInstancesOptions,
  readContainerInstances,
} from './ecs-reading/read-container-instances.js';
export { createTaskDefinitions, type TaskDefinitions } from './ecs-reading/task-definitions.js';
export {
  CapacityLambdaError,
  ClusterReadError,
  DemandReadError,
  type FaultSource,
  InvalidConfigurationError,
  InvalidEventError,
  MissingCredentialsError,
  NoTaskSizesError,
  OutOfTimeError,
  PublishError,
  ScaleInError,
} from './fault.js';
export { type HostDemand, type HostDemandSources, hostDemand, idleHosts } from './host-demand.js';
export { expectedHostType } from './host-type.js';
export type { CapacityLogger } from './logger.js';
export { type PatientQuestion, type PlainAmounts, patientHostsShort, type TaskUnderWay } from './patient-hosts-short.js';
export { type CapacityDependencies, type PublishCapacityOptions, type PublishedCapacity, publishCapacity } from './publish-capacity.js';
export { type PublishMetricsOptions, publishMetrics } from './publish-metrics.js';
export type { Message } from './read-messages.js';
export { type DrainingCluster, replacedTasks } from './replaced-tasks.js';
export type { ServiceRecord } from './services.js';
