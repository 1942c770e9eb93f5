import { CloudWatchClient, PutMetricAlarmCommand, type PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import {
  createAutoScaling,
  createCloudWatch,
  createCloudWatchAlarms,
  type EcsEvent,
  type LocalEndpoint,
  startLocalEndpoint,
} from '@plimsoll/simulator';
import { LocalCluster } from '../deployment/local-cluster.js';
import { resourcesOfType, type Template } from '../template/template.js';
import { CapacityFunction } from './capacity-function.js';
import { MINUTES } from './load.js';
import { MetricsInVirtualTime } from './metrics-in-virtual-time.js';
import type { ScalingPlay } from './moment.js';
import { ScaledCluster } from './scaled-cluster.js';
import { readScalingSettings, type ScalingSettings } from './settings.js';
import { HOUR_MILLIS, type VirtualClock } from './virtual-clock.js';

/**
 * Raises and lowers the load of the stack's service in virtual minutes, and lets the stack's own alarms, policies and shipped capacity
 * function answer.
 *
 * @throws {DemoError} when the function fails
 */
export async function playScaling(template: Template, onProgress: (minute: number, what: string) => void): Promise<ScalingPlay> {
  // From the next whole hour on: what the schedule sends is never older than what the function published, and periods begin with the play.
  const clock: VirtualClock = { nowMillis: (Math.floor(Date.now() / HOUR_MILLIS) + 1) * HOUR_MILLIS };
  const cloudWatch = createCloudWatch();
  const metrics = new MetricsInVirtualTime(cloudWatch.store);
  const alarms = createCloudWatchAlarms({ store: metrics.store, clock: () => new Date(clock.nowMillis) });
  const terminated: string[] = [];
  const autoScaling = createAutoScaling({ onTerminate: (instanceId) => void terminated.push(instanceId) });
  const events: EcsEvent[] = [];
  let describeService: () => Readonly<Record<string, unknown>> = () => ({});
  const endpoint = await startLocalEndpoint({
    services: [alarms, cloudWatch, autoScaling],
    clock: () => new Date(clock.nowMillis),
    newId: counted(),
    onEvent: (event) => void events.push(event),
    // The endpoint has no services of its own: the demo's scheduler stands for them.
    intercept: ({ operation }) => {
      const service = describeService();
      if (operation === 'ListServices') return { kind: 'answer', output: { serviceArns: [service.serviceArn] } };
      return operation === 'DescribeServices' ? { kind: 'answer', output: { services: [service], failures: [] } } : undefined;
    },
  });
  try {
    const cluster = new LocalCluster(endpoint, template);
    for (const definition of resourcesOfType(template, 'AWS::ECS::TaskDefinition')) {
      cluster.register(definition, cluster.definitionOf(definition));
    }
    const settings = readScalingSettings(cluster);
    const play = new ScaledCluster({
      cluster,
      settings,
      clock,
      metrics,
      alarms,
      autoScaling,
      terminated,
      takeEvents: () => events.splice(0),
    });
    describeService = () => play.service.describe();
    await putAlarms(endpoint, settings);
    const capacityFunction = await CapacityFunction.start(endpoint, settings);
    try {
      for (let minute = 0; minute < MINUTES; minute += 1) {
        const { happenings } = await play.minute(minute, capacityFunction);
        onProgress(minute, happenings.join('; '));
      }
      return { ...play.result(), invocations: capacityFunction.invocations };
    } finally {
      await capacityFunction.close();
    }
  } finally {
    await endpoint.close();
  }
}

/** The stack's alarms on hosts and tasks, through CloudWatch's own API. */
async function putAlarms(endpoint: LocalEndpoint, settings: ScalingSettings): Promise<void> {
  const client = new CloudWatchClient({
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    for (const alarm of [settings.drainableAlarm, ...[settings.hostPolicy, ...settings.taskPolicies].map(({ alarm }) => alarm)]) {
      await client.send(new PutMetricAlarmCommand(alarm as unknown as PutMetricAlarmCommandInput));
    }
  } finally {
    client.destroy();
  }
}

/** Identifiers in order, so that every run is the same. */
function counted(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return count.toString(16).padStart(32, '0');
  };
}
