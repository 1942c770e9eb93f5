import type { Attribute } from './attribute.js';
import type { HostResources } from './resource.js';

/** A container instance: an EC2 (or external) host registered in an ECS cluster. */
export interface Host {
  /** ARN that names the container instance. */
  readonly containerInstanceArn: string;
  /** ARN of the cluster; present in events, absent from DescribeContainerInstances. */
  readonly clusterArn?: string;
  /** EC2 instance id, or a managed-instance id for an external host. */
  readonly ec2InstanceId?: string;
  /** `ACTIVE`, `DRAINING`, `REGISTERING`, `DEREGISTERING`, `REGISTRATION_FAILED` or `INACTIVE`; others pass through. */
  readonly status: string;
  /** Whether the ECS agent on the host is connected to ECS. */
  readonly agentConnected: boolean;
  /**
   * When the agent was last seen to lose its connection, in milliseconds since 1970.
   *
   * ECS's record does not hold it: who follows the events knows. Absent = unknown.
   */
  readonly agentDisconnectedSince?: number;
  /** Version of the ECS agent, as it reports it. */
  readonly agentVersion?: string;
  /** When the host registered, as the record writes it: an ISO 8601 text or seconds since 1970. */
  readonly registeredAt?: string | number;
  /** Tasks in status RUNNING. Integer, at least 0; events leave it out. */
  readonly runningTasksCount?: number;
  /** Tasks in status PENDING. Integer, at least 0; events leave it out. */
  readonly pendingTasksCount?: number;
  /** What ECS, its agent and the user say of the host. */
  readonly attributes: readonly Attribute[];
  /**
   * Counts the changes of this container instance; the greater of two records is the newer. Integer, at least 0.
   *
   * @default 0 where the record has none, so that any numbered record is newer
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwet_handling.html
   */
  readonly version: number;
  /** What the host had when it was empty. */
  readonly registered: HostResources;
  /** What the host has left. */
  readonly remaining: HostResources;
}

/** What decides whether a host whose agent lost its connection still counts. */
export interface AgentGrace {
  /** The time now, in milliseconds since 1970. Needed only with a grace period. */
  readonly now?: number;
  /**
   * How long a host whose agent lost its connection still counts, in seconds, where that time is known.
   *
   * @default 0
   */
  readonly graceSeconds?: number;
}

/**
 * Whether ECS may place a new task on the host now: `ACTIVE`, and its agent connected. {@link closedBy} knows a grace period.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html
 */
export function isEligible(host: Host): boolean {
  return closedBy(host) === undefined;
}

/**
 * Why the host takes no task at all; `undefined` where it does: it is `ACTIVE`, and its agent connected, or away no longer than
 * the grace period.
 *
 * An agent that is away since an unknown time closes its host.
 */
export function closedBy(host: Host, grace: AgentGrace = {}): 'AGENT' | 'DRAINING' | 'STATUS' | undefined {
  if (host.status === 'DRAINING') return 'DRAINING';
  if (host.status !== 'ACTIVE') return 'STATUS';
  return host.agentConnected || isWithinGrace(host, grace) ? undefined : 'AGENT';
}

function isWithinGrace({ agentDisconnectedSince }: Host, { now, graceSeconds = 0 }: AgentGrace): boolean {
  if (agentDisconnectedSince === undefined || now === undefined || !(graceSeconds > 0)) return false;
  return now - agentDisconnectedSince <= graceSeconds * 1000;
}

/**
 * Whether ECS counts the host among the cluster's registered container instances: `ACTIVE` or `DRAINING`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Cluster.html (`registeredContainerInstancesCount`)
 */
export function isRegistered(host: Host): boolean {
  return host.status === 'ACTIVE' || host.status === 'DRAINING';
}
