import { type CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { PublishError } from './fault.js';

/**
 * Most data in one request.
 *
 * A datum of ours is at most 0.8 kB of JSON (names of clusters and of task sizes end at 255 characters), so that so many stay
 * under the request's other limit, 1 MB.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
const MAX_DATA = 1_000;

/** What to publish, and where. */
export interface PublishMetricsOptions {
  /** CloudWatch namespace. */
  readonly namespace: string;
  /** The data, in any number. */
  readonly data: readonly MetricDatum[];
  /** Ends the publishing; the promise then rejects with the signal's reason. */
  readonly abortSignal?: AbortSignal;
}

/**
 * Sends metric data to CloudWatch, in one request where they fit.
 *
 * @returns the number of PutMetricData calls made
 * @throws PublishError when a call fails for good
 */
export async function publishMetrics(
  cloudWatch: Pick<CloudWatchClient, 'send'>,
  { namespace, data, abortSignal }: PublishMetricsOptions,
): Promise<number> {
  let calls = 0;
  for (let start = 0; start < data.length; start += MAX_DATA) {
    abortSignal?.throwIfAborted();
    const command = new PutMetricDataCommand({ Namespace: namespace, MetricData: data.slice(start, start + MAX_DATA) });
    try {
      await cloudWatch.send(command, abortSignal === undefined ? {} : { abortSignal });
    } catch (cause) {
      abortSignal?.throwIfAborted();
      const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
      throw new PublishError(`PutMetricData of ${data.length} data to ${namespace} failed: ${reason}`, { cause });
    }
    calls += 1;
  }
  return calls;
}
