import { bookPolicy } from '../../src/policy-simulation/policies/book.js';
import { capacityProviderPolicy } from '../../src/policy-simulation/policies/capacity-provider.js';
import { exactPolicy } from '../../src/policy-simulation/policies/exact.js';
import { fixedSizePolicy } from '../../src/policy-simulation/policies/fixed-size.js';
import type { ScalingPolicy } from '../../src/policy-simulation/policies/policy.js';
import { simulate } from '../../src/policy-simulation/simulate.js';
import { type Arrival, plainSize, workloadOf } from '../../src/policy-simulation/workload.js';
import { DECISIONS, exact, minutes, QUARTER, SETTINGS } from '../helpers/policy-simulation.js';

/** The group's size at the end of each minute at which it changed. */
function sizes(policy: ScalingPolicy, arrivals: readonly Arrival[], settings = {}) {
  const changes: string[] = [];
  let last = 0;
  const report = simulate({
    workload: workloadOf({ sizes: [QUARTER], arrivals }),
    settings: { ...SETTINGS, ...settings },
    policy,
    onMinute: ({ nowMillis, group }) => {
      const hosts = group.members.length;
      if (hosts !== last) changes.push(`${nowMillis / 60_000}: ${hosts}`);
      last = hosts;
    },
  });
  return { changes, report };
}

const tasks = (count: number, atMillis: number, durationMillis: number): readonly Arrival[] =>
  Array.from({ length: count }, () => ({ atMillis, durationMillis, size: 0 }));

test('fixed: hosts from the start, paid for to the end', () => {
  const { report } = sizes(fixedSizePolicy(2), tasks(4, 0, minutes(60)));
  // The work ends after 1 h and the simulation 1 h later; the tasks waited for 80 s, the boot and the registration.
  expect(report).toMatchObject({ hostHours: 4, peakHosts: 2, thrash: 0, tasksFinished: 4, waitingSeconds: { total: 320, max: 80 } });
});

test('capacity provider: from no host two at once, and back by half and half after fifteen minutes without a task', () => {
  const { changes, report } = sizes(capacityProviderPolicy(), tasks(1, 1, minutes(10)));
  // Asked for at minute 1. Host 1 runs the task from 140 s to 740 s; host 2 is idle from minute 3, and 15 minutes below 100 end at 17.
  // Then one host of none busy: the metric is 0, the alarm stands, and half of one host, rounded down, is none.
  expect(changes).toEqual(['1: 2', '17: 1', '18: 0']);
  expect(report.waitingSeconds.max).toBeCloseTo(139.999, 6);
  expect(report).toMatchObject({ tasksKilled: 0, thrash: 0 });
});

test('capacity provider: a second step waits until the first is 300 s old', () => {
  const { changes } = sizes(capacityProviderPolicy(), [...tasks(8, 1, minutes(30)), ...tasks(4, minutes(2), minutes(30))]);
  expect(changes.slice(0, 2)).toEqual(['1: 2', '6: 3']);
});

test('capacity provider: a group of like tasks counts by itself, and the largest count is taken', () => {
  const large = plainSize({ name: 'large', cpuUnits: 4096, memoryMiB: 1024 });
  const arrivals = [...tasks(8, minutes(3), minutes(60)), ...tasks(3, minutes(3), minutes(60)).map((task) => ({ ...task, size: 1 }))];
  const hosts: number[] = [];
  simulate({
    workload: workloadOf({
      sizes: [QUARTER, large],
      arrivals: [{ atMillis: minutes(2), durationMillis: minutes(90), size: 0 }, ...arrivals],
    }),
    settings: { ...SETTINGS, minimum: 1 },
    policy: capacityProviderPolicy({ instanceWarmupSeconds: 0 }),
    onMinute: ({ group }) => void hosts.push(group.members.length),
  });
  // One host is there with three places left. Five quarters need two hosts, three large tasks need three: three are added, not five.
  expect(hosts[3]).toBe(4);
});

test('capacity provider: a task that asks for nothing needs a host, too', () => {
  const nothing = plainSize({ name: 'nothing', cpuUnits: 0, memoryMiB: 0 });
  const workload = workloadOf({ sizes: [nothing], arrivals: tasks(1, 1, minutes(1)) });
  expect(simulate({ workload, settings: SETTINGS, policy: capacityProviderPolicy() })).toMatchObject({ tasksFinished: 1, peakHosts: 2 });
});

test('book: one host a cooldown, while the formula over sums says less than one fits', () => {
  const { changes } = sizes(bookPolicy(QUARTER), tasks(12, 0, minutes(120)));
  // The first is in service a minute after it was asked for, and then the cooldown lasts ten.
  expect(changes.slice(0, 4)).toEqual(['0: 1', '11: 2', '22: 3', '33: 4']);
});

