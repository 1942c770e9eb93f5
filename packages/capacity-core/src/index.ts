export type { Attribute } from './attribute.js';
export type { CapacityNote, ClusterCapacity, Precision, TaskSizeCapacity } from './capacity.js';
export { type ClusterJson, type ClusterJsonError, clusterFromJson, clusterToJson } from './cluster-json.js';
export { applyHost, type ClusterState, EMPTY_CLUSTER, type MergeListOptions, mergeList, refreshHosts } from './cluster-state.js';
export { EC2_NETWORK_INTERFACE_LIMITS, ec2NetworkInterfaceLimit } from './ec2-network-interface-limits.js';
export { exactCapacity } from './exact-capacity.js';
export { type CapacityExplanation, explainCapacity, type ReasonCount } from './explain-capacity.js';
export { type Fit, fit } from './fit.js';
export { type AgentGrace, closedBy, type Host, isEligible, isRegistered } from './host.js';
export type { HostError } from './host-error.js';
export { emptyRoomOf, type HostRoom, place, roomOf } from './host-room.js';
export type { NetworkInterfaceLimit, NetworkInterfaceLimits } from './network-interface-limit.js';
export type { PlacementConstraint } from './placement-constraint.js';
export { type Daemon, type PlacementContext, type PlacementOptions, placementContext } from './placement-context.js';
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
export { type ReadTaskOptions, readTask, type TaskError } from './read-task.js';
export { readTaskDefinition, type TaskDefinitionError, type TaskDefinitionOptions } from './read-task-definition.js';
export { readTaskSize, readTaskSizes, type TaskSizeError } from './read-task-size.js';
export type { Reason } from './reason.js';
export {
  type DrainableHosts,
  type DrainableHostsOptions,
  drainableHosts,
  type KeptHost,
  type PlacementAssumption,
} from './rebalance/drainable-hosts.js';
export type { HostType } from './rebalance/host-type.js';
export { commonAttributes, hostTypeLike } from './rebalance/host-type-like.js';
export {
  type HostsNeeded,
  type HostsNeededRequest,
  hostsNeeded,
  type PackedHosts,
  type UnplaceableTasks,
} from './rebalance/hosts-needed.js';
export { type HostsShort, hostsShort } from './rebalance/hosts-short.js';
export type { TaskDemand } from './rebalance/task-demand.js';
export { type HostResources, type NamedAmount, RESOURCE_NAMES, type ResourceName } from './resource.js';
export type { Result } from './result.js';
export { fits, type RoomFit } from './room-fit.js';
export { needsHost, type Task } from './task.js';
export type { NetworkMode, TaskSize, TaskSizes } from './task-size.js';
export type { Unknown } from './unknown.js';
