import type { ClusterCapacity } from '@plimsoll/capacity-core';
import { capacityMetrics } from '../src/capacity-metrics.js';

const timestamp = new Date('2026-01-01T00:00:00Z');
const common = { clusterName: 'demo', timestamp, storageResolutionSeconds: 60 } as const;

function capacity(containerCapacity: number, idleHostCapacity: number | null): ClusterCapacity {
  const numbers = { containerCapacity, idleHostCapacity };
  const size = { name: 'web', ...numbers, binding: null, precision: 'exact', notes: [] } as const;
  return { method: 'exact', hosts: { registered: 0, eligible: 0 }, ...numbers, taskSizes: [size] };
}

describe('capacityMetrics', () => {
  test('gives both metrics by cluster, and by cluster and task size', () => {
    const cluster = { Name: 'ClusterName', Value: 'demo' };
    const size = { Name: 'TaskSize', Value: 'web' };
    expect(capacityMetrics({ ...common, capacity: capacity(3, 0.75) })).toEqual([
      { MetricName: 'ContainerCapacity', Dimensions: [cluster], Timestamp: timestamp, Value: 3, Unit: 'Count', StorageResolution: 60 },
      { MetricName: 'IdleHostCapacity', Dimensions: [cluster], Timestamp: timestamp, Value: 0.75, Unit: 'None', StorageResolution: 60 },
      {
        MetricName: 'ContainerCapacity',
        Dimensions: [cluster, size],
        Timestamp: timestamp,
        Value: 3,
        Unit: 'Count',
        StorageResolution: 60,
      },
      {
        MetricName: 'IdleHostCapacity',
        Dimensions: [cluster, size],
        Timestamp: timestamp,
        Value: 0.75,
        Unit: 'None',
        StorageResolution: 60,
      },
    ]);
  });

  test('asks for the resolution it is given', () => {
    const data = capacityMetrics({ ...common, storageResolutionSeconds: 1, capacity: capacity(3, 0.75) });
    expect(data.map(({ StorageResolution }) => StorageResolution)).toEqual([1, 1, 1, 1]);
  });

  test('publishes zero', () => {
    expect(capacityMetrics({ ...common, capacity: capacity(0, 0) }).map(({ Value }) => Value)).toEqual([0, 0, 0, 0]);
  });

  test.each([null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('leaves %p out, and the rest in', (value) => {
    const idle = capacityMetrics({ ...common, capacity: capacity(2, value) });
    expect(idle.map(({ MetricName, Value }) => [MetricName, Value])).toEqual([
      ['ContainerCapacity', 2],
      ['ContainerCapacity', 2],
    ]);
    if (value !== null) {
      const containers = capacityMetrics({ ...common, capacity: capacity(value, 1) });
      expect(containers.map(({ MetricName, Value }) => [MetricName, Value])).toEqual([
        ['IdleHostCapacity', 1],
        ['IdleHostCapacity', 1],
      ]);
    }
  });
});
