import { fixedSizePolicy } from '../../src/policy-simulation/policies/fixed-size.js';
import type { ScalingPolicy } from '../../src/policy-simulation/policies/policy.js';
import { type SimulationState, simulate } from '../../src/policy-simulation/simulate.js';
import { plainSize, type ServicePlan, workloadOf } from '../../src/policy-simulation/workload.js';
import { exact, minutes, QUARTER, SETTINGS } from '../helpers/policy-simulation.js';

const WEB: ServicePlan = { name: 'web', size: QUARTER, desired: [{ atMillis: 0, value: 4 }], startSeconds: 30, stopSeconds: 10 };

/** What stands in each minute. */
function course<Seen>(
  services: readonly ServicePlan[],
  policy: ScalingPolicy,
  see: (state: SimulationState) => Seen,
  endMinutes = 40,
): readonly Seen[] {
  const seen: Seen[] = [];
  simulate({
    workload: workloadOf({ sizes: [], arrivals: [], services, endMillis: minutes(endMinutes) }),
    settings: { ...SETTINGS, tailSeconds: 0 },
    policy,
    onMinute: (state) => void seen.push(see(state)),
  });
  return seen;
}

const running = ({ services }: SimulationState): number => services.running().get('web') ?? 0;

/** Least and most tasks there were at any moment of a deployment. */
function deployed(plan: Partial<ServicePlan>, hosts: number) {
  const healthy: number[] = [];
  const live: number[] = [];
  const revisions: number[][] = [];
  simulate({
    workload: workloadOf({
      sizes: [],
      arrivals: [],
      services: [{ ...WEB, deploymentsAtMillis: [minutes(10)], ...plan }],
      endMillis: minutes(30),
    }),
    settings: { ...SETTINGS, tailSeconds: 0 },
    policy: fixedSizePolicy(hosts),
    listener: ({ cluster, now }) => ({
      hostChanged: () => undefined,
      taskChanged: () => {
        if (now() < minutes(10)) return;
        const tasks = cluster.registered().flatMap((host) => [...host.tasks]);
        healthy.push(tasks.filter(({ state }) => state === 'RUNNING').length);
        live.push(tasks.filter(({ state }) => state === 'RUNNING' || state === 'STARTING').length + cluster.waiting.count);
      },
    }),
    onMinute: ({ cluster }) => revisions.push(cluster.registered().flatMap((host) => [...host.tasks].map(({ revision }) => revision))),
  });
  return { least: Math.min(...healthy), most: Math.max(...live), last: revisions.at(-1) };
}

test('a service is started, and a task is healthy after its start', () => {
  // Two hosts are there at 80 s; the tasks run at 110 s.
  expect(course([WEB], fixedSizePolicy(2), running).slice(0, 4)).toEqual([0, 0, 4, 4]);
});

test('a deployment keeps to 100 and 200 percent', () => {
  expect(deployed({}, 2)).toEqual({ least: 4, most: 8, last: [2, 2, 2, 2] });
});

test('a deployment keeps to 50 and 100 percent, and needs no further room', () => {
  expect(deployed({ minimumHealthyPercent: 50, maximumPercent: 100 }, 1)).toEqual({ least: 2, most: 4, last: [2, 2, 2, 2] });
});

test('a deployment of 100 to 200 percent without room waits, and stops nothing', () => {
  expect(deployed({}, 1)).toEqual({ least: 4, most: 8, last: [1, 1, 1, 1] });
});

test('fewer tasks wanted: the newest are stopped', () => {
  const plan = {
    ...WEB,
    desired: [
      { atMillis: 0, value: 4 },
      { atMillis: minutes(5), value: 1 },
    ],
  };
  const ids = course([plan], fixedSizePolicy(1), ({ cluster }) =>
    cluster.registered().flatMap((host) => [...host.tasks].map(({ id }) => id)),
  );
  expect([ids[4]?.length, ids[6]]).toEqual([4, [1]]);
});

test('a drained host: replacements run elsewhere before a task of it stops, and no task goes there', () => {
  const seen = course(
    [
      {
        ...WEB,
        desired: [
          { atMillis: 0, value: 5 },
          { atMillis: minutes(8), value: 4 },
        ],
      },
    ],
    exact(),
    (state) => ({
      running: running(state),
      hosts: state.group.members.length,
      draining: state.cluster.registered().filter((host) => host.state === 'DRAINING').length,
    }),
  );
  // Five tasks need two hosts, four need one.
  const after = seen.slice(8);
  expect(seen[7]).toMatchObject({ running: 5, hosts: 2 });
  expect(Math.min(...after.map((minute) => minute.running))).toBe(4);
  expect(after.at(-1)).toEqual({ running: 4, hosts: 1, draining: 0 });
});

test('daemons come before anything else on each host, and do not keep it', () => {
  const daemon: ServicePlan = { name: 'agent', size: plainSize({ name: 'agent', cpuUnits: 128, memoryMiB: 256 }), strategy: 'DAEMON' };
  const seen = course(
    [
      {
        ...WEB,
        desired: [
          { atMillis: 0, value: 4 },
          { atMillis: minutes(10), value: 0 },
        ],
      },
      daemon,
    ],
    exact(),
    (state) => ({
      daemons: state.cluster.registered().map((host) => [...host.tasks].filter((task) => task.daemon).length),
      running: running(state),
    }),
  );
  // With the daemon three quarters fit on a host, so that four need two.
  expect(seen[8]).toEqual({ daemons: [1, 1], running: 4 });
  expect(seen.at(-1)).toEqual({ daemons: [], running: 0 });
});

test('target tracking: three minutes above the target scale out in proportion, fifteen below nine tenths of it scale in', () => {
  const plan: ServicePlan = {
    name: 'web',
    size: QUARTER,
    startSeconds: 0,
    load: [
      { atMillis: 0, value: 2 },
      { atMillis: minutes(10), value: 6 },
      { atMillis: minutes(30), value: 2 },
    ],
    targetTracking: { target: 1, minimum: 2, maximum: 8 },
  };
  const seen = course([plan], fixedSizePolicy(2), running, 60);
  // Minutes 10, 11 and 12 are above, so that the next sees more; minutes 30 to 44 are below.
  expect([seen[12], seen[13], seen[43], seen[44]]).toEqual([2, 6, 6, 2]);
});
