export {
  CONTAINER_INSTANCE_HEALTH_CHANGE,
  type ContainerInstanceHealthChange,
  type ContainerInstanceHealthChangeDetail,
  type ContainerInstanceHealthCheck,
  parseContainerInstanceHealthChange,
} from './container-instance-health-change.js';
export {
  CONTAINER_INSTANCE_STATE_CHANGE,
  type ContainerInstanceAttribute,
  type ContainerInstanceResource,
  type ContainerInstanceStateChange,
  type ContainerInstanceStateChangeDetail,
  parseContainerInstanceStateChange,
} from './container-instance-state-change.js';
export { readBoolean, readInteger, readString } from './custom-resource-properties.js';
export {
  type CustomResourceCreateRequest,
  type CustomResourceDeleteRequest,
  type CustomResourceProperties,
  type CustomResourceRequest,
  type CustomResourceRequestFields,
  type CustomResourceUpdateRequest,
  parseCustomResourceRequest,
} from './custom-resource-request.js';
export {
  DEPLOYMENT_STATE_CHANGE,
  type DeploymentStateChange,
  type DeploymentStateChangeDetail,
  parseDeploymentStateChange,
} from './deployment-state-change.js';
export { type EcsEvent, parseEcsEvent } from './ecs-event.js';
export { type EventEnvelope, parseEnvelope } from './envelope.js';
export type { EventParseError, ParseIssue, ParseResult } from './parse-result.js';
export { parseServiceAction, SERVICE_ACTION, type ServiceAction, type ServiceActionDetail, serviceArnOf } from './service-action.js';
export {
  parseTaskStateChange,
  TASK_STATE_CHANGE,
  type TaskAttachment,
  type TaskContainer,
  type TaskKeyValue,
  type TaskNetworkBinding,
  type TaskNetworkInterface,
  type TaskStateChange,
  type TaskStateChangeDetail,
} from './task-state-change.js';
export { executeCommandEnabled, numberFromString, taskCpuUnits, taskMemoryMiB } from './task-values.js';
export { type UnwrapError, type UnwrappedEvent, type UnwrapResult, unwrapEvents } from './unwrap-events.js';
