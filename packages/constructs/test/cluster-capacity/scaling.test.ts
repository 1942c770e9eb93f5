import { DEFAULT_SCALE_IN_PATIENCE, readConfiguration } from '@plimsoll/capacity-lambda';
import { Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-ecs';
import { ClusterCapacity, type ClusterCapacityProps, TaskSize } from '../../src/index.js';
import { clusterWithHosts } from '../helpers/hosts.js';
import { plain, statementFor } from '../helpers/policy.js';

const taskSizes = [TaskSize.of({ name: 'web', cpuUnits: 250, memoryMiB: 400, headroom: 2 })];

function scaled(options: Partial<ClusterCapacityProps> = {}, provider?: Parameters<typeof clusterWithHosts>[0], protectedHosts?: boolean) {
  const { stack, cluster, capacityProvider } = clusterWithHosts(provider, protectedHosts);
  const capacity = new ClusterCapacity(stack, 'Capacity', { cluster, capacityProvider, taskSizes, ...options });
  return { stack, capacity };
}

/** How many hosts Auto Scaling adds at a value of the metric, by its rule of steps: lower bound included, upper not. */
function addedAt(
  value: number,
  threshold: number,
  steps: { ScalingAdjustment: number; MetricIntervalLowerBound?: number; MetricIntervalUpperBound?: number }[],
) {
  const offset = value - threshold;
  const matching = steps.filter(
    ({ MetricIntervalLowerBound: lower = -Infinity, MetricIntervalUpperBound: upper = Infinity }) => offset >= lower && offset < upper,
  );
  expect(matching).toHaveLength(1);
  return matching[0]?.ScalingAdjustment;
}

test('a step leaves less than half of what is short to the next, and a host has two minutes', () => {
  const [policy] = Object.values(Template.fromStack(scaled().stack).findResources('AWS::AutoScaling::ScalingPolicy'));
  const { StepAdjustments: steps, EstimatedInstanceWarmup: warmup } = policy?.Properties ?? {};
  expect(warmup).toBe(120);
  expect(steps.length).toBeLessThanOrEqual(20);
  for (let short = 1; short <= 400; short += 1) {
    const added = addedAt(short, 1, steps) ?? 0;
    expect(added).toBeLessThanOrEqual(short);
    expect(added).toBeGreaterThanOrEqual(short / 2);
  }
});

test('as many hosts are added as are short, in steps, and never more', () => {
  const { stack } = scaled({ scaleOut: { hostWarmup: Duration.minutes(4) } });
  const template = Template.fromStack(stack);
  const [policy] = Object.values(template.findResources('AWS::AutoScaling::ScalingPolicy'));
  const [alarm] = Object.values(template.findResources('AWS::CloudWatch::Alarm', { Properties: { MetricName: 'HostsShort' } }));
  expect(policy?.Properties).toMatchObject({ PolicyType: 'StepScaling', AdjustmentType: 'ChangeInCapacity', EstimatedInstanceWarmup: 240 });
  expect(alarm?.Properties).toMatchObject({
    Threshold: 1,
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
  });
  const { StepAdjustments: steps } = policy?.Properties ?? {};
  for (const [short, added] of [
    [1, 1],
    [2, 2],
    [4, 4],
    [5, 5],
    [9, 9],
    [14, 12],
    [199, 150],
    [400, 200],
  ] as const) {
    expect(addedAt(short, alarm?.Properties.Threshold, steps)).toBe(added);
  }
});

test('the function knows the capacity provider whose hosts it adds, and of a group by itself none', () => {
  const provider = (options: Partial<ClusterCapacityProps>) => {
    const functions = Object.entries(Template.fromStack(scaled(options).stack).findResources('AWS::Lambda::Function'));
    const [handler] = functions.filter(([id]) => id.startsWith('CapacityHandler'));
    return plain(handler?.[1].Properties.Environment.Variables.PLIMSOLL_CAPACITY_PROVIDER);
  };
  expect(provider({})).toMatch(/^\$\{Provider\w+\}$/);
  expect(provider({ scaleIn: {}, scaleOut: false })).toMatch(/^\$\{Provider\w+\}$/);
  const { stack, cluster, group } = clusterWithHosts();
  new ClusterCapacity(stack, 'Capacity', { cluster, autoScalingGroup: group, taskSizes });
  const told = clusterWithHosts();
  const props = { cluster: told.cluster, taskSizes, capacityProviderName: 'blue' };
  new ClusterCapacity(told.stack, 'Capacity', { ...props, autoScalingGroup: told.group });
  Template.fromStack(told.stack).hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { PLIMSOLL_CAPACITY_PROVIDER: 'blue' } },
  });
  const both = { ...props, capacityProvider: told.capacityProvider };
  expect(() => new ClusterCapacity(told.stack, 'Both', both)).toThrow(/capacityProviderName is that of autoScalingGroup: give it together/);
  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::Lambda::Function'))).not.toContain('PLIMSOLL_CAPACITY_PROVIDER');
});

