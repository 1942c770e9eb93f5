import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { LocalEndpoint } from '@plimsoll/simulator';
import { CLUSTER } from './cluster.js';

/** Namespace the function publishes into. */
export const NAMESPACE = 'Plimsoll/ECS';

/** One published number's history: value by second since the epoch. */
export type Series = ReadonlyMap<number, number>;

/** Names one published number: the metric, and the task size where it is of one. */
export interface MetricName {
  readonly metric: 'ContainerCapacity' | 'IdleHostCapacity';
  readonly taskSize?: string;
}

/**
 * Reads metrics back through the CloudWatch API, at their full resolution of one second.
 *
 * Asks for both extremes of each second, so that two different values in one second cannot pass for one.
 *
 * @returns one series a name, in order, with `NaN` for a second whose extremes differ
 */
export async function readMetrics(endpoint: LocalEndpoint, names: readonly MetricName[], from: Date, to: Date): Promise<readonly Series[]> {
  const client = new CloudWatchClient({
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const queries = names.flatMap((name, index) => [query(name, `low${index}`, 'Minimum'), query(name, `high${index}`, 'Maximum')]);
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({ MetricDataQueries: queries, StartTime: from, EndTime: to, ScanBy: 'TimestampAscending' }),
    );
    const series = new Map(MetricDataResults.map((result) => [result.Id, seriesOf(result.Timestamps ?? [], result.Values ?? [])]));
    return names.map((_, index) => agreed(series.get(`low${index}`) ?? new Map(), series.get(`high${index}`) ?? new Map()));
  } finally {
    client.destroy();
  }
}

function query(name: MetricName, id: string, stat: string): MetricDataQuery {
  const dimensions = [{ Name: 'ClusterName', Value: CLUSTER }];
  if (name.taskSize !== undefined) dimensions.push({ Name: 'TaskSize', Value: name.taskSize });
  return {
    Id: id,
    MetricStat: { Metric: { Namespace: NAMESPACE, MetricName: name.metric, Dimensions: dimensions }, Period: 1, Stat: stat },
  };
}

function seriesOf(timestamps: readonly Date[], values: readonly number[]): Series {
  return new Map(timestamps.map((timestamp, index) => [Math.floor(timestamp.getTime() / 1000), values[index] ?? Number.NaN]));
}

function agreed(low: Series, high: Series): Series {
  return new Map([...low].map(([second, value]) => [second, high.get(second) === value ? value : Number.NaN]));
}
