import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnSecurityGroupEgress, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { Dependable, type IConstruct } from 'constructs';

/** What is made before a run, and what waits for it. */
export interface NeedsBeforeOptions {
  /** What the run was told to wait for. */
  readonly earlier: readonly IConstruct[];
  /** What waits for the run. */
  readonly later: readonly IConstruct[];
}

/**
 * What a run waits for of the constructs that are to be made before it: all that is in them, but for rules about security groups that
 * are made after it.
 *
 * A database that lets a service in holds such a rule. It needs the service's security group, which waits for the run as all of the
 * service does: CloudFormation would refuse the circle.
 */
export function needsBefore(scope: IConstruct, { earlier, later }: NeedsBeforeOptions): IConstruct[] {
  const isOfLater = rulesAbout(scope, later);
  return earlier.flatMap((outer) => {
    const all = Dependable.of(outer).dependencyRoots.flatMap((root) => root.node.findAll());
    return all.some(isOfLater) ? all.filter((node) => CfnResource.isCfnResource(node) && !isOfLater(node)) : [outer];
  });
}

/** Tells the rules that name a security group of what waits for a run. */
export function rulesAbout(scope: IConstruct, later: readonly IConstruct[]): (node: IConstruct) => boolean {
  const stack = Stack.of(scope);
  const asText = (value: string | undefined) => JSON.stringify(stack.resolve(value));
  const groups = later.flatMap((outer) => outer.node.findAll()).filter((node) => node instanceof CfnSecurityGroup);
  const ids = new Set(groups.map((group) => asText(group.attrGroupId)));
  return (node) => {
    if (node instanceof CfnSecurityGroupIngress) return [node.groupId, node.sourceSecurityGroupId].some((id) => ids.has(asText(id)));
    if (node instanceof CfnSecurityGroupEgress) return [node.groupId, node.destinationSecurityGroupId].some((id) => ids.has(asText(id)));
    return false;
  };
}
