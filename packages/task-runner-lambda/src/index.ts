export { responseTo, type Telling } from './answer-response.js';
export {
  ATTEMPT_VARIABLE,
  type Attempt,
  type AttemptOrder,
  type AttemptParts,
  attemptOf,
  clientToken,
  orderOf,
  type Placement,
  physicalResourceIdOf,
  startedByOf,
} from './attempt.js';
export { classifyFault, type Fault, type FaultKind } from './classify-fault.js';
export { type AwsPorts, cloudFormationPort, createPorts, ecsPort, lambdaPort, logsPort } from './clients.js';
export { type Clock, systemClock } from './clock.js';
export {
  type ConfigurationError,
  LONGEST_TIMEOUT_SECONDS,
  type Mode,
  type ReadConfiguration,
  readConfiguration,
  type TaskRunnerConfiguration,
} from './configuration.js';
export { createHandler, type InvocationContext, type TaskRunnerDependencies, type TaskRunnerHandler } from './create-handler.js';
export { type Drive, type DriveEnd, drive } from './drive.js';
export {
  AnswerNotDeliveredError,
  CallTimeoutError,
  type FaultSource,
  HandOverError,
  InvalidConfigurationError,
  MissingCredentialsError,
  TaskRunnerError,
  UnanswerableEventError,
} from './fault.js';
export { logTail } from './log-tail.js';
export type { TaskRunnerLogger } from './logger.js';
export { decide } from './machine/decide.js';
export { diagram } from './machine/diagram.js';
export type {
  Action,
  Answer,
  Ending,
  FailureCode,
  FoundTask,
  Goal,
  Moment,
  Observation,
  Phase,
  RunPlan,
  RunState,
  SkipReason,
  Step,
} from './machine/plan.js';
export { INITIAL_STATE } from './machine/step.js';
export { TRANSITIONS, type Transition } from './machine/transitions.js';
export type { Call, Execution } from './perform.js';
export { type PlacementMoment, type PlacementSlot, placementSlot, WINDOW_MS } from './placement-window.js';
export type {
  CloudFormationPort,
  ContainerDefinitionRecord,
  ContainerOverrideRecord,
  ContainerRecord,
  EcsPort,
  FailureRecord,
  LambdaPort,
  LogPlace,
  LogsPort,
  RunTaskParameters,
  TaskDefinitionRecord,
  TaskRecord,
} from './ports.js';
export {
  MAX_OVERRIDES_CHARACTERS,
  type Overrides,
  type PropertyLimits,
  type ReadProperties,
  readProperties,
  type TaskRunProperties,
} from './read-properties.js';
export {
  type RunProgress,
  type RunTaskOnceDependencies,
  type RunTaskOnceOptions,
  runTaskOnce,
  type TaskRunReport,
} from './run-task-once.js';
export { readStackStatus, type StackVerdict } from './stack-status.js';
export { type LogDestination, logPlaceOf, readTaskFacts, type TaskFacts, type TaskFactsResult } from './task-facts.js';
export { judgeTask, type TaskOutcome } from './task-outcome.js';
