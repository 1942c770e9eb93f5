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

/** The name of a cluster, from its name or its ARN. */
export function clusterNameOf(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
}

/** The last part of an ARN, by which people tell hosts apart. */
export function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
