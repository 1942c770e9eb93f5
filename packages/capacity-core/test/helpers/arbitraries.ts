import fc from 'fast-check';
import type { Host, HostResources, TaskSize, TaskSizes } from '../../src/index.js';
import { arnOf } from './synthetic-hosts.js';

/** Few enough that a host's taken ports and a task's fixed ports often meet. */
const PORT_POOL = [22, 53, 80, 8080, 8125];

/** Plain objects, as the functions under test return. */
const PLAIN = { noNullPrototype: true };

/** Sums of these are exact in any order, and halves stand for a resource of type DOUBLE. */
const amount = (max: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.nat({ max }),
    fc.nat({ max: max / 50 }).map((fifties) => fifties * 50),
    fc.nat({ max }).map((n) => n / 2),
  );

const ports: fc.Arbitrary<readonly number[]> = fc.subarray(PORT_POOL, { maxLength: 3 });

/** What one host has, small enough to place tasks on it one at a time. */
export const resourcesArbitrary: fc.Arbitrary<HostResources> = fc.record(
  {
    cpuUnits: amount(4000),
    memoryMiB: amount(4000),
    gpus: fc.nat({ max: 4 }),
    takenTcpPorts: ports,
    takenUdpPorts: ports,
    others: fc.constant([]),
  },
  PLAIN,
);

/** What is left of the given resources: a part of each amount, and further ports taken. */
export function remainingOf(registered: HostResources): fc.Arbitrary<HostResources> {
  const part = (whole: number): fc.Arbitrary<number> => fc.oneof(fc.constant(whole), fc.constant(0), fc.nat({ max: Math.floor(whole) }));
  const withMore = (taken: readonly number[]): fc.Arbitrary<readonly number[]> => ports.map((more) => [...new Set([...taken, ...more])]);
  return fc.record(
    {
      cpuUnits: part(registered.cpuUnits),
      memoryMiB: part(registered.memoryMiB),
      gpus: part(registered.gpus),
      takenTcpPorts: withMore(registered.takenTcpPorts),
      takenUdpPorts: withMore(registered.takenUdpPorts),
      others: fc.constant([]),
    },
    PLAIN,
  );
}

/** A host of any state; most can take tasks. */
export function hostArbitrary(name: string): fc.Arbitrary<Host> {
  return resourcesArbitrary.chain((registered) =>
    fc.record(
      {
        containerInstanceArn: fc.constant(arnOf(name)),
        status: fc.oneof({ weight: 5, arbitrary: fc.constant('ACTIVE') }, fc.constantFrom('DRAINING', 'REGISTERING', 'INACTIVE')),
        agentConnected: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
        version: fc.nat({ max: 9 }),
        attributes: fc.constant([]),
        registered: fc.constant(registered),
        remaining: remainingOf(registered),
      },
      PLAIN,
    ),
  );
}

/** Hosts with ARNs of their own. */
export function hostsArbitrary({ minLength = 0, maxLength = 4, prefix = 'host' } = {}): fc.Arbitrary<readonly Host[]> {
  return fc.integer({ min: minLength, max: maxLength }).chain((count) => {
    const all = Array.from({ length: count }, (_, index) => hostArbitrary(`${prefix}-${index}`));
    return fc.tuple(...all) as fc.Arbitrary<readonly Host[]>;
  });
}

/** A task size that asks for something, and never so little that hundreds fit on a host. */
export function taskSizeArbitrary(name = 'web'): fc.Arbitrary<TaskSize> {
  const demand = fc.oneof(
    fc.constant(0),
    fc.integer({ min: 100, max: 1500 }),
    fc.integer({ min: 2, max: 30 }).map((n) => n * 50),
  );
  const fixedPorts = fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray(PORT_POOL, { minLength: 1, maxLength: 2 }));
  return fc
    .record(
      {
        name: fc.constant(name),
        cpuUnits: demand,
        memoryMiB: demand,
        gpus: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 3 })),
        tcpPorts: fixedPorts,
        udpPorts: fixedPorts,
        networkMode: fc.constant('bridge' as const),
        others: fc.constant([]),
        requiredAttributes: fc.constant([]),
        placementConstraints: fc.constant([]),
        headroom: fc.constant(0),
      },
      PLAIN,
    )
    .filter((size) => size.cpuUnits + size.memoryMiB + size.gpus + size.tcpPorts.length + size.udpPorts.length > 0);
}

/** One to four task sizes with names of their own. */
export const taskSizesArbitrary: fc.Arbitrary<TaskSizes> = fc.integer({ min: 0, max: 3 }).chain((more) => {
  const rest = Array.from({ length: more }, (_, index) => taskSizeArbitrary(`size-${index}`));
  return fc.tuple(taskSizeArbitrary(), ...rest) as fc.Arbitrary<TaskSizes>;
});

/** A list, and the same in another order. */
export function withShuffle<Item>(items: fc.Arbitrary<readonly Item[]>): fc.Arbitrary<readonly [readonly Item[], readonly Item[]]> {
  return items.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length })),
  );
}
