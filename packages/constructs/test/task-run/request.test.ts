import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { FargatePlatformVersion, PlacementConstraint, PlacementStrategy } from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RunOn, TaskRun, WaitMode } from '../../src/index.js';
import { ec2Definition, exampleApp, fargateDefinition } from '../helpers/example-app.js';
import { taskRunProperties } from '../helpers/policy.js';

test('with the least said, what the function has no say in is passed and the rest left to it', () => {
  const { stack, cluster } = exampleApp();
  new TaskRun(stack, 'Run', { cluster, taskDefinition: ec2Definition(stack) });
  expect(taskRunProperties(Template.fromStack(stack))).toEqual({
    ServiceToken: expect.stringMatching(/^\$\{RunFunctionsHandler\w+\.Arn\}$/),
    ServiceTimeout: '900',
    Cluster: expect.stringMatching(/^\$\{Cluster\w+\.Arn\}$/),
    TaskDefinition: expect.stringMatching(/^\$\{Migrate\w+\}$/),
    Timeout: 600,
    RunOn: 'both',
    RunOnRollback: false,
    StopOnDelete: true,
  });
});

test('everything that can be said reaches the function in the form of RunTask', () => {
  const { stack, cluster } = exampleApp();
  const role = new Role(stack, 'Other', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  new TaskRun(stack, 'Run', {
    cluster,
    taskDefinition: ec2Definition(stack),
    capacityProviderStrategies: [{ capacityProvider: 'spot', weight: 2, base: 1 }],
    placementConstraints: [PlacementConstraint.memberOf('attribute:ecs.os-type == linux'), PlacementConstraint.distinctInstances()],
    placementStrategies: [PlacementStrategy.packedByMemory()],
    overrides: {
      containers: [
        {
          name: 'migrate',
          command: ['migrate', '--plan'],
          environment: { LEVEL: 'debug' },
          cpuUnits: 128,
          memoryLimitMiB: 256,
          memoryReservationMiB: 128,
        },
      ],
      cpuUnits: 256,
      memoryMiB: 512,
      taskRole: role,
    },
    group: 'migrations',
    taskTags: { team: 'shore' },
    enableExecuteCommand: true,
    timeout: Duration.minutes(2),
    runOn: RunOn.UPDATE,
    runOnRollback: true,
    triggers: { content: 'abc' },
    containerName: 'migrate',
    allowedExitCodes: [0, 3],
    logTailLines: 20,
    redact: ['token=\\S+'],
    stopOnDelete: false,
  });
  expect(taskRunProperties(Template.fromStack(stack))).toMatchObject({
    ServiceTimeout: '420',
    CapacityProviderStrategy: [{ capacityProvider: 'spot', base: 1, weight: 2 }],
    PlacementConstraints: [{ type: 'memberOf', expression: 'attribute:ecs.os-type == linux' }, { type: 'distinctInstance' }],
    PlacementStrategy: [{ type: 'binpack', field: 'MEMORY' }],
    Overrides: {
      containerOverrides: [
        {
          name: 'migrate',
          command: ['migrate', '--plan'],
          environment: [{ name: 'LEVEL', value: 'debug' }],
          cpu: 128,
          memory: 256,
          memoryReservation: 128,
        },
      ],
      cpu: '256',
      memory: '512',
      taskRoleArn: expect.stringMatching(/^\$\{Other\w+\.Arn\}$/),
    },
    Group: 'migrations',
    Tags: [{ key: 'team', value: 'shore' }],
    EnableExecuteCommand: true,
    Timeout: 120,
    RunOn: 'update',
    RunOnRollback: true,
    Triggers: { content: 'abc' },
    ContainerName: 'migrate',
    AllowedExitCodes: [0, 3],
    LogTailLines: 20,
    Redact: ['token=\\S+'],
    StopOnDelete: false,
  });
});

test('a definition for AWS Fargate alone runs there, in private subnets with egress', () => {
  const { stack, cluster } = exampleApp();
  new TaskRun(stack, 'Run', { cluster, taskDefinition: fargateDefinition(stack), platformVersion: FargatePlatformVersion.VERSION1_4 });
  const properties = taskRunProperties(Template.fromStack(stack));
  expect(properties).toMatchObject({ LaunchType: 'FARGATE', PlatformVersion: '1.4.0' });
  expect(properties.NetworkConfiguration).toEqual({
    awsvpcConfiguration: {
      subnets: [expect.stringMatching(/^\$\{VpcPrivateSubnet1\w+\}$/), expect.stringMatching(/^\$\{VpcPrivateSubnet2\w+\}$/)],
      securityGroups: [expect.stringMatching(/^\$\{RunSecurityGroup\w+\.GroupId\}$/)],
      assignPublicIp: 'DISABLED',
    },
  });
});

test.each([
  [Duration.minutes(14), WaitMode.DIRECT, '1140'],
  [Duration.minutes(15), WaitMode.LONG, '1200'],
  [Duration.minutes(55), WaitMode.LONG, '3600'],
])('a time-out of %s is waited for in the mode that can', (timeout, mode, serviceTimeout) => {
  const { stack, cluster } = exampleApp();
  const run = new TaskRun(stack, 'Run', { cluster, taskDefinition: ec2Definition(stack), timeout });
  expect(run.waitMode).toBe(mode);
  const template = Template.fromStack(stack);
  expect(taskRunProperties(template)).toMatchObject({ Timeout: timeout.toSeconds(), ServiceTimeout: serviceTimeout });
});

test('the outcome can be referred to', () => {
  const { stack, cluster } = exampleApp();
  const run = new TaskRun(stack, 'Run', { cluster, taskDefinition: ec2Definition(stack) });
  const attributes = [run.taskArn, run.exitCode, run.stoppedReason, run.logStream, run.skipped].map(
    (value) => stack.resolve(value)['Fn::GetAtt'][1],
  );
  expect(attributes).toEqual(['TaskArn', 'ExitCode', 'StoppedReason', 'LogStream', 'Skipped']);
});
