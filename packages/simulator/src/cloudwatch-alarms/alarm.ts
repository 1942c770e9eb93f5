import type { MetricIdentity } from '../cloudwatch/metric.js';
import type { DataPoint } from '../cloudwatch/metric-store.js';
import { mergeStatistics, type Statistic, type StatisticSet, statistic } from '../cloudwatch/statistics.js';

/** State of an alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** How a period's statistic is compared with the threshold. */
export const COMPARISONS = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;

/** What a period without data counts as. */
export const MISSING_DATA = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

/** An alarm on one metric. */
export interface Alarm {
  /** Its name. */
  readonly name: string;
  /** What it watches. */
  readonly metric: MetricIdentity;
  /** The statistic it looks at. */
  readonly statistic: Statistic;
  /** Length of a period, in seconds. */
  readonly periodSeconds: number;
  /** Periods it looks at. Integer, at least 1. */
  readonly evaluationPeriods: number;
  /** How many of them must breach. Integer, at least 1. */
  readonly datapointsToAlarm: number;
  /** What they are compared with, in the metric's unit. */
  readonly threshold: number;
  /** How. */
  readonly comparison: keyof typeof COMPARISONS;
  /** What a period without data counts as. */
  readonly treatMissingData: (typeof MISSING_DATA)[number];
}

/**
 * The state of an alarm over the last whole periods. Pure.
 *
 * Simpler than CloudWatch, which also looks at some periods before these where data are missing.
 *
 * @returns `undefined` where the state stays as it is
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function evaluateAlarm(alarm: Alarm, points: readonly DataPoint[], nowMs: number): AlarmState | undefined {
  const periods = lastPeriods(alarm, points, nowMs);
  const { comparison, threshold, treatMissingData, datapointsToAlarm } = alarm;
  const known = periods.filter((set) => set !== undefined);
  if (known.length === 0 && treatMissingData === 'missing') return 'INSUFFICIENT_DATA';
  if (known.length === 0 && treatMissingData === 'ignore') return undefined;
  const breaching =
    known.filter((set) => COMPARISONS[comparison](statistic(alarm.statistic, set), threshold)).length +
    (treatMissingData === 'breaching' ? periods.length - known.length : 0);
  if (breaching >= datapointsToAlarm) return 'ALARM';
  // What is missing could still breach: that says neither one nor the other.
  const open = treatMissingData === 'ignore' || treatMissingData === 'missing' ? periods.length - known.length : 0;
  return breaching + open >= datapointsToAlarm && open > 0 ? undefined : 'OK';
}

function lastPeriods(
  { periodSeconds, evaluationPeriods }: Alarm,
  points: readonly DataPoint[],
  nowMs: number,
): ReadonlyArray<StatisticSet | undefined> {
  const lengthMs = periodSeconds * 1000;
  const endMs = Math.floor(nowMs / lengthMs) * lengthMs;
  return Array.from({ length: evaluationPeriods }, (_, index) => {
    const startMs = endMs - (index + 1) * lengthMs;
    return points
      .filter(({ timestampMs }) => timestampMs >= startMs && timestampMs < startMs + lengthMs)
      .reduce<StatisticSet | undefined>((sum, { statistics }) => mergeStatistics(sum, statistics), undefined);
  });
}
