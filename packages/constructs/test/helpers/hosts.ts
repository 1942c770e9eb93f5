import type { Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { AsgCapacityProvider, type AsgCapacityProviderProps, EcsOptimizedImage } from 'aws-cdk-lib/aws-ecs';
import { exampleApp } from './example-app.js';

/** A cluster with a group of hosts and a capacity provider, as `ClusterCapacity` wants it unless told otherwise. */
export function clusterWithHosts(provider: Partial<AsgCapacityProviderProps> = {}, protectedHosts = false, inStack?: Stack) {
  const { app, stack, vpc, cluster } = exampleApp(inStack);
  const group = new AutoScalingGroup(stack, 'Hosts', {
    vpc,
    instanceType: new InstanceType('t4g.small'),
    machineImage: EcsOptimizedImage.amazonLinux2023(),
    maxCapacity: 4,
    newInstancesProtectedFromScaleIn: protectedHosts,
  });
  const capacityProvider = new AsgCapacityProvider(stack, 'Provider', {
    autoScalingGroup: group,
    enableManagedScaling: false,
    enableManagedTerminationProtection: false,
    ...provider,
  });
  cluster.addAsgCapacityProvider(capacityProvider);
  return { app, stack, cluster, group, capacityProvider };
}
