import type { EventEnvelope } from './envelope.js';
import type { ParseResult } from './parse-result.js';
import { eventParser } from './private/event-parser.js';
import { identifier, text } from './private/fields.js';
import { ownField, readOwn } from './private/safe-read.js';
import { list, optional, record } from './private/structures.js';

/** The `detail-type` of the event; its `source` is `aws.ecs`. */
export const SERVICE_ACTION = 'ECS Service Action';

/**
 * What ECS says of a service.
 *
 * It has no `version`, and it does not name the service: see {@link serviceArnOf}.
 * Fields: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html.
 */
export interface ServiceActionDetail {
  /** `INFO`, `WARN` or `ERROR`; other strings pass. */
  readonly eventType: string;
  /** `SERVICE_STEADY_STATE`, `SERVICE_TASK_PLACEMENT_FAILURE` and others; any string passes. */
  readonly eventName: string;
  /** ARN of the cluster; not empty. */
  readonly clusterArn: string;
  /** When, ISO 8601 with 0 to 3 fraction digits. */
  readonly createdAt?: string;
  /** Capacity providers the action is about; may be empty. */
  readonly capacityProviderArns?: readonly string[];
  /** Cause of a failure: `RESOURCE:CPU`. */
  readonly reason?: string;
  /** Deployment the action belongs to: `ecs-svc/…`. */
  readonly deploymentId?: string;
}

/** The event ECS sends about a service: steady, short of capacity, failing to start tasks. */
export type ServiceAction = EventEnvelope<ServiceActionDetail, typeof SERVICE_ACTION>;

const detail = record({
  eventType: text,
  eventName: text,
  clusterArn: identifier,
  createdAt: optional(text),
  capacityProviderArns: optional(list(text)),
  reason: optional(text),
  deploymentId: optional(text),
});

const parse = eventParser<ServiceActionDetail, typeof SERVICE_ACTION>({
  name: 'service-action',
  detailType: SERVICE_ACTION,
  source: 'aws.ecs',
  detail,
});

/**
 * Checks an ECS Service Action event, as EventBridge delivers it.
 *
 * The value is the input itself, neither copied nor changed. Never throws.
 */
export function parseServiceAction(input: unknown): ParseResult<ServiceAction> {
  return parse(input);
}

/**
 * ARN of the service that a service action or a deployment event is about.
 *
 * ECS names it in the envelope's `resources` only.
 *
 * @returns the first resource; undefined if the event has none
 */
export function serviceArnOf(event: Pick<EventEnvelope, 'resources'>): string | undefined {
  const first = ownField(readOwn(event, 'resources'), 0).value;
  return typeof first === 'string' ? first : undefined;
}
