export { type CapacityMetricsOptions, capacityMetrics } from './capacity-metrics.js';
export { type AwsClients, createClients } from './clients.js';
export { clusterNameOf } from './cluster-name.js';
export {
  type CapacityConfiguration,
  type ConfigurationError,
  DEFAULT_NAMESPACE,
  readConfiguration,
  type StorageResolutionSeconds,
} from './configuration.js';
export { type BatchResponse, type CapacityHandler, createHandler, type InvocationContext } from './create-handler.js';
export { type CapacityDecision, type CapacityObservation, decideCapacity, type HostReading, readHosts } from './decide-capacity.js';
export {
  CapacityLambdaError,
  ClusterReadError,
  type FaultSource,
  InvalidConfigurationError,
  InvalidEventError,
  MissingCredentialsError,
  OutOfTimeError,
  PublishError,
} from './fault.js';
export type { CapacityLogger } from './logger.js';
export { type CapacityDependencies, type PublishCapacityOptions, publishCapacity } from './publish-capacity.js';
export { type PublishMetricsOptions, publishMetrics } from './publish-metrics.js';
export {
  type ContainerInstanceReading,
  type ReadContainerInstancesOptions,
  readContainerInstances,
} from './read-container-instances.js';
