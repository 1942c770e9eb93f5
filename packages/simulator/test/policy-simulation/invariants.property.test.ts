import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import type { ClusterListener } from '../../src/policy-simulation/model/cluster.js';
import type { SimulatedHost } from '../../src/policy-simulation/model/simulated-host.js';
import { type SimulationState, simulate } from '../../src/policy-simulation/simulate.js';
import { SETTINGS } from '../helpers/policy-simulation.js';
import { policies, workloads } from '../helpers/random-workloads.js';

/** Watches every change for what must never be. */
function watcher(problems: string[]): ClusterListener {
  const draining = new Map<SimulatedHost, ReadonlySet<unknown>>();
  return {
    hostChanged: (host) => {
      const { resources } = host.type;
      const used = [...host.tasks].reduce((sum, { size }) => ({ cpu: sum.cpu + size.cpuUnits, memory: sum.memory + size.memoryMiB }), {
        cpu: 0,
        memory: 0,
      });
      if (host.freeCpuUnits < 0 || host.freeMemoryMiB < 0) problems.push(`host ${host.id} is over-committed`);
      if (host.freeCpuUnits + used.cpu !== resources.cpuUnits || host.freeMemoryMiB + used.memory !== resources.memoryMiB) {
        problems.push(`host ${host.id} lost account of its resources`);
      }
      const before = draining.get(host);
      if (before !== undefined && [...host.tasks].some((task) => !before.has(task))) problems.push(`host ${host.id} drains and got a task`);
      if (host.state === 'DRAINING') draining.set(host, new Set(host.tasks));
    },
    taskChanged: (task) => {
      const isPlaced = task.state === 'STARTING' || task.state === 'RUNNING' || task.state === 'STOPPING';
      if (isPlaced && task.host?.tasks.has(task) !== true) problems.push(`task ${task.id} is ${task.state} on no host`);
      if (task.state === 'WAITING' && task.host !== undefined) problems.push(`task ${task.id} waits on a host`);
    },
  };
}

/** What must not be at the end of a minute. */
function problemsOfTasks({ cluster, tasks }: SimulationState): readonly string[] {
  const waiting = cluster.waiting.all();
  const beside = waiting.filter(({ size }) => cluster.active.some((host) => host.hasRoomFor(size, true)));
  return [
    ...(tasks.arrived === tasks.finished + tasks.present ? [] : ['a task is lost']),
    ...(waiting.length === cluster.waiting.count ? [] : ['those that wait are counted wrongly']),
    ...beside.map(({ id }) => `task ${id} waits beside a host with room`),
  ];
}

test('nothing is over-committed, no draining host gets a task, the group keeps its bounds, and no task is lost', () => {
  fc.assert(
    fc.property(
      workloads,
      policies,
      fc.constantFrom('binpack' as const, 'spread' as const, 'random' as const),
      (workload, policy, placement) => {
        const problems: string[] = [];
        const [minimum, maximum] = policy.fixedHosts === undefined ? [1, 6] : [policy.fixedHosts, policy.fixedHosts];
        const report = simulate({
          workload,
          settings: { ...SETTINGS, minimum, maximum, placement, zones: 2 },
          policy,
          listener: () => watcher(problems),
          onMinute: (state) => {
            const { desired } = state.group;
            if (desired < minimum || desired > maximum) problems.push(`${desired} hosts are desired`);
            problems.push(...problemsOfTasks(state));
          },
        });
        expect(problems).toEqual([]);
        expect(report.tasksFinished + report.tasksUnfinished).toBe(workload.arrivals.length);
      },
    ),
    propertyParameters(60),
  );
});

test('with all tasks placed and no host of its own the exact policy ends without hosts, and kills none', () => {
  fc.assert(
    fc.property(workloads, (workload) => {
      const policy = policies;
      const [exact] = fc.sample(
        policy.filter(({ name }) => name === 'exact'),
        { numRuns: 1, seed: 1 },
      );
      if (exact === undefined) return;
      const report = simulate({ workload: { ...workload, services: [] }, settings: { ...SETTINGS, tailSeconds: 14_400 }, policy: exact });
      expect(report).toMatchObject({ tasksKilled: 0, tasksUnfinished: 0, falseFitMinutes: 0 });
      expect(report.series.at(-1)?.hosts).toBe(0);
    }),
    propertyParameters(40),
  );
});
