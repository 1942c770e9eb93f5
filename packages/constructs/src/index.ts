export { BookScaling, type BookScalingProps } from './cluster-capacity/book-scaling.js';
export { ClusterCapacity } from './cluster-capacity/cluster-capacity.js';
export type {
  ClusterCapacityProps,
  DiscoveredServicesProps,
  HostTypeProps,
  ScaleInPatienceProps,
  ScaleInProps,
  ScaleOutProps,
} from './cluster-capacity/cluster-capacity-props.js';
export { TaskSize, type TaskSizeFromDefinitionOptions, type TaskSizeOptions, type TaskSizeProps } from './cluster-capacity/task-size.js';
export { ConstructError, InvalidClusterCapacityError, InvalidTaskRunError } from './construct-error.js';
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
