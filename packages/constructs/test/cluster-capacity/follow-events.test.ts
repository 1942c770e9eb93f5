import { Duration } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import { ClusterCapacity, type ClusterCapacityProps, InvalidClusterCapacityError, TaskSize } from '../../src/index.js';
import { exampleApp } from '../helpers/example-app.js';
import { clusterWithHosts } from '../helpers/hosts.js';
import { plain } from '../helpers/policy.js';

const taskSizes = [TaskSize.of({ name: 'web', cpuUnits: 250, memoryMiB: 400 })];
const scaleOut = { followEvents: true };

function following(options: Partial<ClusterCapacityProps> = {}) {
  const { stack, cluster, capacityProvider } = clusterWithHosts();
  new ClusterCapacity(stack, 'Capacity', { cluster, capacityProvider, taskSizes, clusterSize: 100, scaleOut, ...options });
  return { stack, template: Template.fromStack(stack) };
}

/** The event patterns that reach the queue, by the type of event. */
function patterns(template: Template): Record<string, unknown> {
  const rules = Object.values(template.findResources('AWS::Events::Rule', { Properties: { EventPattern: Match.anyValue() } }));
  for (const rule of rules) expect(plain(rule.Properties.Targets[0].Arn)).toMatch(/^\$\{CapacityQueueEvents\w+\.Arn\}$/);
  return Object.fromEntries(
    rules.map(({ Properties: { EventPattern } }) => {
      const { 'detail-type': [type] = [], ...pattern } = plain(EventPattern) as { readonly 'detail-type'?: readonly string[] };
      return [type, pattern];
    }),
  );
}

test('tasks that wait and services that find no room reach the queue, of this cluster alone', () => {
  const clusterArn = [expect.stringMatching(/^\$\{Cluster\w+\.Arn\}$/)];
  expect(patterns(following().template)).toEqual({
    'ECS Container Instance State Change': { source: ['aws.ecs'], detail: { clusterArn } },
    'ECS Task State Change': {
      source: ['aws.ecs'],
      detail: {
        clusterArn,
        lastStatus: ['PROVISIONING'],
        // On a host already, its host's event tells; of Fargate, it waits for none.
        containerInstanceArn: [{ exists: false }],
        launchType: [{ 'anything-but': ['FARGATE'] }, { exists: false }],
      },
    },
    'ECS Service Action': { source: ['aws.ecs'], detail: { clusterArn, eventName: ['SERVICE_TASK_PLACEMENT_FAILURE'] } },
  });
});

test('the queue takes messages of each rule', () => {
  const { template } = following();
  const rules = Object.keys(template.findResources('AWS::Events::Rule'));
  const [policy] = Object.values(template.findResources('AWS::SQS::QueuePolicy')).filter(({ Properties }) =>
    JSON.stringify(Properties).includes('events.amazonaws.com'),
  );
  const text = JSON.stringify(policy?.Properties);
  expect(rules).toHaveLength(4);
  for (const rule of rules) expect(text).toContain(`"${rule}"`);
});

test('of an imported cluster, by its ARN in whatever partition', () => {
  const { stack } = exampleApp();
  const arn = 'arn:aws-cn:ecs:cn-north-1:111122223333:cluster/harbour';
  new ClusterCapacity(stack, 'Capacity', {
    cluster: Cluster.fromClusterArn(stack, 'Imported', arn),
    autoScalingGroup: AutoScalingGroup.fromAutoScalingGroupName(stack, 'Hosts', 'hosts'),
    taskSizes,
    scaleOut,
  });
  for (const pattern of Object.values(patterns(Template.fromStack(stack))))
    expect(pattern).toMatchObject({ detail: { clusterArn: [arn] } });
});

test('the alarm looks each ten seconds at metrics that are stored by the second, collected for five', () => {
  const { template } = following();
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'HostsShort',
    Statistic: 'Maximum',
    Period: 10,
    EvaluationPeriods: 1,
    Threshold: 1,
    TreatMissingData: 'notBreaching',
  });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { PLIMSOLL_STORAGE_RESOLUTION_SECONDS: '1' } } });
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { MaximumBatchingWindowInSeconds: 3 });
  following({ clusterSize: 500 }).template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { MaximumBatchingWindowInSeconds: 5 });
  following({ batchingWindow: Duration.seconds(20) }).template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    MaximumBatchingWindowInSeconds: 20,
  });
});

test.each<[Partial<ClusterCapacityProps>, number]>([
  [{ clusterSize: 600 }, 10],
  // 221 calls: fifty at once, and ten a second.
  [{ clusterSize: 1000 }, 30],
  [{ clusterSize: 1000, ecsCallsPerSecond: 20 }, 10],
  [{ clusterSize: 2000 }, 60],
])('%j: its periods are of %d s, in which a reading comes to its end', (options, Period) => {
  following(options).template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'HostsShort', Period });
});

test('without it nothing is told, stored or looked at but each minute', () => {
  const { template } = following({ scaleOut: {} });
  expect(Object.keys(patterns(template))).toEqual(['ECS Container Instance State Change']);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'HostsShort', Period: 60 });
  const environments = Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties.Environment);
  expect(JSON.stringify(environments)).not.toContain('PLIMSOLL_STORAGE_RESOLUTION_SECONDS');
});

test.each<[Partial<ClusterCapacityProps>, string]>([
  [
    { clusterSize: 500 },
    'at 2 calls a second 500 hosts, ten tasks on each, are read for events no sooner than.*set ecsCallsPerSecond to 6',
  ],
  [{ clusterSize: 3000, ecsCallsPerSecond: 20 }, 'gains nothing: set clusterSize to what the cluster grows to, or leave followEvents out'],
])('%j: a budget that leaves events to the schedule is warned of', (options, warning) => {
  Annotations.fromStack(following(options).stack).hasWarning('/Example/Capacity', Match.stringLikeRegexp(warning));
});

test('a budget that follows events is not', () => {
  Annotations.fromStack(following().stack).hasNoWarning('/Example/Capacity', Match.anyValue());
  Annotations.fromStack(following({ clusterSize: 500, ecsCallsPerSecond: 6 }).stack).hasNoWarning('/Example/Capacity', Match.anyValue());
});

test('with tasks unread there is nothing to follow', () => {
  const { stack, cluster, capacityProvider } = clusterWithHosts();
  const make = (options: Partial<ClusterCapacityProps>) => () =>
    new ClusterCapacity(stack, `Capacity${stack.node.children.length}`, { cluster, capacityProvider, taskSizes, scaleOut, ...options });
  expect(make({ readTasks: false })).toThrow(InvalidClusterCapacityError);
  expect(make({ readTasks: false })).toThrow(/followEvents is about tasks that wait, but readTasks is false/);
});
