import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import type { TaskSize } from './task-size.js';

/** A metric that the function publishes. */
export type CapacityMetricName =
  | 'ContainerCapacity'
  | 'IdleHostCapacity'
  | 'HostsShort'
  | 'DrainableHosts'
  | 'ActiveHosts'
  | 'OccupiedHosts'
  | 'NeededHosts'
  | 'StateAgeSeconds';

/** How each metric is summed up over a minute unless told otherwise: the value that is on the safe side. */
const STATISTICS: Readonly<Record<CapacityMetricName, string>> = {
  ContainerCapacity: Stats.MINIMUM,
  IdleHostCapacity: Stats.MINIMUM,
  HostsShort: Stats.MAXIMUM,
  DrainableHosts: Stats.MINIMUM,
  ActiveHosts: Stats.MINIMUM,
  OccupiedHosts: Stats.MAXIMUM,
  NeededHosts: Stats.MAXIMUM,
  StateAgeSeconds: Stats.MAXIMUM,
};

/** Which metric of which cluster. */
export interface CapacityMetricOptions {
  readonly namespace: string;
  readonly clusterName: string;
  readonly metricName: CapacityMetricName;
  readonly taskSize?: TaskSize;
}

/** The metric as CloudWatch knows it. */
export function capacityMetric(
  { namespace, clusterName, metricName, taskSize }: CapacityMetricOptions,
  options: MetricOptions = {},
): Metric {
  return new Metric({
    namespace,
    metricName,
    dimensionsMap: { ClusterName: clusterName, ...(taskSize && { TaskSize: taskSize.name }) },
    statistic: STATISTICS[metricName],
    period: Duration.minutes(1),
    ...(metricName === 'StateAgeSeconds' && { unit: Unit.SECONDS }),
    ...options,
  });
}
