import type { EventEnvelope } from './envelope.js';
import type { ParseResult } from './parse-result.js';
import { eventParser } from './private/event-parser.js';
import { identifier, text } from './private/fields.js';
import { optional, record } from './private/structures.js';

/** The `detail-type` of the event; its `source` is `aws.ecs`. */
export const DEPLOYMENT_STATE_CHANGE = 'ECS Deployment State Change';

/**
 * What ECS says of a deployment of a service.
 *
 * It has no `version` and no `clusterArn`; the service is the envelope's first resource.
 * Fields: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html.
 */
export interface DeploymentStateChangeDetail {
  /** `INFO` or `ERROR`; other strings pass. */
  readonly eventType: string;
  /** `SERVICE_DEPLOYMENT_IN_PROGRESS`, `…_COMPLETED` or `…_FAILED`; other strings pass. */
  readonly eventName: string;
  /** Id of the deployment: `ecs-svc/…`; not empty. */
  readonly deploymentId: string;
  /** When, ISO 8601 with 0 to 3 fraction digits. */
  readonly updatedAt?: string;
  /** In words; tells an initial deployment from a rollback. */
  readonly reason?: string;
}

/** The event ECS sends when a deployment of a service starts, completes or fails. */
export type DeploymentStateChange = EventEnvelope<DeploymentStateChangeDetail, typeof DEPLOYMENT_STATE_CHANGE>;

const detail = record({
  eventType: text,
  eventName: text,
  deploymentId: identifier,
  updatedAt: optional(text),
  reason: optional(text),
});

const parse = eventParser<DeploymentStateChangeDetail, typeof DEPLOYMENT_STATE_CHANGE>({
  name: 'deployment-state-change',
  detailType: DEPLOYMENT_STATE_CHANGE,
  source: 'aws.ecs',
  detail,
});

/**
 * Checks an ECS Deployment State Change event, as EventBridge delivers it.
 *
 * The value is the input itself, neither copied nor changed. Never throws.
 */
export function parseDeploymentStateChange(input: unknown): ParseResult<DeploymentStateChange> {
  return parse(input);
}
