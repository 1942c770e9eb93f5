import { App, CloudFormationValidatePlugin, Duration, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, Compatibility, ContainerInsights, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ClusterCapacity, TaskRun, TaskSize } from '../src/index.js';
import { fargateDefinition } from './helpers/example-app.js';

/** A stack in which everything that is not of this package is imported. */
function importingStack() {
  const app = new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  const stack = new Stack(app, 'Example');
  const cluster = Cluster.fromClusterArn(stack, 'Cluster', 'arn:aws:ecs:eu-west-1:111122223333:cluster/harbour');
  const taskDefinition = TaskDefinition.fromTaskDefinitionAttributes(stack, 'Migrate', {
    taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/migrate:7',
    compatibility: Compatibility.EC2,
    executionRole: Role.fromRoleName(stack, 'Execution', 'execution'),
  });
  const logGroups = [LogGroup.fromLogGroupName(stack, 'Log', 'migrate')];
  return { app, stack, cluster, taskDefinition, logGroups };
}

function everything() {
  const { app, stack, ...imported } = importingStack();
  new TaskRun(stack, 'Direct', imported);
  new TaskRun(stack, 'Long', { ...imported, timeout: Duration.minutes(50), taskTags: { a: 'b' } });
  const { cluster, taskDefinition } = imported;
  new ClusterCapacity(stack, 'Capacity', {
    cluster,
    taskSizes: [TaskSize.fromTaskDefinition(taskDefinition, { headroom: 1 })],
    autoScalingGroup: AutoScalingGroup.fromAutoScalingGroupName(stack, 'Hosts', 'hosts'),
    scaleIn: {},
    scaleOut: { followEvents: true },
  }).addDashboard();
  new ClusterCapacity(stack, 'Patient', {
    cluster: Cluster.fromClusterArn(stack, 'Other', 'arn:aws:ecs:eu-west-1:111122223333:cluster/quay'),
    taskSizes: [TaskSize.of({ name: 'web', cpuUnits: 250, memoryMiB: 400 })],
    autoScalingGroup: AutoScalingGroup.fromAutoScalingGroupName(stack, 'OtherHosts', 'others'),
    scaleIn: { patience: {} },
  });
  return { app, stack };
}

test("AWS's template validator finds nothing", () => {
  const { app } = everything();
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
  expect(() => app.synth()).not.toThrow();
});

test("AWS's template validator finds what is planted", () => {
  const { app, stack } = everything();
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
  new CfnQueue(stack, 'Planted', {}).addPropertyOverride('DelaySeconds', 'soon');
  expect(() => app.synth()).toThrow(/validation/i);
});

test('cdk-nag finds nothing of AWS Solutions without a reason', () => {
  const { app } = everything();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(() => app.synth()).not.toThrow();
});

test.each<[string, (app: App) => [Stack, Stack]]>([
  ['another stack', (app) => [new Stack(app, 'Base'), new Stack(app, 'Top')]],
  ['the stack around', (app) => withNested(new Stack(app, 'Base'))],
])('nor with a cluster and a definition of %s', (_, stacks) => {
  const app = new App();
  const [base, top] = stacks(app);
  const vpc = new Vpc(base, 'Vpc', { flowLogs: { all: {} } });
  const cluster = new Cluster(base, 'Cluster', { vpc, containerInsightsV2: ContainerInsights.ENABLED });
  new TaskRun(top, 'Run', { cluster, taskDefinition: fargateDefinition(base), taskTags: { a: 'b' } });
  new ClusterCapacity(top, 'Capacity', { cluster, taskSizes: [TaskSize.of({ name: 'web', cpuUnits: 250, memoryMiB: 400 })] });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(() => app.synth()).not.toThrow();
});

function withNested(stack: Stack): [Stack, Stack] {
  return [stack, new NestedStack(stack, 'Top')];
}

test('cdk-nag finds what is planted', () => {
  const { app, stack } = everything();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new CfnQueue(stack, 'Planted', {});
  expect(() => app.synth()).toThrow(/validation/i);
});
