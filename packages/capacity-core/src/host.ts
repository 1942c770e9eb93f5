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

/**
 * Whether ECS may place a new task on the host now: `ACTIVE`, and its agent connected.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html
 */
export function isEligible(host: Host): boolean {
  return host.status === 'ACTIVE' && host.agentConnected;
}

/**
 * Whether ECS counts the host among the cluster's registered container instances: `ACTIVE` or `DRAINING`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Cluster.html (`registeredContainerInstancesCount`)
 */
export function isRegistered(host: Host): boolean {
  return host.status === 'ACTIVE' || host.status === 'DRAINING';
}
