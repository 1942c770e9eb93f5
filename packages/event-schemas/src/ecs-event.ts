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
import { readOwn } from './private/safe-read.js';
import { parseServiceAction, SERVICE_ACTION, type ServiceAction } from './service-action.js';
import { parseTaskStateChange, TASK_STATE_CHANGE, type TaskStateChange } from './task-state-change.js';

/** An event and, as `detailType`, which of the schemas it was checked with. */
export type EcsEvent =
  | { readonly detailType: typeof CONTAINER_INSTANCE_STATE_CHANGE; readonly event: ContainerInstanceStateChange }
  | { readonly detailType: typeof CONTAINER_INSTANCE_HEALTH_CHANGE; readonly event: ContainerInstanceHealthChange }
  | { readonly detailType: typeof TASK_STATE_CHANGE; readonly event: TaskStateChange }
  | { readonly detailType: typeof SERVICE_ACTION; readonly event: ServiceAction }
  | { readonly detailType: typeof DEPLOYMENT_STATE_CHANGE; readonly event: DeploymentStateChange }
  | {
      /** This package has no schema for the event's own `detail-type`; only the envelope was checked. */
      readonly detailType: 'unknown';
      readonly event: EventEnvelope;
    };

type KnownDetailType = Exclude<EcsEvent['detailType'], 'unknown'>;
type Parser = (input: unknown) => ParseResult<EventEnvelope>;

// A map, so that a detail-type named like a member of Object.prototype finds nothing.
const parsers: ReadonlyMap<unknown, Parser> = new Map<KnownDetailType, Parser>([
  [CONTAINER_INSTANCE_STATE_CHANGE, parseContainerInstanceStateChange],
  [CONTAINER_INSTANCE_HEALTH_CHANGE, parseContainerInstanceHealthChange],
  [TASK_STATE_CHANGE, parseTaskStateChange],
  [SERVICE_ACTION, parseServiceAction],
  [DEPLOYMENT_STATE_CHANGE, parseDeploymentStateChange],
]);

/**
 * Checks an event of any type with the schema its `detail-type` asks for.
 *
 * A `detail-type` without a schema is no error, whatever its `source`: its
 * detail is `unknown`. `event` is the input itself. Never throws.
 *
 * @example
 * const parsed = parseEcsEvent(input);
 * if (parsed.ok && parsed.value.detailType === TASK_STATE_CHANGE) follow(parsed.value.event.detail.taskArn);
 */
export function parseEcsEvent(input: unknown): ParseResult<EcsEvent> {
  const detailType = readOwn(input, 'detail-type');
  const parse = parsers.get(detailType);
  const parsed = (parse ?? parseEnvelope)(input);
  if (!parsed.ok) return parsed;
  // Each parser lets its own detail-type pass only, so the pair is one of the union.
  return { ok: true, value: { detailType: parse === undefined ? 'unknown' : detailType, event: parsed.value } as EcsEvent };
}
