import type { DataPoint, PublishedMetric } from './metric-store.js';
import type { MetricDatumInput } from './operation-inputs.js';
import { dimensionsOf, requiredText, unitOf } from './parameters.js';
import type { Problems } from './problems.js';
import { type StatisticSet, statisticsOf } from './statistics.js';

/** Most values in one datum (`Values` of API_MetricDatum). */
const MAX_VALUES = 150;

/** Largest magnitude of a value: 2 to the power 360 (`Value` of API_MetricDatum). */
const MAX_MAGNITUDE = 2 ** 360;

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
/** Oldest time stamp taken: two weeks (`Timestamp` of API_PutMetricData). */
const MAX_AGE_MS = 14 * 24 * HOUR_MS;
/** Farthest time stamp ahead taken: two hours (likewise). */
const MAX_AHEAD_MS = 2 * HOUR_MS;

const NOTHING: StatisticSet = { sampleCount: 0, sum: 0, minimum: 0, maximum: 0 };

/** Where a datum stands in its request, and when that came. */
export interface DatumContext {
  readonly problems: Problems;
  readonly namespace: string;
  /** Path of the datum in the request, as CloudWatch's messages name it: `MetricData.member.1`. */
  readonly path: string;
  /** Present time, Unix milliseconds. */
  readonly nowMs: number;
}

/** The data point a datum stands for; only to be used if no problem was found. */
export function readDatum(datum: MetricDatumInput, context: DatumContext): PublishedMetric {
  const { problems, namespace, path } = context;
  const name = requiredText(problems, `${path}.MetricName`, datum.MetricName);
  const dimensions = dimensionsOf(problems, `${path}.Dimensions`, datum.Dimensions);
  const unit = unitOf(problems, `${path}.Unit`, datum.Unit) ?? 'None';
  const statistics = readSamples(datum, context);
  const point: DataPoint = { timestampMs: readTimestamp(datum, context), unit, statistics };
  return { metric: { namespace, name, dimensions }, points: [point] };
}

function readTimestamp(datum: MetricDatumInput, { problems, path, nowMs }: DatumContext): number {
  const resolutionSeconds = datum.StorageResolution ?? 60;
  if (resolutionSeconds !== 1 && resolutionSeconds !== 60)
    problems.invalid(`The parameter ${path}.StorageResolution must be a value in the set [ 1, 60 ].`);
  const timestampMs = datum.Timestamp?.getTime() ?? nowMs;
  if (nowMs - timestampMs > MAX_AGE_MS) problems.invalid(`The parameter ${path}.Timestamp must specify a time within the past two weeks.`);
  if (timestampMs - nowMs > MAX_AHEAD_MS)
    problems.invalid(`The parameter ${path}.Timestamp must specify a time no more than two hours in the future.`);
  const resolutionMs = resolutionSeconds * SECOND_MS;
  return Math.floor(timestampMs / resolutionMs) * resolutionMs;
}

function readSamples(datum: MetricDatumInput, context: DatumContext): StatisticSet {
  const { problems, path } = context;
  const given = (['Value', 'Values', 'StatisticValues'] as const).filter((member) => {
    const value = datum[member];
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  });
  const [first, second] = given;
  if (second !== undefined) {
    problems.combination(`The parameters ${path}.${first} and ${path}.${second} are mutually exclusive and you have specified both.`);
  }
  if (first === undefined)
    problems.combination(`One of the parameters ${path}.Value, ${path}.Values and ${path}.StatisticValues must be specified.`);
  if (datum.StatisticValues !== undefined) return readStatisticSet(datum.StatisticValues, context);
  if (datum.Value !== undefined) return readWeighted([datum.Value], [1], { ...context, path: `${path}.Value` });
  return readValues(datum, context);
}

function readValues({ Values = [], Counts }: MetricDatumInput, context: DatumContext): StatisticSet {
  const { problems, path } = context;
  if (Values.length > MAX_VALUES) problems.invalid(`The collection ${path}.Values must not have a size greater than ${MAX_VALUES}.`);
  if (Counts !== undefined && Counts.length !== Values.length) {
    problems.combination(`The parameters ${path}.Values and ${path}.Counts must be of the same size.`);
  }
  (Counts ?? []).forEach((count, index) => {
    const at = `${path}.Counts.member.${index + 1}`;
    checkValue(problems, at, count);
    if (count < 0) problems.invalid(`The value ${count} for parameter ${at} is invalid.`);
  });
  return readWeighted(Values, Counts ?? [], { ...context, path: `${path}.Values` });
}

function readWeighted(values: readonly number[], counts: readonly number[], { problems, path }: DatumContext): StatisticSet {
  values.forEach((value, index) => {
    checkValue(problems, values.length === 1 && path.endsWith('.Value') ? path : `${path}.member.${index + 1}`, value);
  });
  return statisticsOf(values.map((value, index) => ({ value, count: counts[index] ?? 1 }))) ?? NOTHING;
}

function readStatisticSet(set: NonNullable<MetricDatumInput['StatisticValues']>, { problems, path }: DatumContext): StatisticSet {
  const member = (name: keyof typeof set): number => {
    const at = `${path}.StatisticValues.${name}`;
    const value = set[name];
    if (value === undefined) problems.missing(at);
    else checkValue(problems, at, value);
    return value ?? 0;
  };
  return { sampleCount: member('SampleCount'), sum: member('Sum'), minimum: member('Minimum'), maximum: member('Maximum') };
}

/** NaN fails the comparison too, and the infinities are out of range. */
function checkValue(problems: Problems, path: string, value: number): void {
  if (!(Math.abs(value) <= MAX_MAGNITUDE)) problems.invalid(`The value ${value} for parameter ${path} is invalid.`);
}
