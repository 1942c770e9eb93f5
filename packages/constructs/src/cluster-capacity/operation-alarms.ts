import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IAlarmAction, MathExpression, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Alarms on the machinery itself. */
export interface OperationAlarms {
  /** The function, or a decision of it, failed in 3 of 5 minutes. */
  readonly errors: Alarm;
  /** Messages were given up. */
  readonly deadLetters: Alarm;
  /** No fresh number was published for some minutes. */
  readonly stale: Alarm;
}

/** What they watch. */
export interface OperationAlarmsOptions {
  readonly handler: IFunction;
  /** Log of the function, which names each decision that failed. */
  readonly logGroup: ILogGroup;
  /** Namespace for their number. */
  readonly namespace: string;
  /** Name of the cluster that they are about. */
  readonly clusterName: string;
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
export function operationAlarms(scope: Construct, options: OperationAlarmsOptions): OperationAlarms {
  const { deadLetterQueue, stateAge, staleMinutes, actions } = options;
  const common = {
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  };
  const alarms = {
    errors: new Alarm(scope, 'FunctionErrors', {
      ...common,
      metric: failures(scope, options),
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

/**
 * What failed in a minute: invocations, and decisions, of which the function hands the messages back to the queue and Lambda counts no
 * error (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html).
 */
function failures(scope: Construct, { handler, logGroup, namespace, clusterName }: OperationAlarmsOptions): MathExpression {
  const period = Duration.minutes(1);
  const filter = new MetricFilter(scope, 'FailedDecisions', {
    logGroup,
    filterPattern: FilterPattern.stringValue('$.message', '=', 'decision failed'),
    metricNamespace: namespace,
    metricName: 'FailedDecisions',
    dimensions: { ClusterName: '$.cluster' },
  });
  const failed = filter.metric({ statistic: 'Sum', period, dimensionsMap: { ClusterName: clusterName } });
  return new MathExpression({
    expression: 'FILL(errors, 0) + FILL(failed, 0)',
    usingMetrics: { errors: handler.metricErrors({ period }), failed },
    label: 'Failures',
    period,
  });
}