test('scale-out can be left to others, and scale-in is off unless asked for', () => {
  const { stack, capacity } = scaled({ scaleOut: false });
  Template.fromStack(stack).resourceCountIs('AWS::AutoScaling::ScalingPolicy', 0);
  expect(capacity.hostsShortAlarm).toBeUndefined();
  expect(capacity.hostsDrainableAlarm).toBeUndefined();
});

test("scale-in is the function's, by an alarm that must have stood all the time", () => {
  const { stack } = scaled({ scaleIn: { afterMinutes: 10, maxDraining: 3, dryRun: true } });
  const template = Template.fromStack(stack);
  const [alarm] = Object.entries(template.findResources('AWS::CloudWatch::Alarm', { Properties: { MetricName: 'DrainableHosts' } }));
  expect(alarm?.[1].Properties).toMatchObject({
    // A number each minute may wait for some seconds: in any two minutes there is one.
    Period: 120,
    EvaluationPeriods: 5,
    DatapointsToAlarm: 5,
    TreatMissingData: 'notBreaching',
    Threshold: 1,
  });
  expect(alarm?.[1].Properties).not.toHaveProperty('AlarmActions');
  const [handler] = Object.entries(template.findResources('AWS::Lambda::Function')).filter(([id]) => id.startsWith('CapacityHandler'));
  expect(JSON.parse(plain(handler?.[1].Properties.Environment.Variables.PLIMSOLL_SCALE_IN) as string)).toEqual({
    alarmName: `\${${alarm?.[0]}}`,
    autoScalingGroupName: expect.stringMatching(/^\$\{HostsASG\w+\}$/),
    maxDraining: 3,
    dryRun: true,
    balanceZones: true,
  });
  expect(plain(statementFor(template, 'CapacityPolicy', 'autoscaling:TerminateInstanceInAutoScalingGroup').Resource)).toMatch(
    /:autoscaling:\$\{AWS::Region\}:\$\{AWS::AccountId\}:autoScalingGroup:\*:autoScalingGroupName\/\$\{HostsASG\w+\}$/,
  );
  expect(plain(statementFor(template, 'CapacityPolicy', 'cloudwatch:DescribeAlarms').Resource)).toBe(`\${${alarm?.[0]}.Arn}`);
});

test('with patience no alarm is asked: the function reads what was needed, and up to ten hosts drain', () => {
  const { stack, capacity } = scaled({ scaleIn: { patience: { idleMinutes: 20 } } });
  const template = Template.fromStack(stack);
  expect(template.findResources('AWS::CloudWatch::Alarm', { Properties: { MetricName: 'DrainableHosts' } })).toEqual({});
  expect(capacity.hostsDrainableAlarm).toBeUndefined();
  const [handler] = Object.entries(template.findResources('AWS::Lambda::Function')).filter(([id]) => id.startsWith('CapacityHandler'));
  const told = JSON.parse(plain(handler?.[1].Properties.Environment.Variables.PLIMSOLL_SCALE_IN) as string);
  expect(told).toEqual({
    autoScalingGroupName: expect.stringMatching(/^\$\{HostsASG\w+\}$/),
    maxDraining: 10,
    dryRun: false,
    balanceZones: true,
    patience: { idleMinutes: 20 },
  });
  // As the function itself reads it.
  const PLIMSOLL_TASK_SIZES = '[{"name":"web","cpuUnits":250,"memoryMiB":400}]';
  expect(readConfiguration({ AWS_REGION: 'eu-west-1', PLIMSOLL_TASK_SIZES, PLIMSOLL_SCALE_IN: JSON.stringify(told) })).toMatchObject({
    value: { scaleIn: { patience: { ...DEFAULT_SCALE_IN_PATIENCE, idleMinutes: 20 } } },
  });
  expect(statementFor(template, 'CapacityPolicy', 'cloudwatch:GetMetricData').Resource).toBe('*');
  expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toContain('DescribeAlarms');
  for (const metric of [capacity.metricOccupiedHosts(), capacity.metricNeededHosts()]) {
    expect(metric.toMetricConfig().metricStat).toMatchObject({ statistic: 'Maximum', period: Duration.minutes(1) });
  }
});

