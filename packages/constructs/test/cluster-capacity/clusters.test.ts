import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, type ICluster } from 'aws-cdk-lib/aws-ecs';
import { ClusterCapacity, type ClusterCapacityProps, TaskSize } from '../../src/index.js';
import { deployed } from '../helpers/allows.js';
import { plain, statementFor } from '../helpers/policy.js';

const taskSizes = [TaskSize.of({ name: 'web', cpuUnits: 250, memoryMiB: 400 })];
const arn = (region = 'eu-west-1', account = '111122223333', partition = 'aws') =>
  `arn:${partition}:ecs:${region}:${account}:cluster/harbour`;

function stackIn(region: string, app = new App(), id = 'Example') {
  return new Stack(app, id, { env: { account: '111122223333', region } });
}

describe('two on one cluster', () => {
  const two = (second: Partial<ClusterCapacityProps>, first: Partial<ClusterCapacityProps> = {}) => {
    const stack = stackIn('eu-west-1');
    const cluster = Cluster.fromClusterArn(stack, 'One', arn());
    const again = Cluster.fromClusterArn(stack, 'Again', arn());
    const group = (id: string) => AutoScalingGroup.fromAutoScalingGroupName(stack, id, id);
    new ClusterCapacity(stack, 'First', { cluster, taskSizes, autoScalingGroup: group('a'), ...first });
    new ClusterCapacity(stack, 'Second', { cluster: again, taskSizes, autoScalingGroup: group('b'), ...second });
    return () => Template.fromStack(stack);
  };

  test('would publish the same metrics', () => {
    expect(two({ scaleOut: false })).toThrow(
      /Example\/First publishes the same metrics.*give all sizes to one, or another metricNamespace/,
    );
  });

  test('would add hosts twice for the same tasks', () => {
    expect(two({ metricNamespace: 'Other' })).toThrow(/Example\/First scales the same cluster, and both count the same tasks/);
    expect(two({ metricNamespace: 'Other', scaleOut: false, scaleIn: {} })).toThrow(/scales the same cluster/);
  });

  test('may stand beside one another where one only counts, under another namespace', () => {
    expect(two({ metricNamespace: 'Other', scaleOut: false })).not.toThrow();
    expect(two({ metricNamespace: 'Other' }, { scaleOut: false })).not.toThrow();
  });
});

test('two in one stack, each for a cluster and group of its own, name what is theirs alone', () => {
  const stack = stackIn('eu-west-1');
  for (const id of ['harbour', 'quay']) {
    const cluster = Cluster.fromClusterArn(stack, `${id}-cluster`, arn().replace('harbour', id));
    const autoScalingGroup = AutoScalingGroup.fromAutoScalingGroupName(stack, `${id}-hosts`, id);
    new ClusterCapacity(stack, id, { cluster, taskSizes, autoScalingGroup, scaleIn: {} });
  }
  const template = Template.fromStack(stack);
  for (const [id, other] of [
    ['harbour', 'quay'],
    ['quay', 'harbour'],
  ] as const) {
    const ofOne = JSON.stringify(Object.entries(template.toJSON().Resources).filter(([name]) => name.startsWith(id)));
    expect(ofOne).toContain(`cluster/${id}`);
    expect(ofOne).not.toMatch(new RegExp(`cluster/${other}|autoScalingGroupName/${other}`));
  }
});

test('clusters of the same logical name in two stacks are two', () => {
  const app = new App();
  for (const id of ['Blue', 'Green']) {
    const stack = stackIn('eu-west-1', app, id);
    const cluster = new Cluster(stack, 'Cluster', { vpc: new Vpc(stack, 'Vpc') });
    new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes });
  }
  expect(() => app.synth()).not.toThrow();
});

test.each<[string, string, RegExp]>([
  ['another Region', arn('us-east-1'), /the cluster is in Region us-east-1, and the stack in eu-west-1.*put this beside it/],
  ['another account', arn('eu-west-1', '000000000000'), /the cluster is in account 000000000000, and the stack in 111122223333/],
])('a cluster in %s is out of reach', (_, clusterArn, message) => {
  const stack = stackIn('eu-west-1');
  const cluster = Cluster.fromClusterArn(stack, 'Imported', clusterArn);
  expect(() => new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes })).toThrow(message);
});

test('nor is one of another stack in another Region', () => {
  const app = new App();
  const there = stackIn('us-east-1', app, 'There');
  const cluster = new Cluster(there, 'Cluster', { vpc: new Vpc(there, 'Vpc'), clusterName: 'harbour' });
  const here = stackIn('eu-west-1', app, 'Here');
  expect(() => new ClusterCapacity(here, 'Capacity', { cluster, taskSizes })).toThrow(/the cluster is in Region us-east-1/);
  expect(() => new ClusterCapacity(there, 'Capacity', { cluster, taskSizes })).not.toThrow();
});

test.each<[string, (stack: Stack) => ICluster]>([
  ['by ARN', (stack) => Cluster.fromClusterArn(stack, 'Imported', arn('cn-north-1', '111122223333', 'aws-cn'))],
  ['by name', (stack) => Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: 'harbour', vpc: new Vpc(stack, 'Vpc') })],
])('in China, of a cluster imported %s, every ARN is of that partition', (_, imported) => {
  const stack = stackIn('cn-north-1');
  const cluster = imported(stack);
  const autoScalingGroup = AutoScalingGroup.fromAutoScalingGroupName(stack, 'Hosts', 'hosts');
  new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes, autoScalingGroup, scaleIn: {}, scaleOut: { followEvents: true } });
  const template = Template.fromStack(stack);
  const text = JSON.stringify(plain(template.toJSON())).replaceAll(/\$\{AWS::Partition\}/g, 'aws-cn');
  expect(text).toContain('arn:aws-cn:ecs:cn-north-1:');
  expect(text.match(/arn:aws:[^"]*/g)).toBeNull();
  const { Resource } = statementFor(template, 'CapacityPolicy', 'ecs:DescribeContainerInstances');
  expect(deployed(plain(Resource))).toMatch(/:ecs:cn-north-1:111122223333:container-instance\/harbour\/\*$/);
});
