export type { CapacityNote, ClusterCapacity, Precision, TaskSizeCapacity } from './capacity.js';
export { applyHost, type ClusterState, EMPTY_CLUSTER, refreshHosts } from './cluster-state.js';
export { exactCapacity } from './exact-capacity.js';
export { type Fit, fit } from './fit.js';
export { type Host, isEligible, isRegistered } from './host.js';
export type { HostError } from './host-error.js';
export type { PlacementFacts } from './placement-expression/compare-subject.js';
export { evaluatePlacementExpression, type PlacementAnswer, type PlacementDoubt } from './placement-expression/evaluate.js';
export type {
  PlacementChain,
  PlacementComparison,
  PlacementExpression,
  PlacementNegation,
  PlacementOperator,
  PlacementSubject,
} from './placement-expression/expression.js';
export type { PlacementExpressionError } from './placement-expression/expression-error.js';
export { parsePlacementExpression } from './placement-expression/parse.js';
export { printPlacementExpression } from './placement-expression/print.js';
export { type PooledCapacityError, type PooledCapacityOptions, pooledCapacity } from './pooled-capacity.js';
export { readHost } from './read-host.js';
export { readTaskSize, readTaskSizes, type TaskSizeError } from './read-task-size.js';
export { type HostResources, RESOURCE_NAMES, type ResourceName } from './resource.js';
export type { Result } from './result.js';
export type { TaskSize, TaskSizes } from './task-size.js';