test.each<[Partial<ClusterCapacityProps>, RegExp]>([
  [{ scaleIn: { patience: {}, afterMinutes: 10 } }, /afterMinutes and patience exclude one another: leave afterMinutes out/],
  [{ scaleIn: { patience: { idleMinutes: 0 } } }, /idleMinutes of patience is 0: give a whole number from 1 to 1440/],
  [{ scaleIn: { patience: { spareHosts: 5001 } } }, /spareHosts of patience is 5001: give a whole number from 0 to 5000/],
  [{ scaleIn: { patience: { surplusMinutes: 2.5 } } }, /surplusMinutes of patience is 2.5/],
  [{ scaleIn: { patience: { occupiedMinutes: 1441 } } }, /occupiedMinutes of patience is 1441/],
  [{ scaleIn: { patience: {} }, clusterSize: 5000 }, /read each 10 minutes: set ecsCallsPerSecond to 19/],
  [{ scaleIn: { patience: {} }, batchingWindow: Duration.seconds(31) }, /batchingWindow is 31 s: give at most 30 s/],
])('%j: the function could not look back, and it is refused', (options, message) => {
  expect(() => scaled(options)).toThrow(message);
  const { patience: _, ...scaleIn } = options.scaleIn ?? {};
  expect(() => scaled({ ...options, scaleIn })).not.toThrow();
});

test('two that remove hosts of one cluster are refused, though no alarm of either does', () => {
  const { stack, cluster, capacityProvider } = clusterWithHosts();
  const props = { cluster, capacityProvider, taskSizes, scaleOut: false as const, scaleIn: { patience: {} } };
  new ClusterCapacity(stack, 'One', { ...props, metricNamespace: 'one' });
  new ClusterCapacity(stack, 'Two', { ...props, metricNamespace: 'two' });
  expect(() => Template.fromStack(stack)).toThrow(/scales the same cluster/);
});

test.each<[Partial<ClusterCapacityProps>, number, number]>([
  [{ scaleIn: {} }, 120, 8],
  [{ scaleIn: { afterMinutes: 1 } }, 120, 1],
  [{ scaleIn: { afterMinutes: 1440 } }, 120, 720],
  [{ scaleIn: {}, batchingWindow: Duration.minutes(5) }, 360, 3],
  // 1,101 calls at two a second: one reading in ten minutes.
  [{ scaleIn: {}, clusterSize: 5000 }, 660, 2],
  [{ scaleIn: { afterMinutes: 1440 }, clusterSize: 5000 }, 660, 130],
  [{ scaleIn: {}, clusterSize: 5000, ecsCallsPerSecond: 20 }, 120, 8],
])('%j: the alarm that lets hosts go has periods of %d s, in each of which there is a number, %d of them', (options, Period, periods) => {
  const { stack } = scaled(options);
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'DrainableHosts',
    Period,
    EvaluationPeriods: periods,
    DatapointsToAlarm: periods,
  });
});

test('a budget too small for a reading each minute is warned of, with the one that does', () => {
  const { stack } = scaled({ clusterSize: 5000 });
  Annotations.fromStack(stack).hasWarning(
    '/Example/Capacity',
    Match.stringLikeRegexp('at 2 calls a second 5000 hosts, ten tasks on each, are read each 10 minutes.*set ecsCallsPerSecond to 19'),
  );
  Annotations.fromStack(scaled({ clusterSize: 5000, ecsCallsPerSecond: 19 }).stack).hasNoWarning('/Example/Capacity', Match.anyValue());
  Annotations.fromStack(scaled().stack).hasNoWarning('/Example/Capacity', Match.anyValue());
});

