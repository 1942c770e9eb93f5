import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type AuthorizedCall,
  createAutoScaling,
  createCloudWatch,
  createCloudWatchAlarms,
  type LocalEndpoint,
  startLambdaFunction,
  startLocalEndpoint,
} from '@plimsoll/simulator';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import { ClusterCapacity, type ClusterCapacityProps, TaskRun, TaskSize } from '../src/index.js';
import { allows, deployed, HERE, type Permission } from './helpers/allows.js';
import { registerDefinition, registerHosts } from './helpers/cluster-of-hosts.js';
import { ec2Definition } from './helpers/example-app.js';
import { actionsOf, plain, type Statement, statementsOf } from './helpers/policy.js';

const clusterArn = `arn:aws:ecs:${HERE.region}:${HERE.account}:cluster/harbour`;

const HOSTS = ['i-0000000000000000a', 'i-0000000000000000b', 'i-0000000000000000c'];

/** EventBridge's scheduled event, whose detail the construct's rule fills. */
const SCHEDULED = {
  version: '0',
  id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: HERE.account,
  region: HERE.region,
  resources: [clusterArn],
};

/** What IAM is asked for a call: the local endpoint tells it, but for what is of this service's own test. */
function permissionsFor({ service, operation, iamActions }: AuthorizedCall): Permission[] {
  if (operation === 'PutMetricData') {
    return [{ action: 'cloudwatch:PutMetricData', resource: '*', keys: { 'cloudwatch:namespace': 'Plimsoll/ECS' } }];
  }
  // Of these the endpoint knows no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/
  if (operation === 'DescribeAlarms') {
    return [
      { action: 'cloudwatch:DescribeAlarms', resource: `arn:aws:cloudwatch:${HERE.region}:${HERE.account}:alarm:drainable`, keys: {} },
    ];
  }
  if (operation === 'GetMetricData') return [{ action: 'cloudwatch:GetMetricData', resource: '*', keys: {} }];
  if (service === 'autoscaling') {
    const group = `arn:aws:autoscaling:${HERE.region}:${HERE.account}:autoScalingGroup:0123:autoScalingGroupName/hosts`;
    return [{ action: `autoscaling:${operation}`, resource: operation.startsWith('Describe') ? '*' : group, keys: {} }];
  }
  return iamActions.flatMap(({ action, resources, conditionKeys }) =>
    resources.map((resource) => ({
      action,
      // Asked for no host in particular, which IAM takes as a resource nobody names.
      resource: action === 'ecs:ListTasks' ? '*' : resource,
      keys: conditionKeys,
    })),
  );
}

/** Runs the shipped function, as the construct configures it, in a cluster of idle hosts; gives what IAM was asked. */
async function permissionsOf(environment: Readonly<Record<string, string>>): Promise<Permission[]> {
  const cloudWatch = createCloudWatch();
  const alarms = createCloudWatchAlarms({ store: cloudWatch.store });
  const autoScaling = createAutoScaling();
  autoScaling.setGroup({ autoScalingGroupName: 'hosts', minSize: 1, desiredCapacity: 3, instanceIds: HOSTS });
  const events: unknown[] = [];
  const endpoint = await startLocalEndpoint({ services: [alarms, cloudWatch, autoScaling], onEvent: (event) => events.push(event) });
  registerHosts(endpoint, HOSTS);
  const taskDefinition = registerDefinition(endpoint, 'web');
  const running = endpoint.ecs('RunTask', { cluster: 'harbour', taskDefinition, group: 'service:web' });
  expect(running).toMatchObject({ ok: true, response: { failures: [] } });
  endpoint.setService({ cluster: 'harbour', serviceName: 'web', taskDefinition });
  const lambda = await startLambdaFunction({
    codePath: join(__dirname, '..', 'assets', 'capacity-lambda', 'index.js'),
    environment: { ...environment, AWS_ENDPOINT_URL: endpoint.url },
    timeoutSeconds: 60,
    memorySizeMiB: 256,
  });
  try {
    await standAlarm(endpoint);
    await publishPast(endpoint);
    endpoint.clearCalls();
    const scheduled = { ...SCHEDULED, time: new Date().toISOString(), detail: { clusterArn } };
    const bodies = [events.at(-1), scheduled].map((event) => JSON.stringify(event));
    const records = bodies.map((body, index) => ({
      messageId: `${index}`,
      body,
      eventSource: 'aws:sqs',
      attributes: {},
      messageAttributes: {},
    }));
    expect(await lambda.invoke({ Records: records })).toMatchObject({ ok: true, payload: { batchItemFailures: [] } });
    return endpoint.recordedCalls().flatMap(permissionsFor);
  } finally {
    await lambda.close();
    await endpoint.close();
  }
}

async function callCloudWatch(endpoint: LocalEndpoint, operation: string, input: object): Promise<void> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `GraniteServiceVersion20100801.${operation}` };
  expect(await fetch(endpoint.url, { method: 'POST', headers, body: JSON.stringify(input) })).toMatchObject({ status: 200 });
}

