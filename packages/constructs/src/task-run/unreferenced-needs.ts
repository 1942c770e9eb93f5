import { Stack } from 'aws-cdk-lib';
import { CfnSecurityGroupEgress, CfnSecurityGroupIngress, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnClusterCapacityProviderAssociations } from 'aws-cdk-lib/aws-ecs';
import type { IConstruct } from 'constructs';
import { passedRoles } from './definition-facts.js';
import { rulesAbout } from './needs-before.js';
import type { TaskRunProps } from './task-run-props.js';

/** What the needs of a run are found by. */
export interface UnreferencedNeedsOptions {
  readonly props: TaskRunProps;
  /** Security groups that the task goes out by. */
  readonly groups: readonly ISecurityGroup[];
  /** What waits for the run, and so cannot be waited for. */
  readonly later: readonly IConstruct[];
}

/**
 * What must be there before the task runs, though the request refers to none of it.
 *
 * CloudFormation would otherwise run the task before its way to the database is open, before its roles may read its secrets, or
 * before the cluster has its capacity providers.
 */
export function unreferencedNeeds(scope: IConstruct, { props, groups, later }: UnreferencedNeedsOptions): IConstruct[] {
  const stack = Stack.of(scope);
  const asText = (value: string | undefined) => JSON.stringify(stack.resolve(value));
  const ids = new Set(groups.map((group) => asText(group.securityGroupId)));
  const cluster = asText(props.cluster.clusterName);
  const isNeeded = (node: IConstruct) => {
    if (node instanceof CfnSecurityGroupIngress) return ids.has(asText(node.sourceSecurityGroupId));
    if (node instanceof CfnSecurityGroupEgress) return ids.has(asText(node.groupId));
    return node instanceof CfnClusterCapacityProviderAssociations && asText(node.cluster) === cluster;
  };
  const inStack = stack.node.findAll().filter((node) => Stack.of(node) === stack && isNeeded(node));
  const isOfLater = rulesAbout(scope, later);
  const waits = (node: IConstruct) => node.node.scopes.some((outer) => later.includes(outer)) || isOfLater(node);
  return [...inStack.filter((node) => !waits(node)), ...passedRoles(props)];
}
