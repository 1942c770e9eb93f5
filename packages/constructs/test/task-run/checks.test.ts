import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Cluster, Compatibility, FargatePlatformVersion, LaunchType, PlacementStrategy, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { InvalidTaskRunError, RunOn, TaskRun, type TaskRunProps, WaitMode } from '../../src/index.js';
import { container, ec2Definition, exampleApp, fargateDefinition } from '../helpers/example-app.js';
import { taskRunProperties } from '../helpers/policy.js';

type Options = Omit<TaskRunProps, 'cluster' | 'taskDefinition'>;

function run(options: Options, fargate = false) {
  const { stack, cluster } = exampleApp();
  return new TaskRun(stack, 'Run', { cluster, taskDefinition: fargate ? fargateDefinition(stack) : ec2Definition(stack), ...options });
}

test.each<[string, Options, RegExp]>([
  [
    'launch type and strategy',
    { launchType: LaunchType.EC2, capacityProviderStrategies: [{ capacityProvider: 'a' }] },
    /exclude one another/,
  ],
  ['a strategy of nothing', { capacityProviderStrategies: [] }, /is empty/],
  ['FARGATE for a definition for EC2', { launchType: LaunchType.FARGATE }, /not made for it.*choose EC2/],
  ['a platform version on EC2', { launchType: LaunchType.EC2, platformVersion: FargatePlatformVersion.LATEST }, /leave it out/],
  ['too short a time-out', { timeout: Duration.seconds(29) }, /29 s.*30 to 840 s/],
  ['too long a time-out', { timeout: Duration.minutes(58) }, /3480 s.*3300 s.*waits an hour/],
  ['too long a time-out of direct', { timeout: Duration.minutes(15), waitMode: WaitMode.DIRECT }, /900 s.*WaitMode\.LONG/],
  ['an exit code above a byte', { allowedExitCodes: [0, 256] }, /exit code 256/],
  ['an exit code that is half one', { allowedExitCodes: [0.5] }, /exit code 0\.5/],
  ['no exit code', { allowedExitCodes: [] }, /no run could succeed/],
  ['a tail of 1,001 lines', { logTailLines: 1001 }, /from 0 to 1000/],
  ['a negative tail', { logTailLines: -1 }, /logTailLines is -1/],
  ['a time-out that only the deployment knows', { timeout: Duration.seconds(Lazy.number({ produce: () => 60 })) }, /give a fixed one/],
  ['a broken pattern', { redact: ['('] }, /no regular expression/],
  [
    'overrides above 8,192 characters',
    { overrides: { containers: [{ name: 'migrate', environment: { LONG: 'x'.repeat(8192) } }] } },
    /8192 with what the function adds, which leaves 8072/,
  ],
  ['a container named twice', { overrides: { containers: [{ name: 'migrate' }, { name: 'migrate' }] } }, /migrate twice/],
  [
    "the function's own variable",
    { overrides: { containers: [{ name: 'migrate', environment: { PLIMSOLL_ATTEMPT_ID: 'x' } }] } },
    /PLIMSOLL_ATTEMPT_ID, which the function sets itself/,
  ],
  ['half a CPU unit', { overrides: { containers: [{ name: 'migrate', cpuUnits: 0.5 }] } }, /cpuUnits is 0\.5/],
  ['negative memory', { overrides: { memoryMiB: -1 } }, /memoryMiB is -1/],
  ['too little storage', { overrides: { ephemeralStorageGiB: 19 } }, /19: give .* from 20 to 200/],
  ['an empty group', { group: '' }, /group is empty/],
  ['an empty pattern', { redact: [''] }, /match everywhere/],
  ['a long tag key', { taskTags: { ['k'.repeat(129)]: '' } }, /129 characters: give each 1 to 128/],
  ['51 tags', { taskTags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, ''])) }, /51 entries.*50 at most/],
  ['six strategies', { placementStrategies: Array.from({ length: 6 }, () => PlacementStrategy.randomly()) }, /6 entries.*5 at most/],
  ['rollback without updates', { runOn: RunOn.CREATE, runOnRollback: true }, /a rollback is an update/],
  ['subnets for a bridge', { vpcSubnets: { subnetGroupName: 'x' } }, /awsvpc.*bridge/],
])('%s is refused at once, with the remedy', (_, options, message) => {
  expect(() => run(options)).toThrow(InvalidTaskRunError);
  expect(() => run(options)).toThrow(message);
});

test('a fault tells which construct and which code', () => {
  const fault = caught(() => run({ allowedExitCodes: [] }));
  expect(fault).toMatchObject({ code: 'INVALID_TASK_RUN', constructPath: 'Example/Run', source: 'caller', name: 'InvalidTaskRunError' });
});

