import { exactCapacity, readHost, type TaskSizes } from '@plimsoll/capacity-core';
import type { DataPoint, LocalEndpoint, MetricStore } from '@plimsoll/simulator';

/** A number below a bound, as the simulator's random generator gives it. */
export type Random = () => number;

/** Registers hosts of one type, half of them with tasks on them; gives back their ARNs. */
export function registerHosts(endpoint: LocalEndpoint, cluster: string, count: number): readonly string[] {
  endpoint.ecs('CreateCluster', { clusterName: cluster });
  return Array.from({ length: count }, (_, index) => {
    const outcome = endpoint.ecs('RegisterContainerInstance', {
      cluster,
      totalResources: [
        { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
        { name: 'MEMORY', type: 'INTEGER', integerValue: 7680 },
      ],
      attributes: [
        { name: 'ecs.instance-type', value: 'm5.large' },
        { name: 'ecs.availability-zone', value: `eu-west-1${'abc'[index % 3]}` },
      ],
    });
    return String(
      (outcome as { readonly response?: { containerInstance?: { containerInstanceArn?: string } } }).response?.containerInstance
        ?.containerInstanceArn,
    );
  });
}

/** What the newest point of each metric of a cluster must be, told by ECS's own records. */
export function expectedMetrics(endpoint: LocalEndpoint, cluster: string, arns: readonly string[], sizes: TaskSizes) {
  const records = Array.from({ length: Math.ceil(arns.length / 100) }, (_, page) => {
    const containerInstances = arns.slice(page * 100, (page + 1) * 100);
    const outcome = endpoint.ecs('DescribeContainerInstances', { cluster, containerInstances });
    return (outcome as { readonly response?: { containerInstances?: readonly unknown[] } }).response?.containerInstances ?? [];
  }).flat();
  const hosts = records.flatMap((record) => {
    const host = readHost(record);
    return host.ok ? [host.value] : [];
  });
  const { containerCapacity, idleHostCapacity, taskSizes } = exactCapacity(hosts, sizes);
  return {
    ContainerCapacity: containerCapacity,
    IdleHostCapacity: idleHostCapacity,
    ActiveHosts: hosts.filter(({ status }) => status === 'ACTIVE').length,
    ...Object.fromEntries(taskSizes.flatMap((size) => [[`ContainerCapacity ${size.name}`, size.containerCapacity]])),
  };
}

/** The newest point of each metric of a cluster; of several with one time, the one stored last. */
export function newestMetrics(store: MetricStore, cluster: string): Readonly<Record<string, number | undefined>> {
  const newest = (points: readonly DataPoint[]) =>
    points.reduce<DataPoint | undefined>((a, b) => (a !== undefined && a.timestampMs > b.timestampMs ? a : b), undefined);
  return Object.fromEntries(
    store
      .metrics()
      .filter(({ dimensions }) => dimensions.some(({ name, value }) => name === 'ClusterName' && value === cluster))
      .map((metric) => {
        const size = metric.dimensions.find(({ name }) => name === 'TaskSize')?.value;
        return [size === undefined ? metric.name : `${metric.name} ${size}`, newest(store.points(metric))?.statistics.maximum];
      }),
  );
}
