import { Duration } from 'aws-cdk-lib';
import { AdjustmentType, type IAutoScalingGroup, MetricAggregationType, StepScalingAction } from 'aws-cdk-lib/aws-autoscaling';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AutoScalingAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';

/** Hosts short, and how many are added then: never more than are short. */
const STEPS = [
  { hosts: 1, to: 2 },
  { hosts: 2, to: 5 },
  { hosts: 5, to: 10 },
  { hosts: 10, to: undefined },
] as const;

/** Alarm and policy that add hosts. */
export class HostScaleOut extends Construct {
  /** In ALARM while hosts are short. */
  public readonly alarm: Alarm;

  public constructor(
    scope: Construct,
    id: string,
    { group, hostsShort, warmup }: { group: IAutoScalingGroup; hostsShort: Metric; warmup: Duration },
  ) {
    super(scope, id);
    const policy = new StepScalingAction(this, 'Policy', {
      autoScalingGroup: group,
      adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
      metricAggregationType: MetricAggregationType.MAXIMUM,
      estimatedInstanceWarmup: warmup,
    });
    // Bounds are counted from the alarm's threshold.
    for (const { hosts, to } of STEPS) {
      policy.addAdjustment({ adjustment: hosts, lowerBound: hosts - 1, ...(to !== undefined && { upperBound: to - 1 }) });
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

/** The alarm that lets the function remove a host: one was drainable in each of the last minutes. */
export function drainableAlarm(scope: Construct, drainableHosts: Metric, minutes: number): Alarm {
  return new Alarm(scope, 'HostsDrainable', {
    metric: drainableHosts.with({ period: Duration.minutes(1) }),
    alarmDescription: 'A host could be emptied all this time: the function removes one',
    threshold: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: minutes,
    datapointsToAlarm: minutes,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}
