export {
  CONTAINER_INSTANCE_STATE_CHANGE,
  type ContainerInstanceAttribute,
  type ContainerInstanceResource,
  type ContainerInstanceStateChange,
  type ContainerInstanceStateChangeDetail,
  parseContainerInstanceStateChange,
} from './container-instance-state-change.js';
export { type EventEnvelope, parseEnvelope } from './envelope.js';
export type { EventParseError, ParseIssue, ParseResult } from './parse-result.js';
