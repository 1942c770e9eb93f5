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

/** Which of account and Region of the cluster are not the stack's, in words; undefined where that is not known, or both are. */
export function elsewhere(stack: Stack, cluster: ICluster): string | undefined {
  const { region = cluster.env.region, account = cluster.env.account } = placeOf(cluster);
  const differs = (there: string, here: string) => !Token.isUnresolved(here) && !Token.isUnresolved(there) && there !== here;
  if (differs(account, stack.account)) return `account ${account}, and the stack in ${stack.account}`;
  return differs(region, stack.region) ? `Region ${region}, and the stack in ${stack.region}` : undefined;
}

/** Whether both are known to be the same cluster: one construct, or one ARN. References of two stacks are not compared. */
export function isSameCluster(one: ICluster, other: ICluster): boolean {
  if (one === other) return true;
  const known = !Token.isUnresolved(one.clusterArn) && !Token.isUnresolved(other.clusterArn);
  if (!known && Stack.of(one) !== Stack.of(other)) return false;
  const resolved = [one, other].map(({ clusterArn }) => JSON.stringify(Stack.of(one).resolve(clusterArn)));
  return resolved[0] === resolved[1];
}
