import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createCloudWatch, type RecordedCall, startLambdaFunction, startLocalEndpoint } from '@plimsoll/simulator';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import { ClusterCapacity, TaskRun, TaskSize } from '../src/index.js';
import { allows, deployed, HERE, type Permission } from './helpers/allows.js';
import { ec2Definition } from './helpers/example-app.js';
import { actionsOf, plain, type Statement, statementsOf } from './helpers/policy.js';

const clusterArn = `arn:aws:ecs:${HERE.region}:${HERE.account}:cluster/harbour`;

/** What IAM is asked for a call that the local endpoint recorded. */
function permissionsFor({ service, operation, input }: RecordedCall): Permission[] {
  const given = input as { containerInstances?: string[]; cluster?: string; namespace?: string; Namespace?: string };
  if (operation === 'ListContainerInstances') return [{ action: 'ecs:ListContainerInstances', resource: clusterArn, keys: {} }];
  if (operation === 'DescribeContainerInstances') {
    return (given.containerInstances ?? []).map((resource) => ({
      action: 'ecs:DescribeContainerInstances',
      resource,
      keys: { 'ecs:cluster': clusterArn },
    }));
  }
  if (operation === 'PutMetricData') {
    return [{ action: 'cloudwatch:PutMetricData', resource: '*', keys: { 'cloudwatch:namespace': 'Plimsoll/ECS' } }];
  }
  return [{ action: `${service}:${operation}`, resource: '*', keys: {} }];
}

/** Runs the shipped function, as the construct configures it, on a change of a host; gives the calls it made. */
async function callsOf(environment: Record<string, string>): Promise<readonly RecordedCall[]> {
  const events: unknown[] = [];
  const endpoint = await startLocalEndpoint({ services: [createCloudWatch()], onEvent: (event) => events.push(event) });
  try {
    endpoint.ecs('CreateCluster', { clusterName: 'harbour' });
    endpoint.ecs('RegisterContainerInstance', {
      cluster: 'harbour',
      totalResources: [
        { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
        { name: 'MEMORY', type: 'INTEGER', integerValue: 3768 },
      ],
    });
    const lambda = await startLambdaFunction({
      codePath: join(__dirname, '..', 'assets', 'capacity-lambda', 'index.js'),
      environment: { ...environment, AWS_ENDPOINT_URL: endpoint.url },
      timeoutSeconds: 60,
      memorySizeMiB: 256,
    });
    try {
      const body = JSON.stringify(events.at(-1));
      const record = { messageId: '1', body, eventSource: 'aws:sqs', attributes: {}, messageAttributes: {} };
      expect(await lambda.invoke({ Records: [record] })).toMatchObject({ ok: true, payload: { batchItemFailures: [] } });
    } finally {
      await lambda.close();
    }
    return endpoint.calls();
  } finally {
    await endpoint.close();
  }
}

test('the capacity function may do what it does, and nothing else', async () => {
  const stack = new Stack(new App(), 'Example', { env: HERE });
  const cluster = Cluster.fromClusterArn(stack, 'Cluster', clusterArn);
  new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes: [TaskSize.of({ name: 'web', cpuUnits: 250, memoryMiB: 400 })] });
  const template = Template.fromStack(stack);
  const granted = deployed(plain(statementsOf(template, 'CapacityPolicy')) as Statement[]);
  const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
  const needed = (await callsOf(handler?.Properties.Environment.Variables)).flatMap(permissionsFor);
  expect(needed.length).toBeGreaterThan(2);
  // Nothing missing.
  expect(needed.filter((permission) => !granted.some((statement) => allows(statement, permission)))).toEqual([]);
  // Nothing spare.
  expect(granted.filter((statement) => !needed.some((permission) => allows(statement, permission)))).toEqual([]);
  // And another cluster is out of reach.
  const elsewhere = needed.map(({ action, resource, keys }) => ({
    action,
    resource: resource.replace('harbour', 'other'),
    keys: { ...keys, ...('ecs:cluster' in keys && { 'ecs:cluster': clusterArn.replace('harbour', 'other') }) },
  }));
  const reached = elsewhere.filter((permission) => granted.some((statement) => allows(statement, permission)));
  expect(new Set(reached.map(({ action }) => action))).toEqual(new Set(['cloudwatch:PutMetricData']));
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
