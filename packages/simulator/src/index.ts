// The endpoint and the services it carries.

// Amazon ECS.
export type { EcsError, EcsErrorCode } from './ecs/ecs-error.js';
export type { ContainerInstanceDetail, ContainerInstanceEvent, EcsEvent, EventResource, TaskEvent } from './ecs/ecs-event.js';
export type { EcsOutcome } from './ecs/operations.js';
export type { CallIdentity, DescribingService } from './endpoint/call-identity.js';
export type { InjectedFault, RecordedCall } from './endpoint/injected-fault.js';
export { type LocalEndpoint, type LocalEndpointOptions, startLocalEndpoint } from './endpoint/local-endpoint.js';
export type { Service, ServiceRequest, ServiceResponse } from './endpoint/service.js';
export { ListenError, PortInUseError, SimulatorError, UnknownResourceError } from './endpoint/simulator-error.js';
