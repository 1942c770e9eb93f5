import type { EventEnvelope } from './envelope.js';
import type { ParseResult } from './parse-result.js';
import { eventParser } from './private/event-parser.js';
import { identifier, text, textOrNull } from './private/fields.js';
import { list, optional, record } from './private/structures.js';

/** The `detail-type` of the event; its `source` is `aws.ecs`. */
export const CONTAINER_INSTANCE_HEALTH_CHANGE = 'ECS Container Instance Health Change';

/** One health check of a container instance. */
export interface ContainerInstanceHealthCheck {
  /** `CONTAINER_RUNTIME`, `ACCELERATED_COMPUTE`, `DAEMON` or `AGENT_CONNECTIVITY`; other strings pass. */
  readonly type: string;
  /** `OK`, `IMPAIRED`, `INSUFFICIENT_DATA` or `INITIALIZING`; other strings pass. */
  readonly status: string;
  /** When the status last changed, ISO 8601 with whole seconds. */
  readonly lastStatusChange?: string | null;
  /** When ECS last heard of the check, ISO 8601; the documentation's own samples have it before the change. */
  readonly lastUpdated?: string | null;
  /** Why, in words or as a code (`XID_46`); `null` if healthy. */
  readonly statusReason?: string | null;
}

/**
 * The health of a container instance as ECS describes it in the event.
 *
 * Alone among these events it holds `null`, and it has no `version`.
 * Fields: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_container_instance_health_events.html
 * (samples of 2026, the only source of their kinds) and
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_InstanceHealthCheckResult.html.
 */
export interface ContainerInstanceHealthChangeDetail {
  /** ARN of the cluster; not empty. */
  readonly clusterArn: string;
  /** ARN of the container instance; not empty. */
  readonly containerInstanceArn: string;
  /** Worst of the checks' statuses; the same strings. */
  readonly overallStatus: string;
  /** The checks this event is about; the samples have one each. */
  readonly healthChecks: readonly ContainerInstanceHealthCheck[];
  /** Capacity provider the instance belongs to, `null` if none. */
  readonly capacityProviderName?: string | null;
  /** Id of the EC2 instance. */
  readonly ec2InstanceId?: string | null;
}

/** The event ECS sends when a health check of a container instance, or its overall health, changes. */
export type ContainerInstanceHealthChange = EventEnvelope<ContainerInstanceHealthChangeDetail, typeof CONTAINER_INSTANCE_HEALTH_CHANGE>;

const healthCheck = record({
  type: text,
  status: text,
  lastStatusChange: optional(textOrNull),
  lastUpdated: optional(textOrNull),
  statusReason: optional(textOrNull),
});

const detail = record({
  clusterArn: identifier,
  containerInstanceArn: identifier,
  overallStatus: text,
  healthChecks: list(healthCheck),
  capacityProviderName: optional(textOrNull),
  ec2InstanceId: optional(textOrNull),
});

const parse = eventParser<ContainerInstanceHealthChangeDetail, typeof CONTAINER_INSTANCE_HEALTH_CHANGE>({
  name: 'container-instance-health-change',
  detailType: CONTAINER_INSTANCE_HEALTH_CHANGE,
  source: 'aws.ecs',
  detail,
});

/**
 * Checks an ECS Container Instance Health Change event, as EventBridge delivers it.
 *
 * The value is the input itself, neither copied nor changed. Never throws.
 */
export function parseContainerInstanceHealthChange(input: unknown): ParseResult<ContainerInstanceHealthChange> {
  return parse(input);
}
