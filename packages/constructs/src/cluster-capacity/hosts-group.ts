import { Stack, Token } from 'aws-cdk-lib';
import { AutoScalingGroup, type IAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-ecs';
import type { IConstruct } from 'constructs';
import type { ClusterCapacityProps } from './cluster-capacity-props.js';

/** The group of the cluster's hosts, if one is given. */
export function hostsGroup({ autoScalingGroup, capacityProvider }: ClusterCapacityProps): IAutoScalingGroup | undefined {
  return autoScalingGroup ?? capacityProvider?.autoScalingGroup;
}

/** What is wrong with the capacity providers and protection of a group, looked at when the app is complete. */
export function groupProblems(scope: IConstruct, group: IAutoScalingGroup, scalesIn: boolean): string[] {
  const providers = providersOf(scope, group);
  const problems = providers.flatMap((provider) => providerProblems(scope, provider, scalesIn));
  if (scalesIn && group instanceof AutoScalingGroup && group.areNewInstancesProtectedFromScaleIn()) {
    problems.push(
      'hosts of the group are protected from scale-in, and so would never be removed: set newInstancesProtectedFromScaleIn to false, and enableManagedTerminationProtection of its capacity provider as well',
    );
  }
  return problems;
}

/** Whether a capacity provider of this app moves the tasks of a host that goes; undefined when the app does not know. */
export function hasProvider(scope: IConstruct, group: IAutoScalingGroup): boolean {
  return providersOf(scope, group).length > 0;
}

function providersOf(scope: IConstruct, group: IAutoScalingGroup): CfnCapacityProvider[] {
  const names = [group.autoScalingGroupName, group.autoScalingGroupArn];
  const all = scope.node.root.node.findAll().filter((node): node is CfnCapacityProvider => node instanceof CfnCapacityProvider);
  return all.filter((provider) => {
    const { autoScalingGroupProvider: given } = provider;
    const stack = Stack.of(provider);
    const isHere = stack.environment === Stack.of(scope).environment;
    // A reference is one and the same text wherever it is used, while what it resolves to is another's in another stack of one kind.
    const told = (given as CfnCapacityProvider.AutoScalingGroupProviderProperty | undefined)?.autoScalingGroupArn;
    if (typeof told === 'string' && names.includes(told)) return Token.isUnresolved(told) || isHere;
    if (stack !== Stack.of(group)) return false;
    const asText = (value: unknown) => JSON.stringify(stack.resolve(value));
    const settings: CfnCapacityProvider.AutoScalingGroupProviderProperty | undefined = stack.resolve(given);
    return settings !== undefined && names.map(asText).includes(asText(settings.autoScalingGroupArn));
  });
}

function providerProblems(scope: IConstruct, provider: CfnCapacityProvider, scalesIn: boolean): string[] {
  const settings: CfnCapacityProvider.AutoScalingGroupProviderProperty = Stack.of(scope).resolve(provider.autoScalingGroupProvider);
  const { path } = provider.node;
  const problems: string[] = [];
  // Settings that do not say off are not known to be off.
  const managedScaling = settings.managedScaling as CfnCapacityProvider.ManagedScalingProperty | undefined;
  if (managedScaling !== undefined && managedScaling.status !== 'DISABLED') {
    problems.push(`managed scaling of ${path} would scale the same group: set its enableManagedScaling to false`);
  }
  if (settings.managedTerminationProtection === 'ENABLED') {
    problems.push(
      `managed termination protection of ${path} needs managed scaling, which is off: set its enableManagedTerminationProtection to false`,
    );
  }
  if (scalesIn && settings.managedDraining === 'DISABLED') {
    problems.push(
      `managed draining of ${path} is off, so that tasks of a removed host would be killed: set its enableManagedDraining to true`,
    );
  }
  return problems;
}
