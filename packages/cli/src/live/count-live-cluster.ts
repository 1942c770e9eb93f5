import type { PlacementOptions, TaskSizes } from '@plimsoll/capacity-core';
import { decideCapacity, readHosts } from '@plimsoll/capacity-lambda';
import { type Count, countPooled } from '../count.js';
import { type LiveClusterOptions, readLiveCluster } from './read-live-cluster.js';

/** How to count a live cluster. */
export interface LiveCountOptions extends LiveClusterOptions {
  /** The exact method decides by the function of the Lambda, `decideCapacity`. */
  readonly method: 'exact' | 'pooled';
  /** ARN of the pooled method's reference host. */
  readonly referenceHost?: string;
}

/**
 * Counts a live cluster as the Lambda does: a record that cannot be read is left out with a warning, the other hosts count.
 *
 * @throws UsageError without a usable region
 * @throws FaultError when a call fails for good
 */
export async function countLiveCluster(options: LiveCountOptions, taskSizes: TaskSizes, placement: PlacementOptions): Promise<Count> {
  const { cluster, records, warnings } = await readLiveCluster(options);
  if (options.method === 'exact') {
    const { capacity, hosts, refusedRecords } = decideCapacity({ records, updates: [], taskSizes, placement });
    return { cluster, hosts, answer: { ok: true, value: capacity }, warnings: [...warnings, ...refusedRecords.map(leftOut)] };
  }
  const { hosts, refused } = readHosts(records);
  const answer = countPooled(hosts, taskSizes, options);
  return { cluster, hosts, answer, warnings: [...warnings, ...refused.map(leftOut)] };
}

function leftOut({ message }: { readonly message: string }): string {
  return `host left out: ${message}`;
}
