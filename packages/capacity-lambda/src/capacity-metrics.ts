import type { Dimension, MetricDatum, StandardUnit } from '@aws-sdk/client-cloudwatch';
import type { ClusterCapacity } from '@plimsoll/capacity-core';
import type { StorageResolutionSeconds } from './configuration/metric-variables.js';
import type { ScalingDecision } from './decide-scaling.js';
import type { HostDemand } from './host-demand.js';

/** What the metrics of a cluster are made of. */
export interface CapacityMetricsOptions {
  /** Name of the cluster, as the dimension `ClusterName` carries it. */
  readonly clusterName: string;
  /** The cluster's capacity. */
  readonly capacity: ClusterCapacity;
  /** Whether hosts are missing, and which could go; where absent, only capacity is published. */
  readonly scaling?: ScalingDecision;
  /**
   * How many hosts the cluster needs, for patient scale-in to look back on.
   *
   * @default not published
   */
  readonly demand?: HostDemand;
  /** How long ago the cluster was read, in seconds. At least 0; where absent, not published. */
  readonly stateAgeSeconds?: number;
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
const UNITS = {
  ContainerCapacity: 'Count',
  IdleHostCapacity: 'None',
  HostsShort: 'Count',
  DrainableHosts: 'Count',
  ActiveHosts: 'Count',
  OccupiedHosts: 'Count',
  NeededHosts: 'Count',
  StateAgeSeconds: 'Seconds',
} as const satisfies Record<string, StandardUnit>;

type MetricName = keyof typeof UNITS;

/**
 * Turns a decision into CloudWatch data: `ContainerCapacity` and `IdleHostCapacity` of the cluster and of each task size, and of the
 * cluster `HostsShort`, `DrainableHosts`, `ActiveHosts` and `StateAgeSeconds`; `OccupiedHosts` and `NeededHosts` where `demand` is given.
 *
 * A number that is not known or not finite is left out: CloudWatch refuses a whole request for one NaN. So is the room of a cluster
 * where no size is counted.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (`Value`)
 */
export function capacityMetrics(options: CapacityMetricsOptions): MetricDatum[] {
  const { clusterName, capacity, scaling, timestamp, storageResolutionSeconds: StorageResolution } = options;
  const cluster = [{ Name: 'ClusterName', Value: clusterName }];
  const data = (dimensions: Dimension[], numbers: Numbers): MetricDatum[] =>
    Object.entries(numbers).flatMap(([MetricName, value]) =>
      typeof value === 'number' && Number.isFinite(value)
        ? [
            {
              MetricName,
              Dimensions: dimensions,
              Timestamp: timestamp,
              Value: value,
              Unit: UNITS[MetricName as MetricName],
              StorageResolution,
            },
          ]
        : [],
    );
  return [
    ...data(cluster, {
      ...(capacity.taskSizes.length > 0 ? roomOf(capacity) : {}),
      HostsShort: scaling?.hostsShort,
      DrainableHosts: scaling?.drainable.containerInstanceArns.length,
      ActiveHosts: scaling?.activeHosts,
      OccupiedHosts: options.demand?.occupied,
      NeededHosts: options.demand?.needed,
      StateAgeSeconds: options.stateAgeSeconds,
    }),
    ...capacity.taskSizes.flatMap((size) => data([...cluster, { Name: 'TaskSize', Value: size.name }], roomOf(size))),
  ];
}

type Numbers = Readonly<Partial<Record<MetricName, number | null | undefined>>>;

function roomOf({ containerCapacity, idleHostCapacity }: Pick<ClusterCapacity, 'containerCapacity' | 'idleHostCapacity'>): Numbers {
  return { ContainerCapacity: containerCapacity, IdleHostCapacity: idleHostCapacity };
}
