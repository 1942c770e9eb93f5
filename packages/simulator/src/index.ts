export { type AutoScaling, type AutoScalingOptions, createAutoScaling } from './auto-scaling/auto-scaling.js';
export type { AutoScalingGroup } from './auto-scaling/auto-scaling-group.js';
export {
  type CloudFormation,
  type CloudFormationOptions,
  createCloudFormation,
  type DescribeStacksOutcome,
} from './cloudformation/cloudformation.js';
export type { CustomResourceRequest, RequestType } from './cloudformation/custom-resource-request.js';
export type { AnswerRecord, DrivenRequest } from './cloudformation/driven-request.js';
export {
  createResponseBucket,
  LostPutError,
  type PutListener,
  type PutRequest,
  type PutResponse,
  type ResponseBucket,
  type ResponseBucketOptions,
} from './cloudformation/response-bucket.js';
export { type ResponseServer, type ResponseServerOptions, startResponseServer } from './cloudformation/response-server.js';
export {
  createStackDriver,
  type DeployOptions,
  StackBusyError,
  type StackDriver,
  type StackDriverOptions,
  type StackOutcome,
} from './cloudformation/stack-driver.js';
export type { Decision, Properties, Purpose } from './cloudformation/stack-machine.js';
export type { Stack, StackSetting, StackStore } from './cloudformation/stack-store.js';
export { type CloudWatch, type CloudWatchOptions, createCloudWatch } from './cloudwatch/cloudwatch.js';
export type { Dimension, MetricIdentity } from './cloudwatch/metric.js';
export type { DataPoint, MetricStore, PublishedMetric, StoredMetric } from './cloudwatch/metric-store.js';
export type { StatisticSet } from './cloudwatch/statistics.js';
export { STANDARD_UNITS, type StandardUnit } from './cloudwatch/unit.js';
export type { AlarmState } from './cloudwatch-alarms/alarm.js';
export {
  type AlarmTransition,
  type CloudWatchAlarms,
  type CloudWatchAlarmsOptions,
  createCloudWatchAlarms,
} from './cloudwatch-alarms/cloudwatch-alarms.js';
export { type CloudWatchLogs, type CloudWatchLogsOptions, createCloudWatchLogs } from './cloudwatch-logs/cloudwatch-logs.js';
export type { LogsError, LogsOutcome } from './cloudwatch-logs/log-operations.js';
export type { LogEvent, LogStore, LogStream } from './cloudwatch-logs/log-store.js';
export type { ContainerLaunch } from './containers/container-runner.js';
export type { ProcessChoice, ProcessResolver } from './containers/process-containers.js';
export type { ContainerScript, TerminateScript } from './containers/scripted-containers.js';
export type { TaskDelays } from './containers/task-supervisor.js';
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
export type { EcsModelOptions, TaskContainersOptions } from './ecs/ecs-model.js';
export type { HostAttribute, HostStatus } from './ecs/ecs-state.js';
export type { EcsOutcome } from './ecs/operations.js';
export { type Bucket, ECS_QUOTAS, type QuotaGroup } from './ecs/request-quota.js';
export type { EcsResponse } from './ecs/transition.js';
export type { CallIdentity, DescribingService } from './endpoint/call-identity.js';
export { ListenError, PortInUseError, UnknownResourceError } from './endpoint/endpoint-error.js';
export type { InjectedFault, RecordedCall } from './endpoint/injected-fault.js';
export { type LocalEndpoint, type LocalEndpointOptions, startLocalEndpoint } from './endpoint/local-endpoint.js';
export type { Service, ServiceRequest, ServiceResponse } from './endpoint/service.js';
export type { AuthorizedCall } from './faults/authorized-call.js';
export type { FaultEffect, FaultMatch, FaultPlan, FaultRule } from './faults/fault-rule.js';
export type { IamAction } from './faults/iam-action.js';
export {
  createInProcessAws,
  type InProcessAws,
  type InProcessAwsOptions,
  type InProcessClient,
  type InProcessService,
  type SdkCommand,
} from './in-process/in-process-aws.js';
export { InProcessServiceError, LostConnectionError } from './in-process/in-process-error.js';
export { InvalidLambdaEventError, InvalidLambdaOptionError, LambdaClosedError } from './lambda/lambda-error.js';
export { type LambdaFunction, startLambdaFunction } from './lambda/lambda-function.js';
export { startLambdaPool } from './lambda/lambda-pool.js';
export type { LambdaFailure, LambdaResult } from './lambda/lambda-result.js';
export type { LambdaFunctionOptions } from './lambda/options.js';
export {
  type AsyncInvocation,
  type AsyncInvocationOptions,
  type AsyncTarget,
  type Delivery,
  type DeliveryRecord,
  type FailureRecord,
  invokeAsync,
} from './lambda-api/async-invocation.js';
export { FunctionFailedError } from './lambda-api/function-failed-error.js';
export {
  callFunction,
  createLambdaApi,
  type InvocableFunction,
  type InvocationAnswer,
  type LambdaApi,
  type LambdaApiOptions,
} from './lambda-api/lambda-api.js';
export { SimulatorError } from './simulator-error.js';
export {
  type CrashPoint,
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  type SandboxOutcome,
} from './virtual-time/sandbox.js';
export { machineScheduler, type Scheduler, sleep } from './virtual-time/scheduler.js';
export { createRandom, type SeededRandom } from './virtual-time/seeded-random.js';
export { createVirtualTime, type VirtualTime, VirtualTimeLimitError, VirtualTimeStalledError } from './virtual-time/virtual-time.js';
