import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { EC2_NETWORK_INTERFACE_LIMITS } from '@plimsoll/capacity-core';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { capacityMetrics } from '../src/capacity-metrics.js';
import { decideCluster } from '../src/decide-cluster.js';
import { resolveTaskSizes, type TaskDefinitionAnswer } from '../src/resolve-task-sizes.js';
import { definitionOf } from './helpers/model-cluster.js';
import { CLUSTERS, ModelWorld, SIZES } from './helpers/model-world.js';

const ENDS = ['answer', 'answer', 'answer', 'answer', 'stale', 'throttle', 'lost'] as const;

/** One step of a run, by two numbers. */
async function step(world: ModelWorld, kind: number, choice: number): Promise<void> {
  const cluster = CLUSTERS[choice % CLUSTERS.length] ?? 'demo';
  if (kind < 3) world.change(cluster, choice >> 1, [0, 1, 1, 2][choice % 4] ?? 1);
  else if (kind < 5) world.deliver(choice % 2, choice >> 1);
  else if (kind < 9) world.pending[choice % Math.max(1, world.pending.length)]?.end(ENDS[choice % ENDS.length] ?? 'answer');
  else if (kind === 9 && choice % 3 === 0) world.crash(choice % 2);
  else if (kind === 10) world.tick();
  else if (kind > 11) world.changeTasks(cluster, choice >> 1);
  else world.nowMillis += choice % 20_000;
  await world.settle();
}

/** Name, dimensions and value of each metric in its newest point. */
function newest(data: readonly MetricDatum[]): Readonly<Record<string, number | undefined>> {
  const sorted = [...data].sort((a, b) => Number(a.Timestamp) - Number(b.Timestamp));
  return Object.fromEntries(
    sorted
      .filter(({ MetricName }) => MetricName !== 'StateAgeSeconds')
      .map(({ MetricName, Dimensions = [], Value }) => [[MetricName, ...Dimensions.map((dimension) => dimension.Value)].join(' '), Value]),
  );
}

/** What a decision on the state as it is would publish. */
function oracle(world: ModelWorld, readsTasks: boolean): Readonly<Record<string, number | undefined>> {
  const timestamp = new Date(world.nowMillis);
  return newest(
    CLUSTERS.flatMap((clusterName) => {
      const { hosts: records = [], tasks = [], services = [] } = world.clusters.get(clusterName) ?? {};
      const arns = services.map(({ taskDefinition = '' }) => taskDefinition);
      const taskDefinitions = new Map(arns.map((arn): [string, TaskDefinitionAnswer] => [arn, { ok: true, value: definitionOf(arn) }]));
      const scope = { tasks: readsTasks, discoverServices: readsTasks, discoveredHeadroom: 1 };
      const sizes = resolveTaskSizes({ configured: SIZES, services, scope, taskDefinitions });
      const { capacity, scaling } = decideCluster({
        ...sizes,
        ...{ records, updates: [], services },
        ...(readsTasks ? { tasks: tasks.filter(({ desiredStatus }) => desiredStatus === 'RUNNING') } : {}),
        placement: { networkInterfaceLimits: EC2_NETWORK_INTERFACE_LIMITS },
      });
      return capacityMetrics({ clusterName, capacity, scaling, timestamp, storageResolutionSeconds: 60 });
    }),
  );
}

describe('whatever happens to events, calls and invocations', () => {
  test.each([
    ['hosts', false],
    ['hosts, tasks and services', true],
  ])(
    'the next message of the schedule sets every metric right: %s',
    async (_, readsTasks) => {
      // Beyond the eleventh kind of step something happens to tasks.
      const kinds = fc.nat(readsTasks ? 14 : 11);
      const steps = fc.array(fc.tuple(kinds, fc.nat(1_000_000)), { minLength: 1, maxLength: 80 });
      await fc.assert(
        fc.asyncProperty(steps, async (taken) => {
          const world = new ModelWorld(readsTasks);
          for (const [kind, choice] of taken) await step(world, kind, choice);
          // From here on nothing changes and nothing is lost, but what happened stands.
          world.nowMillis += 60_000;
          world.tick();
          await world.quiesce();
          expect(newest(world.published)).toEqual(oracle(world, readsTasks));
          for (const { Value, Timestamp } of world.published) {
            expect(Number.isFinite(Value)).toBe(true);
            expect(Number(Timestamp)).toBeLessThanOrEqual(world.nowMillis);
          }
        }),
        propertyParameters(150),
      );
    },
    300_000,
  );

  test('a storm of events costs no more calls than the budget', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1_000_000), { minLength: 50, maxLength: 200 }), async (choices) => {
        const world = new ModelWorld();
        const startedMillis = world.nowMillis;
        for (const choice of choices) {
          world.change(CLUSTERS[choice % 2] ?? 'demo', choice, 1);
          if (choice % 5 === 0) await world.quiesce();
          world.nowMillis += choice % 200;
        }
        await world.quiesce();
        // 2 calls a second; each environment's first reading of each cluster beyond them. Without a schedule's message none is promised.
        const seconds = (world.nowMillis - startedMillis) / 1000;
        expect(world.calls).toBeLessThanOrEqual(2 * seconds * 1.5 + 2 * CLUSTERS.length * 3 + 3);
      }),
      propertyParameters(20),
    );
  });
});
