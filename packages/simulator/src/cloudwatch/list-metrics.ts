import { metricKey } from './metric.js';
import type { StoredMetric } from './metric-store.js';
import type { Operation } from './operation.js';
import type { ListMetricsInput } from './operation-inputs.js';
import { parseKey, serializeKey } from './page-token.js';
import { requiredText } from './parameters.js';
import { Problems } from './problems.js';

/** Metrics on one page (API_ListMetrics). */
const METRICS_A_PAGE = 500;
/** Most dimension filters (`Dimensions` of API_ListMetrics). */
const MAX_FILTERS = 10;

const HOUR_MS = 3_600_000;
/** A metric is listed if it had data within two weeks, or within three hours if asked for (API_ListMetrics). */
const LISTED_FOR_MS = 14 * 24 * HOUR_MS;
const RECENT_MS = 3 * HOUR_MS;

/** Answer of `ListMetrics`. */
export interface ListMetricsOutput {
  readonly Metrics: readonly {
    readonly Namespace: string;
    readonly MetricName: string;
    readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  }[];
  readonly NextToken?: string;
}

/** The metrics that match, in pages; a metric published while pages are read neither repeats nor hides another. */
export const listMetrics: Operation<ListMetricsInput, ListMetricsOutput> = (input, { store, nowMs }) => {
  const problems = new Problems();
  const matches = matcherOf(problems, input);
  if (input.RecentlyActive !== undefined && input.RecentlyActive !== 'PT3H')
    problems.invalid('The parameter RecentlyActive must be a value in the set [ PT3H ].');
  if (input.IncludeLinkedAccounts === true || input.OwningAccount !== undefined)
    problems.invalid('Linked accounts are not modelled by this local endpoint.');
  const after = parseKey(input.NextToken);
  if (after === undefined) problems.invalid('The value for parameter NextToken is invalid.');
  const error = problems.fault();
  if (error !== undefined) return { ok: false, error };
  const oldestMs = nowMs - (input.RecentlyActive === undefined ? LISTED_FOR_MS : RECENT_MS);
  const rest = store
    .metrics()
    .filter((metric) => metric.newestTimestampMs >= oldestMs && matches(metric))
    .map((metric) => ({ metric, key: metricKey(metric) }))
    .filter(({ key }) => key > (after ?? ''));
  const page = rest.slice(0, METRICS_A_PAGE);
  const last = page.at(-1);
  return {
    ok: true,
    value: {
      Metrics: page.map(({ metric }) => ({
        Namespace: metric.namespace,
        MetricName: metric.name,
        Dimensions: metric.dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
      })),
      ...(last !== undefined && rest.length > page.length ? { NextToken: serializeKey(last.key) } : {}),
    },
  };
};

function matcherOf(problems: Problems, { Namespace, MetricName, Dimensions = [] }: ListMetricsInput): (metric: StoredMetric) => boolean {
  if (Dimensions.length > MAX_FILTERS) problems.invalid(`The collection Dimensions must not have a size greater than ${MAX_FILTERS}.`);
  Dimensions.forEach(({ Name }, index) => {
    requiredText(problems, `Dimensions.member.${index + 1}.Name`, Name);
  });
  return (metric) =>
    (Namespace === undefined || metric.namespace === Namespace) &&
    (MetricName === undefined || metric.name === MetricName) &&
    Dimensions.every((filter) =>
      metric.dimensions.some(({ name, value }) => name === filter.Name && (filter.Value === undefined || value === filter.Value)),
    );
}
