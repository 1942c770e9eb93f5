import { Stack, Token } from 'aws-cdk-lib';
import type { ICluster } from 'aws-cdk-lib/aws-ecs';

/** ARN pattern of what a cluster holds: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html */
export function ofCluster(cluster: ICluster, resource: 'container-instance' | 'service' | 'task'): string {
  return Stack.of(cluster).formatArn({ service: 'ecs', resource, resourceName: `${cluster.clusterName}/*`, ...placeOf(cluster) });
}

/** Region and account of an imported cluster may be others than the stack's. */
function placeOf({ clusterArn }: ICluster): { region?: string; account?: string } {
  if (Token.isUnresolved(clusterArn)) return {};
  const [, , , region, account] = clusterArn.split(':');
  return { ...(region && { region }), ...(account && { account }) };
}
