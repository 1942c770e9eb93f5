import { AlarmStatusWidget, Dashboard, type DashboardProps, GraphWidget, SingleValueWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { ClusterCapacity } from './cluster-capacity.js';
import type { TaskSize } from './task-size.js';

/** What a dashboard is made of. */
export interface CapacityDashboardOptions {
  readonly capacity: ClusterCapacity;
  readonly taskSizes: readonly TaskSize[];
  readonly props: Omit<DashboardProps, 'widgets'>;
}

/** A dashboard: what fits, what is short, what could go, and whether the machinery works. */
export function capacityDashboard(scope: Construct, id: string, { capacity, taskSizes, props }: CapacityDashboardOptions): Dashboard {
  const ofEach = (metric: (size: TaskSize) => ReturnType<ClusterCapacity['metricHostsShort']>) => taskSizes.map(metric);
  const alarms = [
    capacity.errorsAlarm,
    capacity.deadLettersAlarm,
    capacity.staleAlarm,
    capacity.hostsShortAlarm,
    capacity.hostsDrainableAlarm,
  ];
  return new Dashboard(scope, id, {
    ...props,
    widgets: [
      [
        new SingleValueWidget({
          title: 'Hosts',
          width: 12,
          metrics: [capacity.metricActiveHosts(), capacity.metricHostsShort(), capacity.metricDrainableHosts()],
        }),
        new AlarmStatusWidget({ title: 'Alarms', width: 12, alarms: alarms.filter((alarm) => alarm !== undefined) }),
      ],
      [
        new GraphWidget({
          title: 'How many more tasks fit',
          width: 12,
          left: ofEach((size) => capacity.metricContainerCapacity(size, { label: size.name })),
        }),
        new GraphWidget({
          title: "Hosts' worth of room",
          width: 12,
          left: ofEach((size) => capacity.metricIdleHostCapacity(size, { label: size.name })),
        }),
      ],
      [
        new GraphWidget({
          title: 'Hosts short and drainable',
          width: 12,
          left: [capacity.metricHostsShort(), capacity.metricDrainableHosts()],
        }),
        new GraphWidget({
          title: 'The function',
          width: 12,
          left: [capacity.handler.metricInvocations(), capacity.handler.metricErrors()],
          right: [capacity.handler.metricDuration()],
        }),
      ],
    ],
  });
}
