import { readConfiguration } from '@plimsoll/capacity-lambda';
import { CfnParameter, Duration, Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Compatibility, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { ClusterCapacity, type ClusterCapacityProps, InvalidClusterCapacityError, TaskSize } from '../../src/index.js';
import { ec2Definition, exampleApp } from '../helpers/example-app.js';
import { actionsOf, plain, statementFor, statementsOf } from '../helpers/policy.js';

const WEB = TaskSize.of({ name: 'web', cpuUnits: 250, memoryMiB: 400, headroom: 2 });

function sizesIn(template: Template) {
  const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
  return JSON.parse(plain(handler?.Properties.Environment.Variables.PLIMSOLL_TASK_SIZES) as string);
}

const CLUSTER_ARN = 'arn:aws:ecs:eu-west-1:111122223333:cluster/example';

/** The function's environment as it is once deployed. */
function environmentOf(handler: { readonly Properties?: unknown } | undefined): Record<string, string> {
  const { Environment } = plain(handler?.Properties) as { readonly Environment: { readonly Variables: Record<string, string> } };
  const { PLIMSOLL_CLUSTERS, ...others } = Environment.Variables;
  return { ...others, PLIMSOLL_CLUSTERS: (PLIMSOLL_CLUSTERS ?? '').replace(/\$\{Cluster\w+\.Arn\}/, CLUSTER_ARN), AWS_REGION: 'eu-west-1' };
}

test('a task definition is handed over by ARN, and may be read', () => {
  const { stack, cluster } = exampleApp();
  const migrate = TaskSize.fromTaskDefinition(ec2Definition(stack), { headroom: 1, group: 'service:migrate' });
  const taskSizes = [WEB, migrate, TaskSize.of({ name: 'job', cpuUnits: 1, memoryMiB: 1, group: 'family:job' })];
  new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes });
  const template = Template.fromStack(stack);
  expect(sizesIn(template)).toEqual([
    { name: 'web', cpuUnits: 250, memoryMiB: 400, headroom: 2 },
    {
      name: expect.stringMatching(/^ExampleMigrate/),
      taskDefinition: expect.stringMatching(/^\$\{Migrate\w+\}$/),
      group: 'service:migrate',
      headroom: 1,
    },
    { name: 'job', cpuUnits: 1, memoryMiB: 1, group: 'family:job' },
  ]);
  expect(statementFor(template, 'CapacityPolicy', 'ecs:DescribeTaskDefinition').Resource).toBe('*');
});

test('an imported definition gives its family; what only the deployment knows needs a name', () => {
  const { stack, cluster } = exampleApp();
  const imported = (id: string, taskDefinitionArn: string) =>
    TaskDefinition.fromTaskDefinitionAttributes(stack, id, { taskDefinitionArn, compatibility: Compatibility.EC2 });
  const known = imported('Known', 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:12');
  const unknown = imported('Unknown', Lazy.string({ produce: () => 'late' }));
  expect(TaskSize.fromTaskDefinition(known).name).toBe('web');
  expect(TaskSize.fromTaskDefinition(unknown, { name: 'late' }).name).toBe('late');
  const taskSizes = [TaskSize.fromTaskDefinition(unknown)];
  expect(() => new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes })).toThrow(/no name/);
});

test('with plain sizes the function may list and describe hosts, publish, and no more', () => {
  const { stack, cluster } = exampleApp();
  new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes: [WEB], metricNamespace: 'Shore/ECS' });
  const template = Template.fromStack(stack);
  const statements = statementsOf(template, 'CapacityPolicy');
  expect(statements.flatMap(actionsOf)).toEqual([
    'ecs:ListContainerInstances',
    'ecs:DescribeContainerInstances',
    'cloudwatch:PutMetricData',
  ]);
  expect(plain(statementFor(template, 'CapacityPolicy', 'ecs:DescribeContainerInstances'))).toMatchObject({
    Resource: expect.stringMatching(/:container-instance\/\$\{Cluster\w+\}\/\*$/),
    Condition: { ArnEquals: { 'ecs:cluster': expect.stringMatching(/^\$\{Cluster/) } },
  });
  expect(statementFor(template, 'CapacityPolicy', 'cloudwatch:PutMetricData')).toMatchObject({
    Condition: { StringEquals: { 'cloudwatch:namespace': 'Shore/ECS' } },
  });
});

test('what the function reads its configuration from is what the construct tells it', () => {
  const { stack, cluster } = exampleApp();
  new ClusterCapacity(stack, 'Capacity', {
    cluster,
    taskSizes: [],
    discoverServices: { headroom: 2 },
    readTasks: true,
    hostType: { name: 't3.small', cpuUnits: 2048, memoryMiB: 1900 },
    ecsCallsPerSecond: 4,
    agentGracePeriod: Duration.seconds(90),
  });
  const [handler] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  const read = readConfiguration(environmentOf(handler));
  expect(read).toMatchObject({
    ok: true,
    value: {
      taskSizes: [],
      scope: { tasks: true, discoverServices: true, discoveredHeadroom: 2 },
      hostType: { name: 't3.small' },
      callBudget: { callsPerSecond: 4, environments: 2 },
      agentGraceSeconds: 90,
      clusters: [CLUSTER_ARN],
    },
  });
});