test('book: says that one fits where no host has room', () => {
  // Each host is left with CPU for two and memory for none, or the other way round, so that sums promise what no host holds.
  const cpu = plainSize({ name: 'cpu', cpuUnits: 4096, memoryMiB: 1024 });
  const memory = plainSize({ name: 'memory', cpuUnits: 512, memoryMiB: 8192 });
  const arrivals = [1, 2, 0].map((size, index) => ({ atMillis: index * minutes(5), durationMillis: minutes(60), size }));
  const report = simulate({
    workload: workloadOf({ sizes: [QUARTER, cpu, memory], arrivals }),
    settings: { ...SETTINGS, minimum: 2, maximum: 2 },
    policy: bookPolicy(QUARTER),
  });
  expect(report.falseFitMinutes).toBeGreaterThan(30);
});

test('capacity provider: a percentage that cannot be written out costs no host', () => {
  const { changes } = sizes(capacityProviderPolicy(), [...tasks(20, 1, minutes(90)), ...tasks(4, 1, minutes(10))]);
  // 24 tasks ask for six hosts; four end, 5 of 6 hosts are 83.33… %, and fifteen minutes later one goes.
  expect(changes.filter((change) => change.endsWith(': 5'))).toHaveLength(1);
});

test('capacity provider: tasks of one service are one group', () => {
  const service = { name: 'web', size: QUARTER, desired: [{ atMillis: 1, value: 12 }] };
  const hosts: number[] = [];
  simulate({
    workload: workloadOf({ sizes: [], arrivals: [], services: [service], endMillis: minutes(10) }),
    settings: { ...SETTINGS, minimum: 1 },
    policy: capacityProviderPolicy({ instanceWarmupSeconds: 0 }),
    onMinute: ({ group }) => void hosts.push(group.members.length),
  });
  // None is registered yet, so that all twelve wait: three hosts beside the one that boots.
  expect(hosts[1]).toBe(4);
});

test('exact: what is short at once, and the hosts away together after ten minutes in which they were drainable', () => {
  const { changes, report } = sizes(exact(), tasks(8, 1, minutes(10)));
  // Two hosts at minute 1, with eight tasks from 140 s to 740 s; the first whole minute without any is the 13th, the tenth the 22nd.
  expect(changes).toEqual(['1: 2', '22: 0']);
  expect(report).toMatchObject({ tasksKilled: 0, thrash: 0, falseFitMinutes: 0, peakHosts: 2 });
});

test('exact: no more hosts go at once than may drain, and the metric counts what they leave', () => {
  // Three idle hosts: one a minute while the alarm stands, for the others stay drainable.
  const { changes } = sizes(exact({ maxDraining: 1, scaleInMinutes: 5 }), tasks(12, 1, minutes(10)));
  expect(changes).toEqual(['1: 3', '17: 2', '18: 1', '19: 0']);
  // None is left at 17, which the minute after it counts; the other host is empty from 18 on, and has the five minutes 19 to 23.
  const later = sizes(exact({ scaleInMinutes: 5 }), [...tasks(4, 1, minutes(10)), ...tasks(4, 1, minutes(15))]);
  expect(later.changes).toEqual(['1: 2', '17: 1', '23: 0']);
});

test('patient: all but the last host after four minutes in which they were not needed, the last after fifteen', () => {
  // Two hosts from 140 s to 740 s, as above; the first look that finds them idle is that of minute 13.
  const { changes } = sizes(exact({ isPatient: true }), tasks(8, 1, minutes(10)));
  expect(changes).toEqual(['1: 2', '16: 1', '27: 0']);
  // A task each third minute, 13 to 25, needs one host: the peak of the last minutes is kept and not what is needed now, so that two stay
  // while a minute of four has it, and one of them goes once no minute of fifteen, 13 to 27, had more. The last is idle from 26 to 40.
  const again = Array.from({ length: 5 }, (_, index) => tasks(1, minutes(13 + 3 * index), minutes(1))).flat();
  expect(sizes(exact({ isPatient: true }), [...tasks(8, 1, minutes(10)), ...again]).changes).toEqual(['1: 2', '27: 1', '40: 0']);
});

test('patient: hosts with tasks of services are emptied where they were not needed for an hour', () => {
  // Eight quarters on two hosts and four on a third, then one each on the first and the third, for the newest go first. What stops is gone
  // at the look of minute 21: the idle host goes after fifteen, and one of the two that a single one would do for after sixty.
  const service = { name: 'web', size: QUARTER, stopSeconds: 1 };
  const desired = [{ atMillis: 1, value: 8 }];
  const workload = workloadOf({
    sizes: [QUARTER],
    arrivals: [],
    services: [
      { ...service, desired: [...desired, { atMillis: minutes(20), value: 1 }] },
      {
        ...service,
        name: 'other',
        desired: [
          { atMillis: minutes(5), value: 4 },
          { atMillis: minutes(20), value: 1 },
        ],
      },
    ],
    endMillis: minutes(120),
  });
  const hosts: string[] = [];
  let last = 0;
  const report = simulate({
    workload,
    settings: SETTINGS,
    policy: exact({ isPatient: true }),
    onMinute: ({ nowMillis, group }) => {
      if (group.members.length !== last) hosts.push(`${nowMillis / 60_000}: ${group.members.length}`);
      last = group.members.length;
    },
  });
  expect(hosts).toEqual(['1: 2', '5: 3', '35: 2', '80: 1']);
  expect(report).toMatchObject({ drains: 1, tasksKilled: 0 });
});