test('Fargate needs subnets, which an imported cluster may not know', () => {
  const stack = new Stack(new App(), 'Example');
  const cluster = Cluster.fromClusterArn(stack, 'Cluster', 'arn:aws:ecs:eu-west-1:111122223333:cluster/harbour');
  expect(() => new TaskRun(stack, 'Run', { cluster, taskDefinition: fargateDefinition(stack) })).toThrow(/needs subnets.*give vpc/);
});

test('a cluster in another Region is out of reach', () => {
  const stack = new Stack(new App(), 'Example', { env: { account: '111122223333', region: 'eu-west-1' } });
  const cluster = Cluster.fromClusterArn(stack, 'Cluster', 'arn:aws:ecs:us-east-1:111122223333:cluster/harbour');
  expect(() => new TaskRun(stack, 'Run', { cluster, taskDefinition: ec2Definition(stack) })).toThrow(
    /the cluster is in Region us-east-1, and the stack in eu-west-1.*put this beside it/,
  );
});

test('what suits managed instances as well is not forced onto Fargate', () => {
  const { stack, cluster } = exampleApp();
  const compatibility = Compatibility.FARGATE_AND_MANAGED_INSTANCES;
  const taskDefinition = new TaskDefinition(stack, 'Both', { compatibility, cpu: '256', memoryMiB: '512' });
  taskDefinition.addContainer('migrate', container());
  new TaskRun(stack, 'Run', { cluster, taskDefinition });
  expect(taskRunProperties(Template.fromStack(stack))).not.toHaveProperty('LaunchType');
});

test('hosts are not chosen on Fargate', () => {
  expect(() => run({ placementStrategies: [PlacementStrategy.randomly()] }, true)).toThrow(/AWS Fargate has none/);
});

test('the limits themselves are allowed', () => {
  const edges = { timeout: Duration.seconds(30), allowedExitCodes: [0, 255], logTailLines: 1000, taskTags: { a: 'b' } };
  expect(run(edges).waitMode).toBe(WaitMode.DIRECT);
  const length = JSON.stringify({ containerOverrides: [{ name: 'migrate', environment: [{ name: 'LONG', value: '' }] }] }).length;
  const environment = { LONG: 'x'.repeat(8192 - 120 - length) };
  expect(() => run({ overrides: { containers: [{ name: 'migrate', environment }] } })).not.toThrow();
});

test('values that only the deployment knows are not judged', () => {
  const environment = { URL: Lazy.string({ produce: () => 'late' }) };
  expect(() =>
    run({
      redact: [environment.URL],
      logTailLines: Lazy.number({ produce: () => 1 }),
      overrides: { containers: [{ name: 'migrate', environment }] },
    }),
  ).not.toThrow();
});

describe('judged when the app is complete', () => {
  test('several essential containers need one that decides', () => {
    const { stack, cluster } = exampleApp();
    const taskDefinition = ec2Definition(stack);
    new TaskRun(stack, 'Run', { cluster, taskDefinition });
    taskDefinition.addContainer('proxy', container());
    expect(() => Template.fromStack(stack)).toThrow(/migrate, proxy are all essential: say with containerName/);
  });

  test('a sidecar that is not essential needs no word', () => {
    const { stack, cluster } = exampleApp();
    const taskDefinition = ec2Definition(stack);
    new TaskRun(stack, 'Run', { cluster, taskDefinition });
    taskDefinition.addContainer('proxy', { ...container(), essential: false });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test.each<[string, Options]>([
    ['containerName', { containerName: 'migrat' }],
    ['overrides', { overrides: { containers: [{ name: 'migrat' }] } }],
  ])('%s names a container that is there', (_, options) => {
    const { stack, cluster } = exampleApp();
    new TaskRun(stack, 'Run', { cluster, taskDefinition: ec2Definition(stack), ...options });
    expect(() => Template.fromStack(stack)).toThrow(/container migrat is not in the task definition: name one of migrate/);
  });
});

test('an imported definition without roles is warned of', () => {
  const { stack, cluster } = exampleApp();
  const taskDefinition = TaskDefinition.fromTaskDefinitionAttributes(stack, 'Def', {
    taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/migrate:7',
    compatibility: Compatibility.EC2,
  });
  new TaskRun(stack, 'Run', { cluster, taskDefinition });
  Annotations.fromStack(stack).hasWarning('/Example/Run', Match.stringLikeRegexp('tells no roles'));
});

function caught(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
