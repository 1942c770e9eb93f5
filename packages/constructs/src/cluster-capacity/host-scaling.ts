import { Duration } from 'aws-cdk-lib';
import { AdjustmentType, type IAutoScalingGroup, MetricAggregationType, StepScalingAction } from 'aws-cdk-lib/aws-autoscaling';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AutoScalingAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import type { ScaleOutProps } from './cluster-capacity-props.js';

/**
 * Hosts added at once, each where so many or more are short: never more than are short, and no less than half of them to 400.
 *
 * Simulated, tasks wait 9 to 57 % less by such steps than by 1, 2, 5 and 10, for at most 3 % more hours of hosts:
 * docs/policy-simulation.md. A policy has 20 of them at most
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html).
 */
const STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 50, 70, 100, 150, 200] as const;

/**
 * How long a host that is in service may take until its agent has registered. Where that takes longer than the warm-up, hosts are
 * added again for what is on its way: simulated, 30 s launch 1.9 to 2.4 times as many where agents take one to two minutes, and 60 s
 * 1.2 to 1.3 times. Where it takes less, tasks wait at most 5 % longer than with 60 s: docs/policy-simulation.md.
 */
export const DEFAULT_WARMUP = Duration.minutes(2);

/** Whether hosts are added as events tell. */
export function followsEvents(scaleOut: ScaleOutProps | false | undefined): boolean {
  return scaleOut !== false && scaleOut?.followEvents === true;
}

/** What hosts are added with. */
export interface HostScaleOutProps {
  readonly group: IAutoScalingGroup;
  readonly hostsShort: Metric;
  readonly warmup: Duration;
}

/** Alarm and policy that add hosts. */
export class HostScaleOut extends Construct {
  /** In ALARM while hosts are short. */
  public readonly alarm: Alarm;

  public constructor(scope: Construct, id: string, { group, hostsShort, warmup }: HostScaleOutProps) {
    super(scope, id);
    const policy = new StepScalingAction(this, 'Policy', {
      autoScalingGroup: group,
      adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
      metricAggregationType: MetricAggregationType.MAXIMUM,
      estimatedInstanceWarmup: warmup,
    });
    // Bounds are counted from the alarm's threshold.
    for (const [index, hosts] of STEPS.entries()) {
      const next = STEPS[index + 1];
      policy.addAdjustment({ adjustment: hosts, lowerBound: hosts - 1, ...(next !== undefined && { upperBound: next - 1 }) });
    }
    this.alarm = new Alarm(this, 'HostsShort', {
      metric: hostsShort,
      alarmDescription: 'Waiting tasks or headroom do not fit: hosts are added',
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      // Without a fresh number nothing is known to be short, and an alarm that stands repeats its action each minute.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    this.alarm.addAlarmAction(new AutoScalingAction(policy));
  }
}

/** A day is the longest that an alarm looks back: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const MOST_MINUTES = 1440;

/** What the alarm on drainable hosts is made with. */
export interface DrainableAlarmOptions {
  readonly drainableHosts: Metric;
  /** For how many minutes some host must be drainable. */
  readonly minutes: number;
  /** A period in which there is a number for certain: one without would keep the alarm from ever being raised. */
  readonly period: Duration;
}

/** The alarm that lets the function remove hosts: some host, not always the same, was drainable in each of the last minutes. */
export function drainableAlarm(scope: Construct, { drainableHosts, minutes, period }: DrainableAlarmOptions): Alarm {
  const evaluationPeriods = Math.max(1, Math.min(Math.ceil(minutes / period.toMinutes()), Math.floor(MOST_MINUTES / period.toMinutes())));
  return new Alarm(scope, 'HostsDrainable', {
    metric: drainableHosts.with({ period }),
    alarmDescription: 'A host could be emptied all this time: the function removes what can be now',
    threshold: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods,
    datapointsToAlarm: evaluationPeriods,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}
