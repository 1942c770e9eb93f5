import type { EventEnvelope } from './envelope.js';
import type { ParseResult } from './parse-result.js';
import { eventParser } from './private/event-parser.js';
import { finite, flag, identifier, natural, text, whole } from './private/fields.js';
import { list, optional, record } from './private/structures.js';

/** The `detail-type` of the event; its `source` is `aws.ecs`. */
export const CONTAINER_INSTANCE_STATE_CHANGE = 'ECS Container Instance State Change';

/**
 * One resource of a container instance; its `type` says which value counts.
 *
 * Copies out of the ECS API fill the other values with 0. Look resources up by
 * name, their order varies. `PORTS` and `PORTS_UDP` list ports in use, in the
 * remaining resources too; `GPU` lists device ids.
 * Fields: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Resource.html.
 */
export interface ContainerInstanceResource {
  /** `CPU` (units, 1024 a vCPU), `MEMORY` (MiB), `PORTS`, `PORTS_UDP`, `GPU` or a user's own. */
  readonly name: string;
  /** `INTEGER`, `DOUBLE`, `LONG` or `STRINGSET`; other strings pass. Missing in events made by hand. */
  readonly type?: string;
  /** Whole number; either sign passes. */
  readonly integerValue?: number;
  /** Whole number; above 2^53 - 1 JSON has rounded it. */
  readonly longValue?: number;
  /** Finite number. */
  readonly doubleValue?: number;
  /** Members of the set, as strings even where they are ports. */
  readonly stringSetValue?: readonly string[];
}

/**
 * One attribute of a container instance.
 *
 * Fields: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html.
 */
export interface ContainerInstanceAttribute {
  /** Name: `ecs.instance-type`. */
  readonly name: string;
  /** Value; most attributes have none. */
  readonly value?: string;
}

/**
 * A container instance as ECS describes it in the event.
 *
 * Named here is what the parser checks and, as `unknown`, what ECS is known to
 * send besides; other fields pass as well and stay in the value.
 * Fields: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_container_instance_events.html
 * and https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerInstance.html.
 */
export interface ContainerInstanceStateChangeDetail {
  /** ARN of the cluster; not empty. */
  readonly clusterArn: string;
  /** ARN of the container instance; not empty. */
  readonly containerInstanceArn: string;
  /**
   * `REGISTERING`, `REGISTRATION_FAILED`, `ACTIVE`, `INACTIVE`, `DEREGISTERING` or `DRAINING`; other strings pass.
   */
  readonly status: string;
  /** Whether the agent holds its connection to ECS; it loses it several times an hour in normal operation. */
  readonly agentConnected: boolean;
  /**
   * Rises with each change of this container instance: the larger one is newer, equal ones are copies.
   * From 0 to 2^53 - 1; a number in a string is refused, since ECS sends none.
   */
  readonly version: number;
  /** What the instance had when it registered. */
  readonly registeredResources: readonly ContainerInstanceResource[];
  /** What is left of it; for ports, those in use. */
  readonly remainingResources: readonly ContainerInstanceResource[];
  /** Id of the EC2 instance (`i-…`), or of the managed instance (`mi-…`) with ECS Anywhere. */
  readonly ec2InstanceId?: string;
  /** Missing or empty just after registration. */
  readonly attributes?: readonly ContainerInstanceAttribute[];
  /** Tasks whose desired status is RUNNING, at least 0. */
  readonly runningTasksCount?: number;
  /** Tasks in status PENDING, at least 0. */
  readonly pendingTasksCount?: number;
  /** Versions of agent and Docker; not checked. */
  readonly versionInfo?: unknown;
  /** Time of the change, ISO 8601 with 0 to 3 fraction digits; not checked. */
  readonly updatedAt?: unknown;
  /** Time of registration; not checked. */
  readonly registeredAt?: unknown;
  /** Why the instance has its status; not checked. */
  readonly statusReason?: unknown;
  /** Status of the last update of the agent; not checked. */
  readonly agentUpdateStatus?: unknown;
  /** Capacity provider the instance belongs to; not checked. */
  readonly capacityProviderName?: unknown;
  /** Attached resources, such as a trunk network interface; not checked. */
  readonly attachments?: unknown;
}

/** The event ECS sends when a container instance or what is left of its resources changes. */
export type ContainerInstanceStateChange = EventEnvelope<ContainerInstanceStateChangeDetail, typeof CONTAINER_INSTANCE_STATE_CHANGE>;

const resource = record({
  name: text,
  type: optional(text),
  integerValue: optional(whole),
  longValue: optional(whole),
  doubleValue: optional(finite),
  stringSetValue: optional(list(text)),
});

const detail = record({
  clusterArn: identifier,
  containerInstanceArn: identifier,
  status: text,
  agentConnected: flag,
  version: natural,
  registeredResources: list(resource),
  remainingResources: list(resource),
  ec2InstanceId: optional(text),
  attributes: optional(list(record({ name: text, value: optional(text) }))),
  runningTasksCount: optional(natural),
  pendingTasksCount: optional(natural),
});

const parse = eventParser<ContainerInstanceStateChangeDetail, typeof CONTAINER_INSTANCE_STATE_CHANGE>({
  name: 'container-instance-state-change',
  detailType: CONTAINER_INSTANCE_STATE_CHANGE,
  source: 'aws.ecs',
  detail,
});

/**
 * Checks an ECS Container Instance State Change event, as EventBridge delivers it.
 *
 * Strict about the fields named with a type in
 * {@link ContainerInstanceStateChangeDetail}, blind to all others. The value is
 * the input itself, neither copied nor changed. Never throws.
 *
 * @example
 * const parsed = parseContainerInstanceStateChange(JSON.parse(body));
 * if (parsed.ok) fold(parsed.value.detail);
 * else refuse(parsed.error.message);
 */
export function parseContainerInstanceStateChange(input: unknown): ParseResult<ContainerInstanceStateChange> {
  return parse(input);
}
