import type { Operation } from './operation.js';
import type { GetMetricStatisticsInput } from './operation-inputs.js';
import { dimensionsOf, requiredNamespace, requiredText, requiredTime, unitOf } from './parameters.js';
import { aggregate, countPeriods, isPeriod, type Period, type Window } from './periods.js';
import { Problems } from './problems.js';
import { isStatistic, STATISTICS, type Statistic, statistic } from './statistics.js';
import type { StandardUnit } from './unit.js';

/** Most data points of one answer (API_GetMetricStatistics). */
const MAX_STATISTICS_DATA_POINTS = 1440;

/** One period of an answer. */
export type Datapoint = { readonly Timestamp: Date; readonly Unit: StandardUnit } & { readonly [Name in Statistic]?: number };

/** Answer of `GetMetricStatistics`. */
export interface GetMetricStatisticsOutput {
  readonly Label: string;
  /** Oldest first, which AWS does not promise. */
  readonly Datapoints: readonly Datapoint[];
}

/** Statistics of one metric, a data point for each period and unit that has data. */
export const getMetricStatistics: Operation<GetMetricStatisticsInput, GetMetricStatisticsOutput> = (input, { store, nowMs }) => {
  const problems = new Problems();
  const namespace = requiredNamespace(problems, 'Namespace', input.Namespace);
  const name = requiredText(problems, 'MetricName', input.MetricName);
  const dimensions = dimensionsOf(problems, 'Dimensions', input.Dimensions);
  const unit = unitOf(problems, 'Unit', input.Unit);
  const statistics = statisticsOf(problems, input);
  const window = windowOf(problems, input, nowMs);
  const error = problems.fault();
  if (error !== undefined) return { ok: false, error };
  const points = store.points({ namespace, name, dimensions }).filter((point) => unit === undefined || point.unit === unit);
  return { ok: true, value: { Label: name, Datapoints: aggregate(points, window).map((period) => datapointOf(period, statistics)) } };
};

function windowOf(problems: Problems, { StartTime, EndTime, Period }: GetMetricStatisticsInput, nowMs: number): Window {
  const startMs = requiredTime(problems, 'StartTime', StartTime);
  const endMs = requiredTime(problems, 'EndTime', EndTime);
  const window = { startMs, endMs, periodSeconds: Period ?? 60, nowMs };
  if (Period === undefined) problems.missing('Period');
  else if (!isPeriod(Period)) problems.invalid(`The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60; it is ${Period}.`);
  else if (StartTime !== undefined && EndTime !== undefined) checkOrder(problems, window);
  return window;
}

function checkOrder(problems: Problems, window: Window): void {
  if (window.startMs === window.endMs) problems.invalid('The parameter StartTime must not equal parameter EndTime.');
  if (window.startMs > window.endMs) problems.invalid('The parameter StartTime must be less than the parameter EndTime.');
  const count = countPeriods(window);
  if (count > MAX_STATISTICS_DATA_POINTS) {
    problems.combination(
      `You have requested up to ${count} datapoints, which exceeds the limit of ${MAX_STATISTICS_DATA_POINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
}

function statisticsOf(problems: Problems, input: GetMetricStatisticsInput): readonly Statistic[] {
  const { Statistics = [], ExtendedStatistics = [] } = input;
  if (Statistics.length > 0 && ExtendedStatistics.length > 0) {
    problems.combination('The parameters Statistics and ExtendedStatistics are mutually exclusive and you have specified both.');
  } else if (ExtendedStatistics.length > 0) {
    problems.invalid('The parameter ExtendedStatistics is not modelled by this local endpoint; use Statistics.');
  } else if (Statistics.length === 0) {
    problems.combination('Must specify either Statistics or ExtendedStatistics.');
  }
  const known = Statistics.filter(isStatistic);
  if (known.length < Statistics.length)
    problems.invalid(`The parameter Statistics must contain values in the set [ ${STATISTICS.join(', ')} ].`);
  return known;
}

function datapointOf({ startMs, unit, statistics }: Period, names: readonly Statistic[]): Datapoint {
  const values = Object.fromEntries(names.map((name) => [name, statistic(name, statistics)]));
  return { Timestamp: new Date(startMs), ...values, Unit: unit };
}
