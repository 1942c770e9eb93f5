import { EventAlarm } from '../../src/policy-simulation/policies/event-alarm.js';

/** An alarm on a cluster of so many hosts with so many tasks each, told what was published in each ten seconds from the first on. */
function alarmOf(hosts = 0, tasks = 0) {
  let now = 0;
  const cluster = {
    registered: () => Array.from({ length: hosts }, () => ({ tasks: new Set(Array.from({ length: tasks }, (_, task) => task)) })),
    waiting: { count: 0 },
  };
  const alarm = new EventAlarm({ cluster, now: () => now } as unknown as ConstructorParameters<typeof EventAlarm>[0]);
  return {
    alarm,
    period: (value?: number) => {
      now += 10_000;
      return alarm.period(value);
    },
    isDueAfter: (seconds: number) => {
      now += seconds * 1000;
      const isDue = alarm.isDue();
      now -= seconds * 1000;
      return isDue;
    },
  };
}

describe('an alarm of ten seconds on what is published with events', () => {
  it('acts a period after what was published, once', () => {
    const { period } = alarmOf();
    expect([period(3), period(), period(), period(), period()]).toEqual([undefined, 3, undefined, undefined, undefined]);
  });

  it('acts again a minute later while it stands, with the newest number', () => {
    const { period } = alarmOf();
    const acted = Array.from({ length: 14 }, (_, index) => period(index + 1));
    // Known in the second period, and from then on once in six.
    expect(acted.flatMap((value, index) => (value === undefined ? [] : [[index, value]]))).toEqual([
      [1, 1],
      [7, 7],
      [13, 13],
    ]);
  });

  it('acts at once where it was OK between', () => {
    const { period } = alarmOf();
    expect([period(2), period(0), period(5), period()]).toEqual([undefined, 2, undefined, 5]);
  });

  it.each([
    // Two calls for each hundred hosts and each hundred tasks, two calls a second.
    { hosts: 1, tasks: 1, seconds: 2 },
    { hosts: 100, tasks: 1, seconds: 2 },
    { hosts: 480, tasks: 6, seconds: 34 },
  ])('looks again at $hosts hosts with $tasks tasks each after $seconds s', ({ hosts, tasks, seconds }) => {
    const { period, isDueAfter } = alarmOf(hosts, tasks);
    expect(isDueAfter(0)).toBe(true);
    period(0);
    expect([isDueAfter(seconds - 0.001), isDueAfter(seconds)]).toEqual([false, true]);
  });
});
