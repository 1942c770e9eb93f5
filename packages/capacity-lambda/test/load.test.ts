import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TaskSizes } from '@plimsoll/capacity-core';
import {
  createCloudWatch,
  createRandom,
  type LambdaFunction,
  type LocalEndpoint,
  startLambdaFunction,
  startLocalEndpoint,
} from '@plimsoll/simulator';
import { scheduledEvent } from '@plimsoll/test-support';
import type { BatchResponse } from '../src/create-handler.js';
import { changeHosts } from './helpers/change-hosts.js';
import { expectedMetrics, newestMetrics, registerHosts } from './helpers/local-clusters.js';
import { type StandardQueue, standardQueue } from './helpers/standard-queue.js';
import { size } from './helpers/task-sizes.js';

const FULL = process.env.PLIMSOLL_TEST_LEVEL === 'full';
const BUNDLE = join(__dirname, '../bundle/index.js');
/** What ECS counts against the bucket that all readers of an account share. */
const BUDGETED = new Set(['ListContainerInstances', 'DescribeContainerInstances', 'ListTasks', 'DescribeTasks']);
const SIZES: TaskSizes = [size('web', 512), size('big', 2048)];

interface Load {
  readonly clusters: number;
  readonly hosts: number;
  readonly events: number;
  readonly callsPerSecond: number;
  /** How long the events take to come, in seconds. */
  readonly seconds: number;
  /** Period of the schedule, in seconds. */
  readonly period: number;
}

/** At the full level at the function's own pace: 2 calls a second, a minute's schedule. */
const LOADS: readonly Load[] = [
  { clusters: 4, hosts: 1_000, events: 10_000, callsPerSecond: 20, seconds: 4, period: 3 },
  ...(FULL ? [{ clusters: 1, hosts: 5_000, events: 100_000, callsPerSecond: 2, seconds: 130, period: 60 }] : []),
];

describe('the shipped bundle under load, against ECS with its throttle on', () => {
  let endpoint: LocalEndpoint;
  let functions: readonly LambdaFunction[] = [];
  const cloudWatch = createCloudWatch();
  let told = 0;
  const queue: { current: StandardQueue } = { current: standardQueue() };
  const random = createRandom(Number(process.env.PLIMSOLL_TEST_SEED ?? 1));
  beforeEach(async () => {
    queue.current = standardQueue();
    endpoint = await startLocalEndpoint({
      throttling: true,
      services: [cloudWatch],
      onEvent: (event) => {
        if (event['detail-type'] !== 'ECS Container Instance State Change') return;
        told += 1;
        // One in fifty is lost, one in fifty comes twice.
        const luck = random.next();
        if (luck > 0.02) queue.current.send(event);
        if (luck > 0.98) queue.current.send(event);
      },
    });
  });
  afterEach(async () => {
    await Promise.all(functions.map((lambda) => lambda.close()));
    await endpoint.close();
  });

  test.each(LOADS)(
    '$events events over $hosts hosts in $clusters clusters',
    async (load) => {
      const names = Array.from({ length: load.clusters }, (_, index) => `cluster-${load.hosts}-${index}`);
      const hosts = names.map((name) => registerHosts(endpoint, name, load.hosts / load.clusters));
      endpoint.ecs('RegisterTaskDefinition', {
        family: 'web',
        containerDefinitions: [{ name: 'web', image: 'web', cpu: 512, memory: 512 }],
      });
      queue.current = standardQueue();
      functions = await Promise.all(
        [0, 1].map(() =>
          startLambdaFunction({
            codePath: BUNDLE,
            timeoutSeconds: 60,
            memorySizeMiB: 512,
            region: endpoint.region,
            environment: {
              AWS_ENDPOINT_URL: endpoint.url,
              PLIMSOLL_TASK_SIZES: JSON.stringify(SIZES.map(({ name, cpuUnits, memoryMiB }) => ({ name, cpuUnits, memoryMiB }))),
              PLIMSOLL_CLUSTERS: names.join(','),
              PLIMSOLL_ECS_CALLS_PER_SECOND: String(load.callsPerSecond),
              PLIMSOLL_AGENT_GRACE_SECONDS: '0',
            },
          }),
        ),
      );
      const errors: string[] = [];
      let done = false;
      const work = async (lambda: LambdaFunction): Promise<void> => {
        while (!done) {
          const batch = queue.current.receive();
          if (batch === undefined) {
            await wait(20);
            continue;
          }
          const result = await lambda.invoke(batch.event);
          if (!result.ok) errors.push(`${result.error.code}: ${result.error.message}`);
          batch.settle(result.ok ? (result.payload as BatchResponse) : undefined);
        }
      };
      const startedMs = performance.now();
      const lanes = functions.map(work);
      const tick = () => queue.current.send(scheduledEvent({ time: new Date().toISOString() }));
      tick();
      const schedule = setInterval(tick, load.period * 1000);
      try {
        const { events, seconds } = load;
        const byCluster = new Map(names.map((name, index) => [name, hosts[index] ?? []]));
        await changeHosts({ endpoint, random, hosts: byCluster, events, seconds, told: () => told });
        const expected = () =>
          Object.fromEntries(names.map((name, index) => [name, expectedMetrics(endpoint, name, hosts[index] ?? [], SIZES)]));
        const published = () => Object.fromEntries(names.map((name) => [name, newestMetrics(cloudWatch.store, name)]));
        // The messages of one period of the schedule, and what is under way by then.
        tick();
        while (queue.current.waiting() + queue.current.inFlight() > 0) await wait(20);
        expect(published()).toMatchObject(expected());
      } finally {
        clearInterval(schedule);
        done = true;
        await Promise.all(lanes);
      }
      const seconds = (performance.now() - startedMs) / 1000;
      const calls = endpoint.calls().filter(({ operation }) => BUDGETED.has(operation)).length;
      const aReading = (load.hosts / 100) * 2 + load.clusters;
      // Beyond the budget: each environment's first reading, of which the other could know nothing, and the schedule's last, come early.
      expect(calls).toBeLessThanOrEqual(load.callsPerSecond * seconds + 3 * aReading);
      expect(calls).toBeGreaterThanOrEqual(2 * Math.ceil(load.hosts / load.clusters / 100) * load.clusters);
      expect(errors).toEqual([]);
      expect(queue.current.deadLetters()).toEqual([]);
    },
    FULL ? 900_000 : 120_000,
  );
});
