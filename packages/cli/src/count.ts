import {
  type ClusterCapacity,
  type Host,
  type PooledCapacityError,
  pooledCapacity,
  type Result,
  type TaskSizes,
} from '@plimsoll/capacity-core';

/** What was counted of one cluster. */
export interface Count {
  /** Name of the cluster; `null` where the input does not say. */
  readonly cluster: string | null;
  /** The hosts that were counted, or left out as not eligible. */
  readonly hosts: readonly Host[];
  /** The answer, or why the pooled method has none. */
  readonly answer: Result<ClusterCapacity, PooledCapacityError>;
  /** What the reader should be told, a line each. */
  readonly warnings: readonly string[];
}

/** Counts by the pooled method, with the options as the command line has them. */
export function countPooled(
  hosts: readonly Host[],
  taskSizes: TaskSizes,
  { referenceHost }: { readonly referenceHost?: string },
): Result<ClusterCapacity, PooledCapacityError> {
  return pooledCapacity(hosts, taskSizes, referenceHost === undefined ? {} : { referenceHostArn: referenceHost });
}
