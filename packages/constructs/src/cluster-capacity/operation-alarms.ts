import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IAlarmAction, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Alarms on the machinery itself. */
export interface OperationAlarms {
  /** The function failed in 3 of 5 minutes. */
  readonly errors: Alarm;
  /** Messages were given up. */
  readonly deadLetters: Alarm;
  /** No fresh number was published for some minutes. */
  readonly stale: Alarm;
}

/** What they watch. */
export interface OperationAlarmsOptions {
  readonly handler: IFunction;
  readonly deadLetterQueue: IQueue;
  /** How old what was read is when it is published. */
  readonly stateAge: Metric;
  /** Minutes after which numbers are old. */
  readonly staleMinutes: number;
  readonly actions: IAlarmAction[];
}

/** Age, in seconds, at which a number that is published is old already. */
const OLD_SECONDS = 120;

/** Makes the alarms on the function and on the queue of what it gave up. */
export function operationAlarms(
  scope: Construct,
  { handler, deadLetterQueue, stateAge, staleMinutes, actions }: OperationAlarmsOptions,
): OperationAlarms {
  const common = {
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  };
  const alarms = {
    errors: new Alarm(scope, 'FunctionErrors', {
      ...common,
      metric: handler.metricErrors({ period: Duration.minutes(1) }),
      alarmDescription: 'The capacity function fails: metrics stand still and nothing scales',
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    }),
    deadLetters: new Alarm(scope, 'DeadLettersGrow', {
      ...common,
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
      alarmDescription: 'Events were given up: the log of the capacity function says why',
      evaluationPeriods: 1,
    }),
    stale: new Alarm(scope, 'MetricsStale', {
      ...common,
      metric: stateAge,
      alarmDescription: 'No fresh number of this cluster for minutes: nothing scales by what is true',
      threshold: OLD_SECONDS,
      evaluationPeriods: staleMinutes,
      // What is not published is the oldest of all: whatever broke, rule, queue, function or rights, shows here.
      treatMissingData: TreatMissingData.BREACHING,
    }),
  };
  for (const alarm of Object.values(alarms)) alarm.addAlarmAction(...actions);
  return alarms;
}
