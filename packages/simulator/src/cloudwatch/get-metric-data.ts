import { parameterFault } from './fault.js';
import { type MetricDataQuery, readQueries } from './metric-data-query.js';
import type { Operation, OperationContext } from './operation.js';
import type { GetMetricDataInput } from './operation-inputs.js';
import { parseOffset, serializeOffset } from './page-token.js';
import { requiredTime } from './parameters.js';
import { aggregate } from './periods.js';
import { Problems } from './problems.js';
import { statistic } from './statistics.js';

/** Most data points of one page, and how many there are unless asked for fewer (`MaxDatapoints` of API_GetMetricData). */
const MAX_DATA_POINTS = 100_800;

/** One metric of an answer; `Values[i]` belongs to `Timestamps[i]`. */
export interface MetricDataResult {
  readonly Id: string;
  readonly Label: string;
  readonly Timestamps: readonly Date[];
  readonly Values: readonly number[];
  /** `PartialData` if a later page has more of the metric. */
  readonly StatusCode: 'Complete' | 'PartialData';
}

/** Answer of `GetMetricData`. */
export interface GetMetricDataOutput {
  readonly MetricDataResults: readonly MetricDataResult[];
  readonly NextToken?: string;
  readonly Messages: readonly never[];
}

/** One statistic of each of many metrics, in pages. */
export const getMetricData: Operation<GetMetricDataInput, GetMetricDataOutput> = (input, context) => {
  const problems = new Problems();
  const queries = readQueries(problems, input.MetricDataQueries);
  const range = readRange(problems, input);
  const pageSize = input.MaxDatapoints ?? MAX_DATA_POINTS;
  if (pageSize < 1 || pageSize > MAX_DATA_POINTS)
    problems.invalid(`The parameter MaxDatapoints must be between 1 and ${MAX_DATA_POINTS}; it is ${pageSize}.`);
  if (!['TimestampAscending', 'TimestampDescending'].includes(input.ScanBy ?? 'TimestampDescending')) {
    problems.invalid('The parameter ScanBy must be a value in the set [ TimestampDescending, TimestampAscending ].');
  }
  // This operation answers every wrong parameter with one code: https://github.com/prometheus-community/yet-another-cloudwatch-exporter/issues/1435
  const error = problems.fault('ValidationError');
  if (error !== undefined) return { ok: false, error };
  const offset = parseOffset(input.NextToken);
  if (offset === undefined)
    return { ok: false, error: parameterFault('InvalidNextToken', 'The value for parameter NextToken is invalid.') };
  const descending = input.ScanBy !== 'TimestampAscending';
  const series = queries.filter(({ returnData }) => returnData).map((query) => readSeries(query, { ...range, descending, context }));
  return { ok: true, value: page(series, offset, pageSize) };
};

interface Range {
  readonly startMs: number;
  readonly endMs: number;
}

interface Series {
  readonly id: string;
  readonly label: string;
  readonly values: readonly { readonly timestampMs: number; readonly value: number }[];
}

function readRange(problems: Problems, { StartTime, EndTime }: GetMetricDataInput): Range {
  const startMs = requiredTime(problems, 'StartTime', StartTime);
  const endMs = requiredTime(problems, 'EndTime', EndTime);
  if (StartTime === undefined || EndTime === undefined) return { startMs, endMs };
  if (startMs === endMs) problems.invalid('The parameter StartTime must not equal parameter EndTime.');
  if (startMs > endMs) problems.invalid('The parameter StartTime must be less than the parameter EndTime.');
  return { startMs, endMs };
}

function readSeries(query: MetricDataQuery, options: Range & { readonly descending: boolean; readonly context: OperationContext }): Series {
  const { descending, context, ...range } = options;
  // A result has no unit to tell units apart by, so data of all units are taken together.
  const points = context.store
    .points(query.metric)
    .filter(({ unit }) => query.unit === undefined || unit === query.unit)
    .map((point) => ({ ...point, unit: 'None' as const }));
  const periods = aggregate(points, { ...range, periodSeconds: query.periodSeconds, nowMs: context.nowMs });
  const values = periods.map(({ startMs, statistics }) => ({ timestampMs: startMs, value: statistic(query.statistic, statistics) }));
  return { id: query.id, label: query.label, values: descending ? values.toReversed() : values };
}

/** The data points from `offset` on, counted over all series; every series is on the first page, even without data. */
function page(series: readonly Series[], offset: number, size: number): GetMetricDataOutput {
  const end = offset + size;
  let position = 0;
  const results: MetricDataResult[] = [];
  for (const { id, label, values } of series) {
    const part = values.slice(Math.max(0, offset - position), Math.max(0, end - position));
    position += values.length;
    if (part.length === 0 && offset > 0) continue;
    results.push({
      Id: id,
      Label: label,
      Timestamps: part.map(({ timestampMs }) => new Date(timestampMs)),
      Values: part.map(({ value }) => value),
      StatusCode: values.length === 0 || position <= end ? 'Complete' : 'PartialData',
    });
  }
  return { MetricDataResults: results, Messages: [], ...(position > end ? { NextToken: serializeOffset(end) } : {}) };
}
