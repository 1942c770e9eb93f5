import { CfnScalingPolicy, type IAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

/** What scaling as in the book is made with. */
export interface BookScalingProps {
  readonly containerCapacity: Metric;
  readonly idleHostCapacity: Metric;
  /** The group to scale; without one there are only the alarms. */
  readonly group: IAutoScalingGroup | undefined;
}

/**
 * The alarms and simple scaling policies that "Docker on Amazon Web Services" scales by, for those who come from there.
 *
 * They keep its faults: a minute's lull removes a host, and which one is Auto Scaling's choice.
 */
export class BookScaling extends Construct {
  /** `ContainerCapacity` < 1. */
  public readonly containerCapacityAlarm: Alarm;
  /** `IdleHostCapacity` > 1. */
  public readonly idleHostCapacityAlarm: Alarm;

  public constructor(scope: Construct, id: string, { containerCapacity, idleHostCapacity, group }: BookScalingProps) {
    super(scope, id);
    const common = { threshold: 1, evaluationPeriods: 1, treatMissingData: TreatMissingData.IGNORE };
    this.containerCapacityAlarm = new Alarm(this, 'ContainerCapacity', {
      ...common,
      metric: containerCapacity.with({ statistic: 'Minimum' }),
      alarmDescription: 'ContainerCapacity < 1: no room for one more task',
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    });
    this.idleHostCapacityAlarm = new Alarm(this, 'IdleHostCapacity', {
      ...common,
      metric: idleHostCapacity.with({ statistic: 'Maximum' }),
      alarmDescription: "IdleHostCapacity > 1: more than a host's worth of room",
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    });
    if (group === undefined) return;
    this.adjust(this.containerCapacityAlarm, group, 1);
    this.adjust(this.idleHostCapacityAlarm, group, -1);
  }

  private adjust(alarm: Alarm, group: IAutoScalingGroup, hosts: 1 | -1): void {
    const policy = new CfnScalingPolicy(this, hosts > 0 ? 'AddHost' : 'RemoveHost', {
      autoScalingGroupName: group.autoScalingGroupName,
      policyType: 'SimpleScaling',
      adjustmentType: 'ChangeInCapacity',
      scalingAdjustment: hosts,
      cooldown: '600',
    });
    alarm.addAlarmAction({ bind: () => ({ alarmActionArn: policy.ref }) });
  }
}
