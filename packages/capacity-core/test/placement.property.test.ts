import fc from 'fast-check';
import {
  exactCapacity,
  fit,
  type Host,
  type HostResources,
  isEligible,
  pooledCapacity,
  RESOURCE_NAMES,
  type Reason,
  type ResourceName,
  type TaskSize,
} from '../src/index.js';
import { hostsArbitrary, taskSizeArbitrary, taskSizesArbitrary } from './helpers/arbitraries.js';
import { deepFreeze } from './helpers/deep-freeze.js';
import { asksForSomething, PlacementOracle, type PlacementOrder, without } from './helpers/placement-oracle.js';
import { check } from './helpers/property.js';

const hosts = hostsArbitrary();
const size = taskSizeArbitrary();
const first: PlacementOrder = () => 0;

describe('agreement with placing tasks one at a time', () => {
  it('counts what fits, whatever order the tasks are placed in', () => {
    const orders = fc.array(fc.nat(), { minLength: 1, maxLength: 50 });
    check(
      fc.property(hosts, size, orders, (given, task, picks) => {
        deepFreeze([given, task]);
        let turn = 0;
        const arbitrary: PlacementOrder = (choices) => (picks[turn++ % picks.length] ?? 0) % choices;
        const last: PlacementOrder = (choices) => choices - 1;
        const { containerCapacity } = exactCapacity(given, [task]);
        for (const order of [first, last, arbitrary]) expect(new PlacementOracle(given).placeAll(task, order)).toBe(containerCapacity);
      }),
    );
  });

  it('measures idle hosts in what each would hold when empty', () => {
    check(
      fc.property(hosts, size, (given, task) => {
        deepFreeze([given, task]);
        const share = (host: Host): number => {
          const whole = new PlacementOracle([{ ...host, remaining: host.registered }]).placeAll(task, first);
          return whole === 0 ? 0 : new PlacementOracle([host]).placeAll(task, first) / whole;
        };
        const expected = given.reduce((sum, host) => sum + share(host), 0);
        expect(exactCapacity(given, [task]).idleHostCapacity).toBeCloseTo(expected, 9);
      }),
    );
  });

  it('answers a cluster with the least of its task sizes, each counted by itself', () => {
    check(
      fc.property(hosts, taskSizesArbitrary, (given, tasks) => {
        deepFreeze([given, tasks]);
        const alone = tasks.map((task) => exactCapacity(given, [task]));
        const together = exactCapacity(given, tasks);
        expect(together.taskSizes).toStrictEqual(alone.flatMap(({ taskSizes }) => taskSizes));
        expect(together.containerCapacity).toBe(alone.map((answer) => answer.containerCapacity).sort((a, b) => a - b)[0]);
        expect(together.idleHostCapacity).toBe(alone.map((answer) => Number(answer.idleHostCapacity)).sort((a, b) => a - b)[0]);
      }),
    );
  });

  it('never over-commits a host, and leaves no room for one more', () => {
    check(
      fc.property(hosts, size, (given, task) => {
        deepFreeze([given, task]);
        for (const { remaining } of given) {
          const { copies } = fit(remaining, task);
          expect(Number.isInteger(copies) && copies >= 0).toBe(true);
          expect(copies === 0 || hasRoomFor(copies, task, remaining)).toBe(true);
          expect(hasRoomFor(copies + 1, task, remaining)).toBe(false);
        }
      }),
    );
  });

  it('is never above the pooled method, which counts CPU and memory alone', () => {
    check(
      fc.property(
        hosts,
        size.filter((task) => task.cpuUnits + task.memoryMiB > 0),
        (given, task) => {
          deepFreeze([given, task]);
          const pooled = pooledCapacity(given, [task]);
          expect(pooled.ok && pooled.value.containerCapacity >= exactCapacity(given, [task]).containerCapacity).toBe(true);
        },
      ),
    );
  });
});

