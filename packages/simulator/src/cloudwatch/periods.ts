import type { DataPoint } from './metric-store.js';
import { mergeStatistics, type StatisticSet } from './statistics.js';
import type { StandardUnit } from './unit.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Periods below a minute that CloudWatch takes, in seconds; above, any multiple of 60. */
const SUB_MINUTE_PERIODS: readonly number[] = [1, 5, 10, 20, 30];

/**
 * How long data points of a period stay: beyond each age only periods that are a multiple of the
 * given seconds return anything
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html).
 */
const RETENTION = [
  { olderThanMs: 455 * DAY_MS, multipleOfSeconds: Infinity },
  { olderThanMs: 63 * DAY_MS, multipleOfSeconds: 3600 },
  { olderThanMs: 15 * DAY_MS, multipleOfSeconds: 300 },
  { olderThanMs: 3 * HOUR_MS, multipleOfSeconds: 60 },
] as const;

/** A stretch of time to aggregate over. */
export interface Window {
  /** First instant, Unix milliseconds, as asked for; rounded down before use. */
  readonly startMs: number;
  /** End, Unix milliseconds, exclusive. */
  readonly endMs: number;
  /** Length of a period, in seconds: 1, 5, 10, 20, 30 or a multiple of 60. */
  readonly periodSeconds: number;
  /** Present time, Unix milliseconds: age decides on rounding and on what is kept. */
  readonly nowMs: number;
}

/** The samples of one unit in one period. */
export interface Period {
  /** Start of the period, Unix milliseconds. */
  readonly startMs: number;
  readonly unit: StandardUnit;
  readonly statistics: StatisticSet;
}

/** Whether CloudWatch takes the number as a period. */
export function isPeriod(seconds: number): boolean {
  return SUB_MINUTE_PERIODS.includes(seconds) || (Number.isSafeInteger(seconds) && seconds > 0 && seconds % 60 === 0);
}

/**
 * Start of the first period: the start time rounded down to a minute, to five minutes beyond 15
 * days of age, to an hour beyond 63, and to the period itself if that is below a minute (`StartTime` in
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html).
 */
function roundStart({ startMs, periodSeconds, nowMs }: Window): number {
  const ageMs = nowMs - startMs;
  let granularityMs = periodSeconds < 60 ? periodSeconds * SECOND_MS : MINUTE_MS;
  if (ageMs > 63 * DAY_MS) granularityMs = HOUR_MS;
  else if (ageMs > 15 * DAY_MS) granularityMs = 5 * MINUTE_MS;
  return Math.floor(startMs / granularityMs) * granularityMs;
}

/** Number of periods the time asked for is long. */
export function countPeriods({ startMs, endMs, periodSeconds }: Window): number {
  return Math.ceil((endMs - startMs) / (periodSeconds * SECOND_MS));
}

/** Statistics of the data points in each period that has any, one entry a unit, oldest first. */
export function aggregate(points: readonly DataPoint[], window: Window): readonly Period[] {
  const startMs = roundStart(window);
  const periodMs = window.periodSeconds * SECOND_MS;
  const periods = new Map<string, Period>();
  for (const { timestampMs, unit, statistics } of points) {
    if (timestampMs < startMs || timestampMs >= window.endMs) continue;
    const periodStartMs = startMs + Math.floor((timestampMs - startMs) / periodMs) * periodMs;
    if (!isKept(periodStartMs, window)) continue;
    const key = `${periodStartMs} ${unit}`;
    periods.set(key, { startMs: periodStartMs, unit, statistics: mergeStatistics(periods.get(key)?.statistics, statistics) });
  }
  return [...periods.values()].sort((a, b) => a.startMs - b.startMs);
}

function isKept(periodStartMs: number, { periodSeconds, nowMs }: Window): boolean {
  const rule = RETENTION.find(({ olderThanMs }) => nowMs - periodStartMs > olderThanMs);
  return rule === undefined || periodSeconds % rule.multipleOfSeconds === 0;
}
