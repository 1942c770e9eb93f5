import {
  CONTAINER_INSTANCE_HEALTH_CHANGE,
  type ContainerInstanceHealthChange,
  parseContainerInstanceHealthChange,
} from './container-instance-health-change.js';
import {
  CONTAINER_INSTANCE_STATE_CHANGE,
  type ContainerInstanceStateChange,
  parseContainerInstanceStateChange,
} from './container-instance-state-change.js';
import { DEPLOYMENT_STATE_CHANGE, type DeploymentStateChange, parseDeploymentStateChange } from './deployment-state-change.js';
import { type EventEnvelope, parseEnvelope } from './envelope.js';
import type { ParseResult } from './parse-result.js';
import { isRecord } from './private/fields.js';
import { parseServiceAction, SERVICE_ACTION, type ServiceAction } from './service-action.js';
import { parseTaskStateChange, TASK_STATE_CHANGE, type TaskStateChange } from './task-state-change.js';

declare const unknownDetailType: unique symbol;

/** A `detail-type` this package has no schema for: a string no comparison with a known one narrows to. Has no mark at run time. */
export type UnknownDetailType = string & { readonly [unknownDetailType]: true };

/** An event with a `detail-type` this package has no schema for; only its envelope was checked. */
export type UnknownEvent = EventEnvelope<unknown, UnknownDetailType>;

/** Any event, told apart by its `detail-type`. */
export type EcsEvent =
  | ContainerInstanceStateChange
  | ContainerInstanceHealthChange
  | TaskStateChange
  | ServiceAction
  | DeploymentStateChange
  | UnknownEvent;

// A map, so that a detail-type named like a member of Object.prototype finds nothing.
const parsers: ReadonlyMap<unknown, (input: unknown) => ParseResult<EcsEvent>> = new Map([
  [CONTAINER_INSTANCE_STATE_CHANGE, parseContainerInstanceStateChange],
  [CONTAINER_INSTANCE_HEALTH_CHANGE, parseContainerInstanceHealthChange],
  [TASK_STATE_CHANGE, parseTaskStateChange],
  [SERVICE_ACTION, parseServiceAction],
  [DEPLOYMENT_STATE_CHANGE, parseDeploymentStateChange],
] as [unknown, (input: unknown) => ParseResult<EcsEvent>][]);

/**
 * Checks an event of any type with the schema its `detail-type` asks for.
 *
 * A `detail-type` without a schema is no error, whatever its `source`: its
 * detail is `unknown`. The value is the input itself. Never throws.
 *
 * @example
 * const parsed = parseEcsEvent(input);
 * if (parsed.ok && parsed.value['detail-type'] === TASK_STATE_CHANGE) follow(parsed.value.detail.taskArn);
 */
export function parseEcsEvent(input: unknown): ParseResult<EcsEvent> {
  const parse = isRecord(input) ? parsers.get(input['detail-type']) : undefined;
  return parse === undefined ? (parseEnvelope(input) as ParseResult<UnknownEvent>) : parse(input);
}
