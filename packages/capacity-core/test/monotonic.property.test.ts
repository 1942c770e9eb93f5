import fc from 'fast-check';
import { exactCapacity, fit, type Host, isEligible, type TaskSize } from '../src/index.js';
import { hostArbitrary, hostsArbitrary, remainingOf, taskSizeArbitrary } from './helpers/arbitraries.js';
import { deepFreeze } from './helpers/deep-freeze.js';
import { check } from './helpers/property.js';

const hosts = hostsArbitrary({ maxLength: 8 });
const size = taskSizeArbitrary();

function capacityOf(given: readonly Host[], task: TaskSize): number {
  return exactCapacity(given, [task]).containerCapacity;
}

function idleOf(given: readonly Host[], task: TaskSize): number {
  const { idleHostCapacity } = exactCapacity(given, [task]);
  return idleHostCapacity ?? Number.NaN;
}

describe('container capacity', () => {
  it('never falls when a host is added', () => {
    check(
      fc.property(hosts, hostArbitrary('another'), size, (given, another, task) => {
        deepFreeze([given, another, task]);
        expect(capacityOf([...given, another], task)).toBeGreaterThanOrEqual(capacityOf(given, task));
        expect(idleOf([...given, another], task)).toBeGreaterThanOrEqual(idleOf(given, task));
      }),
    );
  });

  it('never falls when a host has more left', () => {
    const shrunk = hosts.chain((given) =>
      fc.tuple(
        fc.constant(given),
        fc.tuple(...given.map((host) => remainingOf(host.remaining).map((remaining) => ({ ...host, remaining })))),
      ),
    );
    check(
      fc.property(shrunk, size, ([more, less], task) => {
        deepFreeze([more, less, task]);
        expect(capacityOf(more, task)).toBeGreaterThanOrEqual(capacityOf(less, task));
        expect(idleOf(more, task)).toBeGreaterThanOrEqual(idleOf(less, task));
      }),
    );
  });

  it('never rises when the task asks for more', () => {
    const larger = fc.tuple(size, taskSizeArbitrary()).map(([task, extra]): readonly [TaskSize, TaskSize] => [
      task,
      {
        ...task,
        cpuUnits: task.cpuUnits + extra.cpuUnits,
        memoryMiB: task.memoryMiB + extra.memoryMiB,
        gpus: task.gpus + extra.gpus,
        tcpPorts: [...new Set([...task.tcpPorts, ...extra.tcpPorts])],
        udpPorts: [...new Set([...task.udpPorts, ...extra.udpPorts])],
      },
    ]);
    check(
      fc.property(hosts, larger, (given, [task, more]) => {
        deepFreeze([given, task, more]);
        expect(capacityOf(given, more)).toBeLessThanOrEqual(capacityOf(given, task));
      }),
    );
  });

  it('of two clusters together is the sum of theirs', () => {
    check(
      fc.property(hosts, hostsArbitrary({ maxLength: 8, prefix: 'other' }), size, (one, other, task) => {
        deepFreeze([one, other, task]);
        expect(capacityOf([...one, ...other], task)).toBe(capacityOf(one, task) + capacityOf(other, task));
      }),
    );
  });

  it('ignores hosts that ECS places nothing on', () => {
    check(
      fc.property(hosts, size, (given, task) => {
        deepFreeze([given, task]);
        const eligible = given.filter((host) => host.status === 'ACTIVE' && host.agentConnected);
        const { hosts: all, ...answer } = exactCapacity(given, [task]);
        const { hosts: some, ...sameAnswer } = exactCapacity(eligible, [task]);
        expect(answer).toStrictEqual(sameAnswer);
        expect([all.eligible, some.eligible, some.registered]).toEqual([eligible.length, eligible.length, eligible.length]);
        expect(all.registered).toBe(given.filter(({ status }) => ['ACTIVE', 'DRAINING'].includes(status)).length);
      }),
    );
  });
});

describe('idle host capacity', () => {
  it('lies between 0 and the number of eligible hosts', () => {
    check(
      fc.property(hosts, size, (given, task) => {
        deepFreeze([given, task]);
        expect(idleOf(given, task)).toBeGreaterThanOrEqual(0);
        expect(idleOf(given, task)).toBeLessThanOrEqual(given.filter(isEligible).length);
      }),
    );
  });

  it('stays there when a host has more left than it registered, as after a resize', () => {
    check(
      fc.property(hosts, hosts, size, (given, larger, task) => {
        const resized = given.map((host, index) => ({ ...host, remaining: larger[index]?.registered ?? host.remaining }));
        deepFreeze([resized, task]);
        expect(idleOf(resized, task)).toBeLessThanOrEqual(resized.filter(isEligible).length);
      }),
    );
  });

  it('is the number of eligible hosts when all are empty and each could hold one', () => {
    check(
      fc.property(hosts, size, (given, task) => {
        const empty = given
          .map((host) => ({ ...host, remaining: host.registered }))
          .filter((host) => fit(host.registered, task).copies >= 1);
        deepFreeze([empty, task]);
        expect(idleOf(empty, task)).toBe(empty.filter(isEligible).length);
      }),
    );
  });
});