/** Has the alarm that lets hosts go stand. */
async function standAlarm(endpoint: LocalEndpoint): Promise<void> {
  const alarm = { AlarmName: 'drainable', Namespace: 'Plimsoll/ECS', MetricName: 'DrainableHosts', Statistic: 'Minimum', Period: 60 };
  const condition = { EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' };
  await callCloudWatch(endpoint, 'PutMetricAlarm', { ...alarm, ...condition });
  await callCloudWatch(endpoint, 'SetAlarmState', { AlarmName: 'drainable', StateValue: 'ALARM', StateReason: 'the test says so' });
}

/** Has the last minutes have needed no host. */
async function publishPast(endpoint: LocalEndpoint): Promise<void> {
  const MetricData = Array.from({ length: 20 }, (_, index) => index + 1).flatMap((minutes) =>
    ['OccupiedHosts', 'NeededHosts'].map((MetricName) => ({
      ...{ MetricName, Value: 0, Unit: 'Count', Dimensions: [{ Name: 'ClusterName', Value: 'harbour' }] },
      Timestamp: Math.floor(Date.now() / 1000) - 60 * minutes,
    })),
  );
  await callCloudWatch(endpoint, 'PutMetricData', { Namespace: 'Plimsoll/ECS', MetricData });
}

/** What the construct's template grants and tells the function, as it is once deployed. */
function deployedCapacity(props: (stack: Stack) => Partial<ClusterCapacityProps>) {
  const stack = new Stack(new App(), 'Example', { env: HERE });
  const cluster = Cluster.fromClusterArn(stack, 'Cluster', clusterArn);
  new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes: [], ...props(stack) });
  const template = Template.fromStack(stack);
  const granted = statementsOf(template, 'CapacityPolicy').map((statement) => withAlarm(deployed(plain(statement) as Statement)));
  const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
  const variables = plain(handler?.Properties.Environment.Variables) as Record<string, string>;
  return { granted, template, environment: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, withAlarm(value)])) };
}

/** References to the alarm, by the name that the deployment gave it. */
function withAlarm<T>(value: T): T {
  const text = JSON.stringify(value)
    .replaceAll(/\$\{CapacityHostsDrainable\w+\.Arn\}/g, `arn:aws:cloudwatch:${HERE.region}:${HERE.account}:alarm:drainable`)
    .replaceAll(/\$\{CapacityHostsDrainable\w+\}/g, 'drainable');
  return JSON.parse(text) as T;
}

const web = TaskSize.of({ name: 'web', cpuUnits: 250, memoryMiB: 400 });

test.each<[string, (stack: Stack) => Partial<ClusterCapacityProps>, string[]]>([
  ['plain sizes', () => ({ taskSizes: [web] }), ['DescribeContainerInstances', 'ListContainerInstances', 'PutMetricData']],
  [
    'services that are discovered',
    () => ({ discoverServices: { headroom: 1 } }),
    ['DescribeContainerInstances', 'DescribeServices', 'DescribeTaskDefinition', 'ListContainerInstances', 'ListServices', 'PutMetricData'],
  ],
  [
    'hosts that are added and removed',
    (stack) => ({
      taskSizes: [web],
      autoScalingGroup: AutoScalingGroup.fromAutoScalingGroupName(stack, 'Hosts', 'hosts'),
      scaleIn: {},
    }),
    [
      'DescribeAlarms',
      'DescribeAutoScalingInstances',
      'DescribeContainerInstances',
      'DescribeServices',
      'DescribeTaskDefinition',
      'DescribeTasks',
      'ListContainerInstances',
      'ListServices',
      'ListTasks',
      'PutMetricData',
      'TerminateInstanceInAutoScalingGroup',
    ],
  ],
  [
    'hosts that are removed with patience',
    (stack) => ({
      taskSizes: [web],
      autoScalingGroup: AutoScalingGroup.fromAutoScalingGroupName(stack, 'Hosts', 'hosts'),
      scaleIn: { patience: {} },
    }),
    [
      'DescribeAutoScalingInstances',
      'DescribeContainerInstances',
      'DescribeServices',
      'DescribeTaskDefinition',
      'DescribeTasks',
      'GetMetricData',
      'ListContainerInstances',
      'ListServices',
      'ListTasks',
      'PutMetricData',
      'TerminateInstanceInAutoScalingGroup',
    ],
  ],
  [
    'hosts that are added as events tell',
    (stack) => ({
      taskSizes: [web],
      autoScalingGroup: AutoScalingGroup.fromAutoScalingGroupName(stack, 'Hosts', 'hosts'),
      scaleOut: { followEvents: true },
    }),
    [
      'DescribeContainerInstances',
      'DescribeServices',
      'DescribeTaskDefinition',
      'DescribeTasks',
      'ListContainerInstances',
      'ListServices',
      'ListTasks',
      'PutMetricData',
    ],
  ],
])('the capacity function may do what it does, and nothing else: %s', async (_, props, operations) => {
  const { granted, environment } = deployedCapacity(props);
  const needed = await permissionsOf(environment);
  expect([...new Set(needed.map(({ action }) => action.split(':')[1]))].sort()).toEqual(operations);
  // Nothing missing.
  expect(needed.filter((permission) => !granted.some((statement) => allows(statement, permission)))).toEqual([]);
  // Nothing spare.
  expect(granted.filter((statement) => !needed.some((permission) => allows(statement, permission)))).toEqual([]);
  // And another cluster is out of reach.
  const elsewhere = needed
    .filter(({ action }) => action.startsWith('ecs:') && action !== 'ecs:DescribeTaskDefinition')
    .map(({ action, resource, keys }) => ({
      action,
      resource: resource.replace('harbour', 'other'),
      keys: { ...keys, ...('ecs:cluster' in keys && { 'ecs:cluster': clusterArn.replace('harbour', 'other') }) },
    }));
  expect(elsewhere.length).toBeGreaterThan(1);
  expect(elsewhere.filter((permission) => granted.some((statement) => allows(statement, permission)))).toEqual([]);
});

