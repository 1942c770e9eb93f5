import fc from 'fast-check';
import { emptyRoomOf, type HostsNeededRequest, type HostType, hostsNeeded, hostsShort, placementContext, type TaskSize } from '../../src/index.js';
import { withShuffle } from '../helpers/arbitraries.js';
import { deepFreeze } from '../helpers/deep-freeze.js';
import { cheapestPacking } from '../helpers/packing-oracle.js';
import { check } from '../helpers/property.js';
import { homeless, roomsWithout, type SmallCluster, smallClusterArbitrary } from '../helpers/small-cluster.js';
import { host, resources } from '../helpers/synthetic-hosts.js';

const MOST_TASKS = 7;

const hostTypeArbitrary = (name: string): fc.Arbitrary<HostType> =>
  fc.record({
    name: fc.constant(name),
    resources: fc
      .record({ cpuUnits: fc.integer({ min: 2, max: 12 }), memoryMiB: fc.integer({ min: 2, max: 12 }), gpus: fc.constantFrom(0, 2) })
      .map(({ cpuUnits, memoryMiB, gpus }) => resources(cpuUnits, memoryMiB, { gpus, takenTcpPorts: [22] })),
    attributes: fc.constantFrom([{ name: 'ecs.instance-type', value: 'small.type' }], [{ name: 'ssd' }]),
    cost: fc.integer({ min: 1, max: 5 }),
  });

const cases = fc
  .record({
    cluster: fc.oneof(smallClusterArbitrary({ hosts: 3, tasks: 5 }), smallClusterArbitrary({ hosts: 3, tasks: 5, isPlain: true })),
    hostTypes: fc.tuple(hostTypeArbitrary('a'), hostTypeArbitrary('b'), hostTypeArbitrary('c')).chain((types) => fc.subarray(types, { minLength: 1 })),
    isFromZero: fc.boolean(),
  })
  .filter(({ cluster, isFromZero }) => tasksToPack(cluster, isFromZero).length <= MOST_TASKS);

function tasksToPack(cluster: SmallCluster, isFromZero: boolean): readonly TaskSize[] {
  return isFromZero ? homeless(cluster, cluster.hosts.map(({ containerInstanceArn }) => containerInstanceArn)) : homeless(cluster, []);
}

function requestOf({ hosts, ...others }: SmallCluster, hostTypes: readonly HostType[], isFromZero: boolean): HostsNeededRequest {
  return { ...others, hostTypes, ...(isFromZero ? {} : { existing: hosts }) };
}

function roomOfType({ name, resources: registered, attributes = [] }: HostType, cluster: SmallCluster) {
  return emptyRoomOf(host(name, { registered, attributes }), placementContext({ ...cluster, tasks: [] }));
}

describe('a packing', () => {
  it('costs no less than the cheapest there is, and its lower bound no more', () => {
    check(
      fc.property(cases, ({ cluster, hostTypes, isFromZero }) => {
        deepFreeze([cluster, hostTypes]);
        const types = hostTypes.map((type) => ({ room: roomOfType(type, cluster), cost: type.cost ?? 1 }));
        const existing = isFromZero ? [] : roomsWithout(cluster, []);
        const tasks = tasksToPack(cluster, isFromZero);
        const answer = hostsNeeded(requestOf(cluster, hostTypes, isFromZero));
        const cheapest = cheapestPacking(tasks, existing, types);
        const fewest = cheapestPacking(
          tasks,
          existing,
          types.map((type) => ({ ...type, cost: 1 })),
        );
        if (cheapest === undefined || isFromZero) expect(answer.unplaceable.length > 0).toBe(cheapest === undefined);
        if (answer.unplaceable.length > 0) return;
        if (cheapest === undefined || fewest === undefined) return;
        expect(answer.lowerBound.cost).toBeLessThanOrEqual(cheapest);
        expect(answer.cost).toBeGreaterThanOrEqual(cheapest);
        expect(answer.lowerBound.hosts).toBeLessThanOrEqual(fewest);
        expect(answer.hosts).toBeGreaterThanOrEqual(fewest);
        if (answer.gap === 0) expect(answer.cost).toBe(cheapest);
      }),
    );
  });

  it('holds every task once, on hosts that hold what they are said to', () => {
    check(
      fc.property(cases, ({ cluster, hostTypes }) => {
        const request = requestOf(cluster, hostTypes, true);
        const { packing, unplaceable, byType, hosts, cost } = hostsNeeded(request);
        const packed = packing.flatMap(({ hosts: number, tasks }) => tasks.map(({ copies }) => copies * number));
        const total = [...packed, ...unplaceable.map(({ tasks }) => tasks)].reduce((sum, number) => sum + number, 0);
        expect(total).toBe(tasksToPack(cluster, true).length);
        expect(byType.reduce((sum, type) => sum + type.hosts, 0)).toBe(hosts);
        expect(packing.reduce((sum, group) => sum + group.hosts, 0)).toBe(hosts);
        expect(byType.reduce((sum, type, index) => sum + type.hosts * (hostTypes[index]?.cost ?? 1), 0)).toBe(cost);
      }),
    );
  });

  it('is the same, whatever order hosts and tasks come in', () => {
    check(
      fc.property(
        cases.chain(({ cluster, hostTypes, isFromZero }) =>
          fc.tuple(
            fc.constant({ cluster, hostTypes, isFromZero }),
            withShuffle(fc.constant(cluster.hosts)),
            withShuffle(fc.constant(cluster.tasks)),
            withShuffle(fc.constant(cluster.taskSizes)),
          ),
        ),
        ([{ cluster, hostTypes, isFromZero }, [, hosts], [, tasks], [, taskSizes]]) => {
          const shuffled = requestOf({ ...cluster, hosts, tasks, taskSizes }, hostTypes, isFromZero);
          expect(hostsNeeded(shuffled)).toStrictEqual(hostsNeeded(requestOf(cluster, hostTypes, isFromZero)));
        },
      ),
    );
  });
});

describe('hosts short', () => {
  it('are at least the fewest there can be, and none exactly where all is packed', () => {
    check(
      fc.property(cases, ({ cluster, hostTypes: [hostType] }) => {
        if (hostType === undefined) return;
        const answer = hostsShort(cluster.hosts, hostType, cluster);
        const fewest = cheapestPacking(homeless(cluster, []), roomsWithout(cluster, []), [{ room: roomOfType(hostType, cluster), cost: 1 }]);
        expect(answer.isPacked).toBe(answer.hosts === 0 && answer.unplaceable.length === 0);
        if (answer.isPacked) expect(fewest).toBe(0);
        if (fewest === undefined || answer.unplaceable.length > 0) return;
        expect(answer.lowerBound).toBeLessThanOrEqual(fewest);
        expect(answer.hosts).toBeGreaterThanOrEqual(fewest);
      }),
    );
  });
});