test('numbers that only the deployment knows reach the function', () => {
  const { stack, cluster } = exampleApp();
  const late = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  new ClusterCapacity(stack, 'Capacity', {
    cluster,
    taskSizes: [TaskSize.of({ name: 'web', cpuUnits: late('Cpu'), memoryMiB: 400, headroom: late('Spare') })],
    discoverServices: { headroom: late('Discovered') },
    agentGracePeriod: Duration.seconds(late('Grace')),
    autoScalingGroup: AutoScalingGroup.fromAutoScalingGroupName(stack, 'Hosts', 'hosts'),
    scaleIn: { maxDraining: late('Draining') },
    scaleOut: { hostWarmup: Duration.seconds(late('Warmup')) },
  });
  const template = Template.fromStack(stack);
  const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
  const variables = plain(handler?.Properties.Environment.Variables) as Record<string, string>;
  expect(variables).toMatchObject({
    PLIMSOLL_TASK_SIZES: `[{"name":"web","cpuUnits":\${Cpu},"memoryMiB":400,"headroom":\${Spare}}]`,
    PLIMSOLL_DISCOVERED_HEADROOM: `\${Discovered}`,
    PLIMSOLL_AGENT_GRACE_SECONDS: `\${Grace}`,
    PLIMSOLL_SCALE_IN: expect.stringContaining(`"maxDraining":\${Draining}`),
  });
  template.hasResourceProperties('AWS::AutoScaling::ScalingPolicy', { EstimatedInstanceWarmup: { Ref: 'Warmup' } });
});

test('scale-in is configured as the function reads it', () => {
  const { stack, cluster } = exampleApp();
  const autoScalingGroup = AutoScalingGroup.fromAutoScalingGroupName(stack, 'Hosts', 'hosts');
  const scaleIn = { maxDraining: 2, balanceZones: false };
  new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes: [WEB], autoScalingGroup, scaleIn });
  const [handler] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  expect(readConfiguration(environmentOf(handler))).toMatchObject({
    ok: true,
    value: { scope: { tasks: true }, scaleIn: { autoScalingGroupName: 'hosts', maxDraining: 2, dryRun: false, balanceZones: false } },
  });
});

test.each<[string, Partial<ClusterCapacityProps>, boolean]>([
  ['added', { scaleIn: undefined }, true],
  ['removed, and told not to', { scaleIn: {}, scaleOut: false, readTasks: false }, true],
  ['added, and told not to', { readTasks: false }, false],
  ['neither added nor removed', { scaleOut: false }, false],
])('tasks are read where hosts are %s: %j', (_, options, reads) => {
  const { stack, cluster } = exampleApp();
  const autoScalingGroup = AutoScalingGroup.fromAutoScalingGroupName(stack, 'Hosts', 'hosts');
  new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes: [WEB], autoScalingGroup, ...options });
  const template = Template.fromStack(stack);
  expect(statementsOf(template, 'CapacityPolicy').flatMap(actionsOf).includes('ecs:ListTasks')).toBe(reads);
  const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
  expect(handler?.Properties.Environment.Variables.PLIMSOLL_READ_TASKS).toBe(reads ? 'true' : undefined);
});

test('metrics are those that the function publishes', () => {
  const { stack, cluster } = exampleApp();
  const capacity = new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes: [WEB] });
  const ofAll = capacity.metricContainerCapacity();
  expect(ofAll).toMatchObject({ namespace: 'Plimsoll/ECS', metricName: 'ContainerCapacity', statistic: 'Minimum' });
  expect(ofAll.dimensions).toEqual({ ClusterName: cluster.clusterName });
  expect(capacity.metricContainerCapacity(WEB).dimensions).toEqual({ ClusterName: cluster.clusterName, TaskSize: 'web' });
  expect(capacity.metricIdleHostCapacity(WEB, { statistic: 'Maximum' })).toMatchObject({
    metricName: 'IdleHostCapacity',
    statistic: 'Maximum',
  });
  expect(capacity.metricHostsShort()).toMatchObject({ metricName: 'HostsShort', statistic: 'Maximum' });
  expect(capacity.metricDrainableHosts()).toMatchObject({ metricName: 'DrainableHosts', statistic: 'Minimum' });
  expect(capacity.metricStateAge()).toMatchObject({ metricName: 'StateAgeSeconds', statistic: 'Maximum', unit: 'Seconds' });
  expect(capacity.metricActiveHosts()).toMatchObject({ metricName: 'ActiveHosts' });
});