test('ten seconds after a service found no room, the alarm that adds hosts is raised', async () => {
  const { environment, template } = deployedCapacity((stack) => ({
    discoverServices: {},
    autoScalingGroup: AutoScalingGroup.fromAutoScalingGroupName(stack, 'Hosts', 'hosts'),
    scaleOut: { followEvents: true },
    clusterSize: 10,
  }));
  const [alarm] = Object.values(template.findResources('AWS::CloudWatch::Alarm', { Properties: { MetricName: 'HostsShort' } }));
  const now = { millis: 0 };
  const cloudWatch = createCloudWatch();
  const alarms = createCloudWatchAlarms({ store: cloudWatch.store, clock: () => new Date(now.millis) });
  const endpoint = await startLocalEndpoint({ services: [alarms, cloudWatch] });
  const lambda = await startLambdaFunction({
    codePath: join(__dirname, '..', 'assets', 'capacity-lambda', 'index.js'),
    environment: { ...environment, AWS_ENDPOINT_URL: endpoint.url },
    timeoutSeconds: 60,
    memorySizeMiB: 256,
  });
  try {
    registerHosts(endpoint, HOSTS);
    const taskDefinition = registerDefinition(endpoint, 'web');
    // Eight fit on each of three hosts.
    endpoint.setService({ cluster: 'harbour', serviceName: 'web', taskDefinition, desiredCount: 25 });
    const { AlarmActions: _, ...watched } = alarm?.Properties ?? {};
    await callCloudWatch(endpoint, 'PutMetricAlarm', { AlarmName: 'short', ...watched });
    alarms.evaluate();
    expect(alarms.stateOf('short')).toBe('OK');
    const detail = { eventType: 'ERROR', eventName: 'SERVICE_TASK_PLACEMENT_FAILURE', clusterArn, reason: 'RESOURCE:CPU' };
    const event = { ...SCHEDULED, source: 'aws.ecs', 'detail-type': 'ECS Service Action', time: new Date().toISOString(), detail };
    expect(await lambda.invoke(event)).toMatchObject({ ok: true });
    const short = cloudWatch.store.metrics().filter(({ name }) => name === 'HostsShort');
    const [point, ...others] = short.flatMap((metric) => cloudWatch.store.points(metric));
    expect(others).toEqual([]);
    now.millis = (point?.timestampMs ?? 0) + 10_000;
    expect(alarms.evaluate()).toEqual([{ alarmName: 'short', from: 'OK', to: 'ALARM' }]);
  } finally {
    await lambda.close();
    await endpoint.close();
  }
});

test('the task runner is granted what its README says that it calls, action by action', () => {
  const stack = new Stack(new App(), 'Example', { env: HERE });
  const cluster = Cluster.fromClusterArn(stack, 'Cluster', clusterArn);
  new TaskRun(stack, 'Run', { cluster, taskDefinition: ec2Definition(stack), timeout: Duration.minutes(30), taskTags: { a: 'b' } });
  const granted = new Set(statementsOf(Template.fromStack(stack), 'RunPolicy').flatMap(actionsOf));
  const readme = readFileSync(join(dirname(require.resolve('@plimsoll/task-runner-lambda/package.json')), 'README.md'), 'utf8');
  const [, table = ''] = /## Permissions\n(.*?)\n## /s.exec(readme) ?? [];
  const documented = new Set([...table.matchAll(/`((?:ecs|iam|logs|cloudformation|lambda):\w+)`/g)].map(([, action]) => action ?? ''));
  // Named in the table as the key of a condition.
  for (const key of ['ecs:cluster', 'iam:PassedToService']) documented.delete(key);
  expect(granted).toEqual(documented);
});
