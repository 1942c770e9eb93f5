import type { Host } from '@plimsoll/capacity-core';

/**
 * A container instance ARN of the long format, which names the cluster.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html (`containerInstanceLongArnFormat`)
 * @see https://docs.aws.amazon.com/AmazonECS/latest/userguide/ecs-resource-ids.html (both formats)
 */
const LONG_CONTAINER_INSTANCE_ARN = /^(arn:[^:]+:ecs:[^:]*:[^:]*):container-instance\/([^/]+)\/[^/]+$/;

/**
 * The ARN of the cluster a host is in: the one its record names, else the one its own ARN tells.
 *
 * @returns `undefined` for a described host whose ARN has the old format
 */
export function clusterArnOf(host: Pick<Host, 'clusterArn' | 'containerInstanceArn'>): string | undefined {
  if (host.clusterArn !== undefined) return host.clusterArn;
  const [, prefix, name] = LONG_CONTAINER_INSTANCE_ARN.exec(host.containerInstanceArn) ?? [];
  return prefix === undefined ? undefined : `${prefix}:cluster/${name}`;
}

/** The last part of an ARN: the name of a cluster, the id by which people tell a host. */
export function lastPartOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