test('the dashboard shows each size and every alarm', () => {
  const { stack, cluster } = exampleApp();
  const capacity = new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes: [WEB] });
  capacity.addDashboard();
  const [dashboard] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  const body = plain(dashboard?.Properties.DashboardBody) as string;
  for (const shown of [
    'ContainerCapacity',
    'IdleHostCapacity',
    'HostsShort',
    'DrainableHosts',
    '"TaskSize","web"',
    'FunctionErrors',
    'DeadLettersGrow',
    'MetricsStale',
  ]) {
    expect(body).toContain(shown);
  }
});

test.each<[string, Partial<ClusterCapacityProps>, RegExp]>([
  ['no sizes', { taskSizes: [] }, /0 entries: give 1 to 50/],
  [
    '51 sizes',
    { taskSizes: Array.from({ length: 51 }, (_, index) => TaskSize.of({ name: `${index}`, cpuUnits: 1, memoryMiB: 1 })) },
    /51 entries/,
  ],
  ['two sizes of one name', { taskSizes: [WEB, WEB] }, /two task sizes are named web/],
  [
    'half a task of headroom',
    { taskSizes: [TaskSize.of({ name: 'web', cpuUnits: 1, memoryMiB: 1, headroom: 0.5 })] },
    /headroom of web is 0\.5/,
  ],
  [
    'an empty group',
    { taskSizes: [TaskSize.of({ name: 'web', cpuUnits: 1, memoryMiB: 1, group: '' })] },
    /group of web has 0 characters: give 1 to 255/,
  ],
  ['a negative headroom of services', { taskSizes: [], discoverServices: { headroom: -1 } }, /headroom of discovered services is -1/],
  ['half a CPU unit of a host', { hostType: { cpuUnits: 0.5, memoryMiB: 1 } }, /cpuUnits of hostType is 0\.5/],
  ['no calls at all', { ecsCallsPerSecond: 0 }, /ecsCallsPerSecond is 0 calls: give more than 0, at most 20/],
  ['more calls than there are', { ecsCallsPerSecond: 21 }, /ecsCallsPerSecond is 21/],
  ['a grace of two hours', { agentGracePeriod: Duration.hours(2) }, /agentGracePeriod is 7200 s/],
  ['scale-in of nothing', { scaleIn: {} }, /nothing to scale/],
  ['scale-out of nothing', { scaleOut: {} }, /nothing to scale/],
  ['5,001 hosts', { clusterSize: 5001 }, /clusterSize is 5001 hosts/],
  ["a namespace of AWS's", { metricNamespace: 'AWS/ECS' }, /begin with neither : nor AWS/],
  ['a size below nothing', { taskSizes: [TaskSize.of({ name: 'web', cpuUnits: -1, memoryMiB: 1 })] }, /cpuUnits of web is -1/],
  ['a size of nothing', { taskSizes: [TaskSize.of({ name: 'web', cpuUnits: 0, memoryMiB: 0 })] }, /web asks for nothing/],
  ['not a number', { taskSizes: [TaskSize.of({ name: 'web', cpuUnits: 1, memoryMiB: Number.NaN })] }, /memoryMiB of web is NaN/],
  [
    'a port that is none',
    { taskSizes: [TaskSize.of({ name: 'web', cpuUnits: 1, memoryMiB: 1, tcpPorts: [0] })] },
    /tcpPorts of web has 0: give ports/,
  ],
  [
    'a name that the function refuses',
    { taskSizes: [TaskSize.of({ name: '-web', cpuUnits: 1, memoryMiB: 1 })] },
    /named -web: use 1 to 255/,
  ],
  [
    'more sizes than an environment holds',
    {
      taskSizes: Array.from({ length: 50 }, (_, index) =>
        TaskSize.of({ name: `a-rather-long-name-${index}`, cpuUnits: 1024, memoryMiB: 2048, headroom: 1 }),
      ),
    },
    /taskSizes take some 3\d\d\d bytes of the function.s environment, which has 3396/,
  ],
  ['no window at all', { batchingWindow: Duration.seconds(0) }, /batchingWindow is 0 s: give whole seconds from 1 to 300/],
  ['half a second', { batchingWindow: Duration.millis(500) }, /batchingWindow is 0\.5 s/],
  ['a window beyond what Lambda has', { batchingWindow: Duration.minutes(6) }, /batchingWindow is 360 s/],
  ['a size known later', { clusterSize: Lazy.number({ produce: () => 7 }) }, /clusterSize is known only to the deployment/],
  ['a window known later', { batchingWindow: Duration.seconds(Lazy.number({ produce: () => 7 })) }, /batchingWindow is known only to/],
  ['a namespace with a space', { metricNamespace: 'a b' }, /metricNamespace is a b/],
])('%s is refused, with the remedy', (_, options, message) => {
  const { stack, cluster } = exampleApp();
  const make = () => new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes: [WEB], ...options });
  expect(make).toThrow(InvalidClusterCapacityError);
  stack.node.tryRemoveChild('Capacity');
  expect(make).toThrow(message);
});
