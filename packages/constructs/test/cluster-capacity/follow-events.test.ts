import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import { ClusterCapacity, type ClusterCapacityProps, InvalidClusterCapacityError, TaskSize } from '../../src/index.js';
import { exampleApp } from '../helpers/example-app.js';
import { clusterWithHosts } from '../helpers/hosts.js';
import { matchesPattern } from '../helpers/matches-pattern.js';
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

describe('what the rules let through', () => {
  const clusterArn = 'arn:aws:ecs:eu-west-1:111122223333:cluster/harbour';
  /** Types of the rules that an event matches. */
  const matching = () => {
    const known = JSON.stringify(patterns(following().template)).replaceAll(/\$\{Cluster\w+\.Arn\}/g, clusterArn);
    const rules = Object.entries(JSON.parse(known) as Record<string, object>);
    return (event: Record<string, unknown>) =>
      rules.filter(([type, pattern]) => type === event['detail-type'] && matchesPattern(pattern, event)).map(([type]) => type);
  };
  const waiting = { clusterArn, lastStatus: 'PROVISIONING', desiredStatus: 'RUNNING', launchType: 'EC2' };

  test('a task that waits for a host of the cluster, and no other', () => {
    const match = matching();
    const { launchType: _, ...untold } = waiting;
    const told = (detail: object) => match({ source: 'aws.ecs', 'detail-type': 'ECS Task State Change', detail }).length === 1;
    expect([waiting, untold, { ...waiting, launchType: 'MANAGED_INSTANCES' }].map(told)).toEqual([true, true, true]);
    expect(
      [
        { ...waiting, launchType: 'FARGATE' },
        { ...waiting, containerInstanceArn: 'arn:aws:ecs:eu-west-1:111122223333:container-instance/harbour/1' },
        { ...waiting, lastStatus: 'PENDING' },
        { ...waiting, clusterArn: `${clusterArn}-other` },
      ].map(told),
    ).toEqual([false, false, false, false]);
  });

  (process.env.PLIMSOLL_SAMPLES ? test : test.skip)('of the recorded events of services those of placements that failed', () => {
    const match = matching();
    const folder = join(process.env.PLIMSOLL_SAMPLES ?? '', 'events');
    const recorded = readdirSync(folder)
      .filter((name) => name.startsWith('service-action') && name.endsWith('.json'))
      .flatMap((name) => [JSON.parse(readFileSync(join(folder, name), 'utf8'))].flat())
      .map((event) => ({ ...event, detail: { ...event.detail, clusterArn } }));
    const matched = recorded.filter((event) => match(event).length > 0).map(({ detail }) => detail.eventName);
    expect(matched.length).toBeGreaterThan(0);
    expect(new Set(matched)).toEqual(new Set(['SERVICE_TASK_PLACEMENT_FAILURE']));
    expect(matched).toHaveLength(recorded.filter(({ detail }) => detail.eventName === 'SERVICE_TASK_PLACEMENT_FAILURE').length);
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
