import type { MetricIdentity } from './metric.js';
import type { GetMetricDataInput } from './operation-inputs.js';
import { dimensionsOf, requiredNamespace, requiredText, unitOf } from './parameters.js';
import { isPeriod } from './periods.js';
import type { Problems } from './problems.js';
import { isStatistic, type Statistic } from './statistics.js';
import type { StandardUnit } from './unit.js';

/** Most queries of one request (`MetricDataQueries` of API_GetMetricData). */
const MAX_QUERIES = 500;

/** One metric asked for. */
export interface MetricDataQuery {
  readonly id: string;
  readonly label: string;
  readonly returnData: boolean;
  readonly metric: MetricIdentity;
  readonly statistic: Statistic;
  readonly periodSeconds: number;
  /** Only data of this unit; data of every unit taken together if absent. */
  readonly unit: StandardUnit | undefined;
}

type QueryInput = NonNullable<GetMetricDataInput['MetricDataQueries']>[number];
type MetricStatInput = NonNullable<QueryInput['MetricStat']>;

/** The queries of a request; only to be used if no problem was found. */
export function readQueries(problems: Problems, inputs: GetMetricDataInput['MetricDataQueries'] = []): readonly MetricDataQuery[] {
  if (inputs.length === 0) problems.missing('MetricDataQueries');
  if (inputs.length > MAX_QUERIES) problems.invalid(`The collection MetricDataQueries must not have a size greater than ${MAX_QUERIES}.`);
  const queries = inputs.map((input, index) => readQuery(problems, `MetricDataQueries.member.${index + 1}`, input));
  const ids = queries.map(({ id }) => id).filter((id) => id !== '');
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) problems.invalid(`The values for parameter Id in MetricDataQueries must be unique; ${repeated} is repeated.`);
  return queries;
}

function readQuery(problems: Problems, path: string, input: QueryInput): MetricDataQuery {
  const id = requiredText(problems, `${path}.Id`, input.Id);
  if (id !== '' && !/^[a-z][a-zA-Z0-9_]*$/.test(id)) problems.invalid(`The value ${id} for parameter ${path}.Id is invalid.`);
  checkKind(problems, path, input);
  const stat = readMetricStat(problems, `${path}.MetricStat`, input.MetricStat);
  return { id, label: input.Label ?? stat.metric.name, returnData: input.ReturnData ?? true, ...stat };
}

function checkKind(problems: Problems, path: string, { Expression, MetricStat, AccountId }: QueryInput): void {
  if (Expression !== undefined && MetricStat !== undefined) {
    problems.combination('The parameters MetricDataQuery Expression and MetricStat are mutually exclusive and you have specified both.');
  } else if (Expression !== undefined) {
    problems.invalid(`The parameter ${path}.Expression is not modelled by this local endpoint; use MetricStat.`);
  } else if (MetricStat === undefined) {
    problems.missing(`${path}.MetricStat`);
  }
  if (AccountId !== undefined) problems.invalid(`The parameter ${path}.AccountId is not modelled by this local endpoint.`);
}

function readMetricStat(
  problems: Problems,
  path: string,
  input: MetricStatInput | undefined,
): Omit<MetricDataQuery, 'id' | 'label' | 'returnData'> {
  const metric = { namespace: '', name: '', dimensions: [] };
  if (input === undefined) return { metric, statistic: 'Sum', periodSeconds: 60, unit: undefined };
  return {
    metric: {
      namespace: requiredNamespace(problems, `${path}.Metric.Namespace`, input.Metric?.Namespace),
      name: requiredText(problems, `${path}.Metric.MetricName`, input.Metric?.MetricName),
      dimensions: dimensionsOf(problems, `${path}.Metric.Dimensions`, input.Metric?.Dimensions),
    },
    statistic: readStatistic(problems, `${path}.Stat`, input.Stat),
    periodSeconds: readPeriod(problems, `${path}.Period`, input.Period),
    unit: unitOf(problems, `${path}.Unit`, input.Unit),
  };
}

function readStatistic(problems: Problems, path: string, value: string | undefined): Statistic {
  const name = requiredText(problems, path, value);
  if (isStatistic(name)) return name;
  if (name !== '')
    problems.invalid(
      `The value ${name} for parameter ${path} is not a valid statistic. Percentiles and other extended statistics are not modelled by this local endpoint.`,
    );
  return 'Sum';
}

function readPeriod(problems: Problems, path: string, value: number | undefined): number {
  if (value === undefined) problems.missing(path);
  else if (!isPeriod(value)) problems.invalid(`The parameter ${path} must be 1, 5, 10, 20, 30 or a multiple of 60; it is ${value}.`);
  else return value;
  return 60;
}
