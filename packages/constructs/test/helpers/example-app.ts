import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, Ec2TaskDefinition, FargateTaskDefinition, LogDriver, NetworkMode } from 'aws-cdk-lib/aws-ecs';

/** A stack with a cluster and task definitions of three kinds. */
export function exampleApp(inStack?: Stack) {
  const app = new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  const stack = inStack ?? new Stack(app, 'Example');
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
  const cluster = new Cluster(stack, 'Cluster', { vpc });
  return { app, stack, vpc, cluster };
}

/** What every container of the examples is made with. */
export function container(logging = LogDriver.awsLogs({ streamPrefix: 'run' })) {
  return { image: ContainerImage.fromRegistry('example/migrate:1'), memoryReservationMiB: 64, logging };
}

/** A task definition for EC2 hosts with one container that logs. */
export function ec2Definition(stack: Stack, id = 'Migrate', networkMode = NetworkMode.BRIDGE): Ec2TaskDefinition {
  const definition = new Ec2TaskDefinition(stack, id, { networkMode });
  definition.addContainer('migrate', container());
  return definition;
}

/** A task definition for AWS Fargate with one container that logs. */
export function fargateDefinition(stack: Stack, id = 'Migrate'): FargateTaskDefinition {
  const definition = new FargateTaskDefinition(stack, id);
  definition.addContainer('migrate', container());
  return definition;
}
