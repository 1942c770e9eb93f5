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
export type { CapacityProviderItem, HostAttribute, HostStatus, LaunchType } from './ecs/ecs-state.js';
export type { EcsOutcome } from './ecs/operations.js';
export { type Bucket, ECS_QUOTAS, type QuotaGroup } from './ecs/request-quota.js';
export type { ServiceSetting } from './ecs/service-setting.js';
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
export { type ComparedPolicy, type Comparison, type ComparisonOptions, comparePolicies } from './policy-simulation/compare.js';
export {
  type DeliveryFaults,
  deliverWithFaults,
  EcsEventStream,
  type EcsEventStreamOptions,
  type SimulatedEvent,
} from './policy-simulation/ecs-event-stream.js';
export { type LowerBound, lowerBound } from './policy-simulation/lower-bound.js';
export type { AutoScalingGroup as SimulatedAutoScalingGroup } from './policy-simulation/model/auto-scaling-group.js';
export type { ClusterListener, SimulatedCluster } from './policy-simulation/model/cluster.js';
export type { ServiceScheduler, WantedService } from './policy-simulation/model/service-scheduler.js';
export type { HostState, SimulatedHost } from './policy-simulation/model/simulated-host.js';
export type { SimulatedTask, TaskState } from './policy-simulation/model/simulated-task.js';
export type { WaitingTasks } from './policy-simulation/model/waiting-tasks.js';
export { bookPolicy } from './policy-simulation/policies/book.js';
export { capacityProviderPolicy, type ManagedScaling } from './policy-simulation/policies/capacity-provider.js';
export { type ExactOptions, exactPolicy } from './policy-simulation/policies/exact.js';
export { fixedSizePolicy } from './policy-simulation/policies/fixed-size.js';
export { leastHostType } from './policy-simulation/policies/least-host-type.js';
export type { PolicyContext, PolicyMinute, RunningPolicy, ScalingPolicy } from './policy-simulation/policies/policy.js';
export type {
  HostPatience,
  NeededHosts,
  PatienceQuestion,
  PlacedAmounts,
  ProductionDecisions,
  ScaleInQuestion,
  ScaleInVerdict,
  ScalingQuestion,
  ScalingVerdict,
} from './policy-simulation/policies/production-decisions.js';
export type { PolicyReport, SeriesPoint, ServiceShortfall, WaitingSeconds } from './policy-simulation/report/policy-report.js';
export type { ClusterSettings, CompleteSettings, PlacementStrategy } from './policy-simulation/settings.js';
export { type SimulationOptions, type SimulationState, simulate } from './policy-simulation/simulate.js';
export { EventTraceRecorder } from './policy-simulation/traces/event-trace.js';
export { generateWorkload } from './policy-simulation/traces/generated.js';
export { jitterArrivals } from './policy-simulation/traces/jitter.js';
export { parseOpenbTrace } from './policy-simulation/traces/openb-trace.js';
export { overlayCopies } from './policy-simulation/traces/overlay.js';
export { formatPlainTrace, parsePlainTrace } from './policy-simulation/traces/plain-trace.js';
export type { TraceError } from './policy-simulation/traces/trace-error.js';
export {
  type Arrival,
  type Level,
  plainSize,
  type ServicePlan,
  type ServiceTargetTracking,
  type Workload,
  workloadOf,
} from './policy-simulation/workload.js';
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
