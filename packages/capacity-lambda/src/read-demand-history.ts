import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { DEMAND_METRICS, demandHistory, firstMinute } from './demand-history.js';
import { DemandReadError } from './fault.js';
import type { HostDemand } from './host-demand.js';

/**
 * How long CloudWatch may take to tell what was needed, tries again included, in milliseconds.
 *
 * Hosts that stay for want of an answer are asked about in the next minute again; the invocation's time is for what cannot wait.
 */
const PATIENCE_MILLIS = 5_000;

/** Which cluster is looked back on, and how far. */
export interface DemandQuestion {
  /** CloudWatch namespace of the metrics. */
  readonly namespace: string;
  /** Name of the cluster. */
  readonly clusterName: string;
  /** How many minutes, the present one included. Integer, at least 1. */
  readonly minutes: number;
  /** What is needed now. */
  readonly present: HostDemand;
  /** When that was read, in milliseconds since 1970. */
  readonly readAtMillis: number;
  /** Now, in milliseconds since 1970. */
  readonly nowMillis: number;
  /** Ends the work. */
  readonly abortSignal: AbortSignal;
}

/**
 * Asks CloudWatch what each of the last minutes needed at most, in one call, which answers up to 100,800 data points.
 *
 * The end is exclusive and the start inclusive; points of a minute have the time of its beginning, so that the present one is among them.
 * Maximum: a retried request can have published a value twice.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 * @throws DemandReadError when it does not answer in time
 */
export async function readDemandHistory(
  cloudWatch: Pick<CloudWatchClient, 'send'>,
  question: DemandQuestion,
): Promise<ReadonlyArray<HostDemand | undefined>> {
  const { namespace, clusterName, nowMillis, abortSignal } = question;
  const queries = Object.entries(DEMAND_METRICS).map(([Id, MetricName]): MetricDataQuery => {
    const Metric = { Namespace: namespace, MetricName, Dimensions: [{ Name: 'ClusterName', Value: clusterName }] };
    return { Id, MetricStat: { Metric, Period: 60, Stat: 'Maximum' } };
  });
  const command = new GetMetricDataCommand({
    MetricDataQueries: queries,
    StartTime: new Date(firstMinute(question)),
    EndTime: new Date(nowMillis),
    ScanBy: 'TimestampAscending',
  });
  try {
    const ends = AbortSignal.any([abortSignal, AbortSignal.timeout(PATIENCE_MILLIS)]);
    const { MetricDataResults: results = [] } = await cloudWatch.send(command, { abortSignal: ends });
    return demandHistory({ ...question, results });
  } catch (cause) {
    abortSignal.throwIfAborted();
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new DemandReadError(`GetMetricData of what ${clusterName} needed failed: ${reason}`, { cause });
  }
}
