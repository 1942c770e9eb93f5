import type { MetricDatum, StandardUnit } from '@aws-sdk/client-cloudwatch';
import type { ClusterCapacity } from '@plimsoll/capacity-core';
import type { StorageResolutionSeconds } from './configuration/metric-variables.js';

/** What the metrics of a cluster are made of. */
export interface CapacityMetricsOptions {
  /** Name of the cluster, as the dimension `ClusterName` carries it. */
  readonly clusterName: string;
  /** The cluster's capacity. */
  readonly capacity: ClusterCapacity;
  /** When the cluster was read. */
  readonly timestamp: Date;
  /** Resolution CloudWatch keeps them at, in seconds. */
  readonly storageResolutionSeconds: StorageResolutionSeconds;
}

/**
 * Units of the metrics.
 *
 * `IdleHostCapacity` is a sum of fractions of hosts, so it has none.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (`Unit`)
 */
const UNITS = { ContainerCapacity: 'Count', IdleHostCapacity: 'None' } as const satisfies Record<string, StandardUnit>;

/**
 * Turns a capacity into CloudWatch data: `ContainerCapacity` and `IdleHostCapacity` of the cluster, and of each task size.
 *
 * A number that is not known or not finite is left out: CloudWatch refuses a whole request for one NaN.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (`Value`)
 */
export function capacityMetrics(options: CapacityMetricsOptions): MetricDatum[] {
  const { clusterName, capacity, timestamp, storageResolutionSeconds: StorageResolution } = options;
  const cluster = [{ Name: 'ClusterName', Value: clusterName }];
  const groups = [
    { dimensions: cluster, numbers: capacity },
    ...capacity.taskSizes.map((size) => ({ dimensions: [...cluster, { Name: 'TaskSize', Value: size.name }], numbers: size })),
  ];
  return groups.flatMap(({ dimensions, numbers }) =>
    [
      { name: 'ContainerCapacity' as const, value: numbers.containerCapacity },
      { name: 'IdleHostCapacity' as const, value: numbers.idleHostCapacity },
    ].flatMap(({ name, value }) =>
      Number.isFinite(value) && value !== null
        ? [{ MetricName: name, Dimensions: dimensions, Timestamp: timestamp, Value: value, Unit: UNITS[name], StorageResolution }]
        : [],
    ),
  );
}