test('patient: the last host short waits for a minute where tasks end often, and not where they last', () => {
  const change = (atMinute: number) =>
    sizes(exact({ isPatient: true }), [...tasks(8, 1, minutes(1000)), ...tasks(1, minutes(atMinute) + 1, minutes(1))]).changes[1];
  // Eight tasks placed at 140 s: at minute 6 they are 220 s old, and two of them are expected to end in the next.
  expect(change(5)).toBe('7: 3');
  // Eight hours later it is a fiftieth.
  expect(change(500)).toBe('501: 3');
  expect(
    sizes(exact({ isPatient: true }), [...tasks(8, 1, minutes(1000)), ...tasks(8, minutes(5) + 1, minutes(1))]).changes.slice(1, 3),
  ).toEqual(['6: 3', '7: 4']);
});

test('exact with events: what waits is known in the next ten seconds but one, and not at the minute', () => {
  const wait = (followsEvents: boolean): number =>
    sizes(exact({ followsEvents }), tasks(1, minutes(5) + 1, minutes(10))).report.waitingSeconds.max;
  // Boot and registration take 80 s; the minute comes 60 s later, the alarm of ten seconds 20 s later.
  expect(wait(false)).toBeCloseTo(139.999, 6);
  expect(wait(true)).toBeCloseTo(99.999, 6);
});

test('exact with events: a task whose replacement starts, or that stops, needs no host, though both are there', () => {
  // Four tasks each on two hosts, then three and one: the second host drains, and its task is replaced on the first, which is full then.
  const service = (name: string, after: number) => ({
    ...{ name, size: QUARTER, stopSeconds: 25 },
    desired: [
      { atMillis: 1, value: 4 },
      { atMillis: minutes(10), value: after },
    ],
  });
  const workload = workloadOf({ sizes: [], arrivals: [], services: [service('a', 3), service('b', 1)], endMillis: minutes(30) });
  const launched = (decisions = DECISIONS) =>
    simulate({ workload, settings: SETTINGS, policy: exactPolicy(decisions, { followsEvents: true, scaleInMinutes: 2 }) });
  expect(launched()).toMatchObject({ drains: 1, hostsLaunched: 2 });
  expect(launched({ ...DECISIONS, replacedTasks: () => new Set() }).hostsLaunched).toBeGreaterThan(2);
});

test('thrash: a host that went and was replaced within ten minutes counts once, however many follow', () => {
  const of = (idle: number) =>
    sizes(exact({ scaleInMinutes: 2 }), [...tasks(4, 1, minutes(5)), ...tasks(20, minutes(5 + idle), minutes(5))]).report.thrash;
  // The host is empty from 440 s on and goes at minute 9.
  expect([of(5), of(30)]).toEqual([1, 0]);
});

test('services: what their tasks waited, and what was wanted and did not run', () => {
  const service = { name: 'web', size: QUARTER, desired: [{ atMillis: 1, value: 4 }], startSeconds: 30 };
  const workload = workloadOf({ sizes: [], arrivals: [], services: [service], endMillis: minutes(20) });
  const { services, waitingSeconds } = simulate({ workload, settings: { ...SETTINGS, tailSeconds: 0 }, policy: exact() });
  // Asked for at 1 ms; the host is there at 140 s, and they run at 170 s.
  expect(services.waitingSeconds.max).toBeCloseTo(139.999, 6);
  expect(services.waitingSeconds.total).toBeCloseTo(4 * 139.999, 6);
  expect(services.missingTaskSeconds).toBeCloseTo(4 * 169.999, 6);
  expect(waitingSeconds.total).toBe(0);
});

test('exact: a host with a standalone task is left alone', () => {
  const { changes, report } = sizes(exact(), [...tasks(5, 0, minutes(20)), ...tasks(1, minutes(10), minutes(50))]);
  expect(report.drains).toBe(0);
  expect(changes[0]).toBe('0: 2');
});

test('spread puts tasks on the emptiest hosts, binpack on the fullest', () => {
  const idle = (placement: string): number => {
    let hosts = 0;
    simulate({
      workload: workloadOf({ sizes: [QUARTER], arrivals: tasks(4, minutes(2), minutes(10)) }),
      settings: { ...SETTINGS, placement: placement === 'spread' ? 'spread' : 'binpack' },
      policy: fixedSizePolicy(4),
      onMinute: ({ nowMillis, cluster }) => {
        if (nowMillis === minutes(5)) hosts = cluster.active.filter(({ ownTasks }) => ownTasks === 0).length;
      },
    });
    return hosts;
  };
  expect([idle('binpack'), idle('spread')]).toEqual([3, 0]);
});