describe('judged when the app is complete', () => {
  test('managed scaling of the same group is refused', () => {
    const { stack } = scaled({}, { enableManagedScaling: true });
    expect(() => Template.fromStack(stack)).toThrow(
      /managed scaling of Example\/Provider\/Provider would scale the same group: set its enableManagedScaling to false/,
    );
  });

  test('a provider made later by others is found', () => {
    const { stack, cluster, group } = clusterWithHosts();
    new ClusterCapacity(stack, 'Capacity', { cluster, autoScalingGroup: group, taskSizes });
    new CfnCapacityProvider(stack, 'Later', {
      autoScalingGroupProvider: { autoScalingGroupArn: group.autoScalingGroupName, managedTerminationProtection: 'ENABLED' },
    });
    expect(() => Template.fromStack(stack)).toThrow(
      /termination protection of Example\/Later.*enableManagedTerminationProtection to false/,
    );
  });

  test('a provider of a like stack is no concern of this one', () => {
    const here = clusterWithHosts();
    const there = clusterWithHosts({ enableManagedScaling: true, enableManagedDraining: false }, false, new Stack(here.app, 'Other'));
    const capacity = (stack: Stack, { cluster, group }: typeof here) =>
      new ClusterCapacity(stack, 'Capacity', { cluster, autoScalingGroup: group, taskSizes, scaleIn: {} });
    capacity(here.stack, here);
    expect(() => Template.fromStack(here.stack)).not.toThrow();
    // And its own is found where the stacks are two.
    const apart = new Stack(here.app, 'Apart');
    capacity(apart, there);
    expect(() => here.app.synth({ force: true })).toThrow(/managed scaling of Other\/Provider\/Provider.*managed draining of Other/s);
  });

  test('hosts that are protected from scale-in would never go', () => {
    const { stack } = scaled({ scaleIn: {} }, {}, true);
    expect(() => Template.fromStack(stack)).toThrow(/protected from scale-in/);
  });

  test('protected hosts are fine where nothing is scaled in', () => {
    const { stack } = scaled({}, {}, true);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('without managed draining tasks would be killed', () => {
    const { stack } = scaled({ scaleIn: {} }, { enableManagedDraining: false });
    expect(() => Template.fromStack(stack)).toThrow(/managed draining.*enableManagedDraining to true/);
  });

  test('with managed draining nothing is warned of; without a provider it is', () => {
    const { stack } = scaled({ scaleIn: {} });
    Annotations.fromStack(stack).hasNoWarning('/Example/Capacity', Match.anyValue());
    const bare = clusterWithHosts();
    const autoScalingGroup = AutoScalingGroup.fromAutoScalingGroupName(bare.stack, 'Imported', 'others');
    new ClusterCapacity(bare.stack, 'Capacity', { cluster: bare.cluster, autoScalingGroup, taskSizes, scaleIn: {} });
    Annotations.fromStack(bare.stack).hasWarning('/Example/Capacity', Match.stringLikeRegexp('managed draining'));
  });
});

test('as in the book: two alarms and one host more or less each ten minutes', () => {
  const { stack, capacity } = scaled({ scaleOut: false });
  capacity.scaleAsInBook();
  const template = Template.fromStack(stack);
  for (const [adjustment, alarm] of [
    [1, { MetricName: 'ContainerCapacity', ComparisonOperator: 'LessThanThreshold', Statistic: 'Minimum' }],
    [-1, { MetricName: 'IdleHostCapacity', ComparisonOperator: 'GreaterThanThreshold', Statistic: 'Maximum' }],
  ] as const) {
    const properties = { PolicyType: 'SimpleScaling', ScalingAdjustment: adjustment, Cooldown: '600' };
    const [policy] = Object.keys(template.findResources('AWS::AutoScaling::ScalingPolicy', { Properties: properties }));
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...alarm,
      Threshold: 1,
      EvaluationPeriods: 1,
      TreatMissingData: 'ignore',
      AlarmActions: [{ Ref: policy }],
    });
  }
});
