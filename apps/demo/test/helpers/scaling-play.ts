import type { ScalingMoment, ScalingPlay } from '../../src/scaling/moment.js';

const alarm = {
  Namespace: 'Plimsoll/ECS',
  Dimensions: [],
  Statistic: 'Maximum' as const,
  Period: 60,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};

/** A short play in which everything is as it should be: a host comes in minute 1 and goes in minute 4, by 2 minutes of 2. */
export function scalingPlay(): ScalingPlay {
  return {
    settings: {
      hosts: { minimum: 1, maximum: 2 },
      tasks: { minimum: 1, maximum: 4 },
      hostPolicy: {
        id: 'out',
        alarm: { ...alarm, AlarmName: 'short', MetricName: 'HostsShort', EvaluationPeriods: 1 },
        steps: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
        pauseSeconds: 180,
      },
      drainableAlarm: { ...alarm, AlarmName: 'drainable', MetricName: 'DrainableHosts', EvaluationPeriods: 2 },
      taskPolicies: [],
    },
    moments: [
      moment(0),
      { ...moment(1), alarms: ['short'], hosts: { active: 1, draining: 0, booting: 1 }, happenings: ['HostsShort is 1: <1> host added'] },
      { ...moment(2), hosts: { active: 2, draining: 0, booting: 0 }, published: published(1) },
      { ...moment(3), hosts: { active: 2, draining: 0, booting: 0 }, published: published(1) },
      { ...moment(4), hosts: { active: 1, draining: 1, booting: 0 }, published: published(1) },
      moment(5),
    ],
    additions: [{ minute: 1, hosts: 1 }],
    removals: [
      {
        minute: 4,
        named: { instanceId: 'i-1', containerInstanceArn: 'arn-1' },
        terminated: 'i-1',
        drained: 'arn-1',
        taskArns: ['task'],
        replaced: 1,
        goneMinute: 5,
      },
    ],
    invocations: 6,
  };
}

/** A minute in which nothing happens. */
export function moment(minute: number): ScalingMoment {
  return {
    minute,
    cpuPercent: 30,
    tasks: { desired: 2, running: 2, waiting: 0 },
    hosts: { active: 1, draining: 0, booting: 0 },
    published: published(0),
    alarms: [],
    happenings: [],
  };
}

function published(drainableHosts: number): ScalingMoment['published'] {
  return { hostsShort: 0, drainableHosts };
}
