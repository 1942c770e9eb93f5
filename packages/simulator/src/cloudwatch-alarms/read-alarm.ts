import { type Outcome, parameterFault } from '../cloudwatch/fault.js';
import type { Decoded } from '../cloudwatch/input-shape.js';
import { dimensionsOf, requiredNamespace, requiredText } from '../cloudwatch/parameters.js';
import { Problems } from '../cloudwatch/problems.js';
import { isStatistic, STATISTICS } from '../cloudwatch/statistics.js';
import { type Alarm, COMPARISONS, MISSING_DATA } from './alarm.js';

/** Input of `PutMetricAlarm`, as in the model of @aws-sdk/client-cloudwatch 3.1162.0; actions and descriptions are passed over. */
export const PUT_METRIC_ALARM = {
  structure: {
    AlarmName: 'string',
    Namespace: 'string',
    MetricName: 'string',
    Dimensions: { list: { structure: { Name: 'string', Value: 'string' } } },
    Statistic: 'string',
    Period: 'integer',
    EvaluationPeriods: 'integer',
    DatapointsToAlarm: 'integer',
    Threshold: 'double',
    ComparisonOperator: 'string',
    TreatMissingData: 'string',
  },
} as const;

/** Reads an alarm on one metric; metric math, percentiles and anomaly detection are refused. */
export function readAlarm(input: Decoded<typeof PUT_METRIC_ALARM>): Outcome<Alarm> {
  const problems = new Problems();
  const name = requiredText(problems, 'AlarmName', input.AlarmName);
  const metric = {
    namespace: requiredNamespace(problems, 'Namespace', input.Namespace),
    name: requiredText(problems, 'MetricName', input.MetricName),
    dimensions: dimensionsOf(problems, 'Dimensions', input.Dimensions),
  };
  const { Statistic = '', ComparisonOperator = '', TreatMissingData = 'missing', Threshold, EvaluationPeriods = 0 } = input;
  const { Period = 0, DatapointsToAlarm = EvaluationPeriods } = input;
  const treatMissingData = MISSING_DATA.find((choice) => choice === TreatMissingData);
  if (!(Period > 0 && (Period % 60 === 0 || [10, 20, 30].includes(Period)))) problems.invalid(`The value ${Period} for Period is invalid.`);
  if (EvaluationPeriods < 1) problems.invalid('The value for parameter EvaluationPeriods must be at least 1.');
  if (DatapointsToAlarm < 1 || DatapointsToAlarm > EvaluationPeriods) {
    problems.invalid('The value for parameter DatapointsToAlarm must be from 1 to EvaluationPeriods.');
  }
  if (Threshold === undefined) problems.missing('Threshold');
  if (treatMissingData === undefined) problems.invalid(`The value ${TreatMissingData} for parameter TreatMissingData is invalid.`);
  if (!Object.hasOwn(COMPARISONS, ComparisonOperator)) problems.invalid(`The value ${ComparisonOperator} is no comparison modelled here.`);
  const error = problems.fault();
  if (error !== undefined) return { ok: false, error };
  if (!isStatistic(Statistic)) {
    return { ok: false, error: parameterFault('InvalidParameterValue', `Statistic must be one of ${STATISTICS.join(', ')}.`) };
  }
  return {
    ok: true,
    value: {
      name,
      metric,
      statistic: Statistic,
      periodSeconds: Period,
      evaluationPeriods: EvaluationPeriods,
      datapointsToAlarm: DatapointsToAlarm,
      threshold: Threshold ?? 0,
      comparison: ComparisonOperator as keyof typeof COMPARISONS,
      treatMissingData: treatMissingData ?? 'missing',
    },
  };
}
