export { ConstructError, InvalidTaskRunError } from './construct-error.js';
export { TaskRun } from './task-run/task-run.js';
export {
  RunOn,
  type TaskRunContainerOverride,
  type TaskRunNetworkProps,
  type TaskRunOutcomeProps,
  type TaskRunOverrides,
  type TaskRunPlacementProps,
  type TaskRunProps,
  type TaskRunTriggerProps,
  WaitMode,
} from './task-run/task-run-props.js';