describe('the binding resource', () => {
  it('is short on most hosts; of equals it frees most when waived; of equals it is first in the fixed order', () => {
    check(
      fc.property(hosts, size, (given, task) => {
        deepFreeze([given, task]);
        expect(exactCapacity(given, [task]).taskSizes[0]?.binding ?? null).toBe(bindingByPlacement(given, task));
      }),
    );
  });

  it('is null exactly where no host is eligible', () => {
    check(
      fc.property(hosts, size, (given, task) => {
        deepFreeze([given, task]);
        const binding = exactCapacity(given, [task]).taskSizes[0]?.binding;
        expect(binding === null).toBe(!given.some(isEligible));
      }),
    );
  });

  it('frees the copies it is said to when it alone binds one host, and none when others bind too', () => {
    check(
      fc.property(hosts, size, (given, task) => {
        deepFreeze([given, task]);
        for (const host of given.filter(isEligible)) {
          const { copies, boundBy, copiesWithoutBinding } = fit(host.remaining, task);
          const [resource = 'CPU', ...others] = boundBy.filter(isResourceName);
          const waived = without(resource, task);
          const copiesWaived = asksForSomething(waived) ? exactCapacity([host], [waived]).containerCapacity : Number.POSITIVE_INFINITY;
          expect(boundBy.length).toBeGreaterThan(0);
          expect(copiesWaived).toBe(copiesWithoutBinding);
          expect(copiesWaived > copies).toBe(others.length === 0);
        }
      }),
    );
  });

  it('holds back each host it binds: more of everything else there fits nothing more', () => {
    check(
      fc.property(hosts, size, fc.integer({ min: 1, max: 5000 }), (given, task, more) => {
        deepFreeze([given, task]);
        const grown = given.map((host) => withMoreOfTheRest(host, fit(host.remaining, task).boundBy, more));
        expect(exactCapacity(grown, [task]).containerCapacity).toBe(exactCapacity(given, [task]).containerCapacity);
      }),
    );
  });
});

function isResourceName(reason: Reason): reason is ResourceName {
  return RESOURCE_NAMES.some((name) => name === reason);
}

/** Whether that many copies at once ask for no more than there is. */
function hasRoomFor(copies: number, task: TaskSize, free: HostResources): boolean {
  const fixedPorts = task.tcpPorts.length + task.udpPorts.length;
  const taken = task.tcpPorts
    .filter((port) => free.takenTcpPorts.includes(port))
    .concat(task.udpPorts.filter((port) => free.takenUdpPorts.includes(port)));
  return (
    task.cpuUnits * copies <= free.cpuUnits &&
    task.memoryMiB * copies <= free.memoryMiB &&
    task.gpus * copies <= free.gpus &&
    taken.length === 0 &&
    (fixedPorts === 0 || copies <= 1)
  );
}

/** The host with more left of every resource but those that bind it. */
function withMoreOfTheRest(host: Host, boundBy: readonly Reason[], more: number): Host {
  const extra = (resource: ResourceName): number => (boundBy.includes(resource) ? 0 : more);
  const { remaining } = host;
  return {
    ...host,
    remaining: {
      cpuUnits: remaining.cpuUnits + extra('CPU'),
      memoryMiB: remaining.memoryMiB + extra('MEMORY'),
      gpus: remaining.gpus + extra('GPU'),
      takenTcpPorts: boundBy.includes('PORTS') ? remaining.takenTcpPorts : [],
      takenUdpPorts: boundBy.includes('PORTS_UDP') ? remaining.takenUdpPorts : [],
      others: remaining.others,
    },
  };
}

/** The rule for the binding resource, found by placing tasks until none fits, with and without each demand. */
function bindingByPlacement(given: readonly Host[], task: TaskSize): ResourceName | null {
  const filled = new PlacementOracle(given);
  filled.placeAll(task, first);
  const short = filled.shortages(task);
  const freed = (resource: ResourceName): number => {
    const waived = without(resource, task);
    if (!asksForSomething(waived)) return Number.POSITIVE_INFINITY;
    return new PlacementOracle(given).placeAll(waived, first) - new PlacementOracle(given).placeAll(task, first);
  };
  const candidates = RESOURCE_NAMES.map((resource) => ({ resource, hosts: short.get(resource) ?? 0 }))
    .filter((candidate) => candidate.hosts > 0)
    .map((candidate) => ({ ...candidate, gain: freed(candidate.resource) }));
  const best = candidates.find((one) =>
    candidates.every((other) => one.hosts > other.hosts || (one.hosts === other.hosts && one.gain >= other.gain)),
  );
  return best?.resource ?? null;
}
