export { type CloudWatch, type CloudWatchOptions, createCloudWatch } from './cloudwatch/cloudwatch.js';
export type { Dimension, MetricIdentity } from './cloudwatch/metric.js';
export type { DataPoint, MetricStore, PublishedMetric, StoredMetric } from './cloudwatch/metric-store.js';
export type { StatisticSet } from './cloudwatch/statistics.js';
export { STANDARD_UNITS, type StandardUnit } from './cloudwatch/unit.js';
export type { DescribedTask } from './ecs/describe-task.js';
export type { EcsError, EcsErrorCode } from './ecs/ecs-error.js';
export type {
  ContainerInstanceDetail,
  ContainerInstanceEvent,
  EcsEvent,
  EventEnvelope,
  EventResource,
  TaskEvent,
} from './ecs/ecs-event.js';
export type { HostAttribute, HostStatus } from './ecs/ecs-state.js';
export type { EcsOutcome } from './ecs/operations.js';
export type { EcsResponse } from './ecs/transition.js';
export type { CallIdentity, DescribingService } from './endpoint/call-identity.js';
export { ListenError, PortInUseError, UnknownResourceError } from './endpoint/endpoint-error.js';
export type { InjectedFault, RecordedCall } from './endpoint/injected-fault.js';
export { type LocalEndpoint, type LocalEndpointOptions, startLocalEndpoint } from './endpoint/local-endpoint.js';
export type { Service, ServiceRequest, ServiceResponse } from './endpoint/service.js';
export { InvalidLambdaEventError, InvalidLambdaOptionError, LambdaClosedError } from './lambda/lambda-error.js';
export { type LambdaFunction, startLambdaFunction } from './lambda/lambda-function.js';
export type { LambdaFailure, LambdaResult } from './lambda/lambda-result.js';
export type { LambdaFunctionOptions } from './lambda/options.js';
export { SimulatorError } from './simulator-error.js';
