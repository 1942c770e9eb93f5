import { readDatum } from './datum.js';
import type { Operation } from './operation.js';
import type { MetricDatumInput, PutMetricDataInput } from './operation-inputs.js';
import { requiredNamespace } from './parameters.js';
import { Problems } from './problems.js';

/** Most metrics in one request, over `MetricData` and `EntityMetricData` (API_PutMetricData). */
const MAX_METRICS = 1000;
/** Most entities in one request (likewise). */
const MAX_ENTITIES = 2;

/**
 * Publishes data points, all of the request or none.
 *
 * The entities in `EntityMetricData` are not kept, the metric data with them is.
 */
export const putMetricData: Operation<PutMetricDataInput, undefined> = (input, { store, nowMs }) => {
  const problems = new Problems();
  const namespace = requiredNamespace(problems, 'Namespace', input.Namespace);
  // Namespaces of AWS's own services are closed to callers.
  if (namespace.startsWith('AWS/')) problems.invalid('The value AWS/ for parameter Namespace is invalid.');
  const data = listData(input, problems);
  const published = data.map(({ path, datum }) => readDatum(datum, { problems, namespace, path, nowMs }));
  const error = problems.fault();
  if (error !== undefined) return { ok: false, error };
  store.put(published);
  return { ok: true, value: undefined };
};

interface PlacedDatum {
  readonly path: string;
  readonly datum: MetricDatumInput;
}

function listData(input: PutMetricDataInput, problems: Problems): readonly PlacedDatum[] {
  const entities = input.EntityMetricData ?? [];
  if (entities.length > MAX_ENTITIES)
    problems.invalid(`The collection EntityMetricData must not have a size greater than ${MAX_ENTITIES}.`);
  const data = [
    ...place('MetricData', input.MetricData),
    ...entities.flatMap(({ MetricData }, index) => place(`EntityMetricData.member.${index + 1}.MetricData`, MetricData)),
  ];
  if (data.length === 0) problems.missing('MetricData');
  if (data.length <= MAX_METRICS) return data;
  problems.invalid(`The collection MetricData must not have a size greater than ${MAX_METRICS}.`);
  return [];
}

function place(path: string, data: readonly MetricDatumInput[] = []): readonly PlacedDatum[] {
  return data.map((datum, index) => ({ path: `${path}.member.${index + 1}`, datum }));
}
