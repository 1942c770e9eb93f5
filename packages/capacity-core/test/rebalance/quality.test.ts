import { type DrainableHostsOptions, drainableHosts, type HostType, hostsNeeded, hostsShort } from '../../src/index.js';
import { type SeededCluster, seededCluster } from '../helpers/seeded-cluster.js';
import { resources } from '../helpers/synthetic-hosts.js';

// How good the answers are, where sound ones differ: numbers measured over the same clusters each time. Fewer hosts named, a dearer
// packing or a lower bound is a loss; more is a gain to be proved sound, and then to be written down here.

const CLUSTERS: readonly SeededCluster[] = Array.from({ length: 24 }, (_, seed) =>
  seededCluster(seed + 1, { hosts: 4 + (seed % 9), tasks: 4 + ((7 * seed) % 30), sizes: 2 + (seed % 4) }),
);
/** Few kinds without headroom, of which most hosts can go. */
const ROOMY: readonly SeededCluster[] = Array.from({ length: 16 }, (_, seed) => {
  const cluster = seededCluster(1000 + seed, { hosts: 12, tasks: 8 + (seed % 8), sizes: 2 + (seed % 3) });
  return { ...cluster, taskSizes: cluster.taskSizes.map((size) => ({ ...size, headroom: 0 })) };
});

const TYPES: readonly HostType[] = [
  {
    name: 'medium',
    resources: resources(2048, 3968, { gpus: 2, takenTcpPorts: [22], others: [{ name: 'licence', amount: 3 }] }),
    cost: 10,
  },
  { name: 'small', resources: resources(1024, 1984, { takenTcpPorts: [22] }), cost: 4 },
  { name: 'large', resources: resources(4096, 15_872, { gpus: 4, takenTcpPorts: [22] }), attributes: [{ name: 'ssd' }], cost: 26 },
];

/** Hosts named, and kept by reason, over all clusters. */
function drained(clusters: readonly SeededCluster[], options: DrainableHostsOptions, areTasksKnown = true): Record<string, number> {
  const counts: Record<string, number> = { named: 0 };
  const add = (what: string, number: number): void => {
    counts[what] = (counts[what] ?? 0) + number;
  };
  for (const { tasks, ...cluster } of clusters) {
    const answer = drainableHosts(cluster.hosts, { ...cluster, ...(areTasksKnown ? { tasks } : {}), ...options });
    add('named', answer.containerInstanceArns.length);
    for (const { reason, taskSize } of answer.kept) add(taskSize === undefined ? reason : `${reason} of a size`, 1);
  }
  return counts;
}

it('are measured over clusters that have something to place', () => {
  expect(CLUSTERS.flatMap(({ tasks }) => tasks).length).toBeGreaterThan(200);
  expect(ROOMY.flatMap(({ tasks }) => tasks).length).toBeGreaterThan(100);
});

describe('hosts named as drainable', () => {
  it.each<[string, readonly SeededCluster[], DrainableHostsOptions, boolean, Record<string, number>]>([
    ['in any order', CLUSTERS, {}, true, { 'NO_ROOM of a size': 28, STANDALONE_TASKS: 6, 'UNPLACED_FIRST of a size': 85, named: 38 }],
    ['in any order, of roomy clusters', ROOMY, {}, true, { 'NO_ROOM of a size': 40, STANDALONE_TASKS: 9, named: 126 }],
    ['in any order, moving tasks of no service', ROOMY, { standaloneTasks: 'move' }, true, { 'NO_ROOM of a size': 48, named: 127 }],
    [
      'in any order, with balanced zones',
      ROOMY,
      { balanceZones: true },
      true,
      { 'NO_ROOM of a size': 39, STANDALONE_TASKS: 9, named: 127 },
    ],
    [
      'in any order, tasks unknown',
      CLUSTERS,
      {},
      false,
      { NO_ROOM: 18, 'NO_ROOM of a size': 24, UNPLACED_FIRST: 11, 'UNPLACED_FIRST of a size': 67, named: 37 },
    ],
    ['in any order, tasks unknown, of roomy clusters', ROOMY, {}, false, { NO_ROOM: 46, named: 129 }],
    [
      'by binpackCpu',
      CLUSTERS,
      { assumes: 'binpackCpu' },
      true,
      { 'NO_ROOM of a size': 26, STANDALONE_TASKS: 7, 'UNPLACED_FIRST of a size': 75, named: 49 },
    ],
    [
      'by binpackMemory',
      CLUSTERS,
      { assumes: 'binpackMemory' },
      true,
      { 'NO_ROOM of a size': 26, STANDALONE_TASKS: 7, 'UNPLACED_FIRST of a size': 75, named: 49 },
    ],
    [
      'by spreadZone',
      CLUSTERS,
      { assumes: 'spreadZone' },
      true,
      { 'NO_ROOM of a size': 27, STANDALONE_TASKS: 7, 'UNPLACED_FIRST of a size': 75, named: 48 },
    ],
    [
      'by binpackMemory, of roomy clusters',
      ROOMY,
      { assumes: 'binpackMemory', standaloneTasks: 'move' },
      true,
      { 'NO_ROOM of a size': 44, named: 131 },
    ],
    [
      'by spreadZone, of roomy clusters',
      ROOMY,
      { assumes: 'spreadZone', standaloneTasks: 'move' },
      true,
      { 'NO_ROOM of a size': 44, named: 131 },
    ],
    ['by binpackCpu, tasks unknown', ROOMY, { assumes: 'binpackCpu' }, false, { UNKNOWN_TASKS: 53, UNPLACED_FIRST: 69, named: 53 }],
  ])('%s', (_, clusters, options, areTasksKnown, expected) => {
    expect(drained(clusters, options, areTasksKnown)).toEqual(expected);
  });

  it('come in the same order: those with least to move first', () => {
    const orders = ROOMY.slice(0, 4).map((cluster) =>
      [false, true].map((balanceZones) =>
        drainableHosts(cluster.hosts, { ...cluster, balanceZones })
          .containerInstanceArns.map((arn) => arn.replace(/^.*-/, ''))
          .join(' '),
      ),
    );
    expect(orders.flat()).toEqual([
      '8 1 5 6 3 11 0',
      '8 1 6 3 5 11 0',
      '3 8 9 0 6 10 11 5 1',
      '8 9 10 3 0 7 11 5 1',
      '8 0 1 10 2 11 4 6 5 7 3',
      '8 10 1 0 2 11 6 7 4 9 3',
      '1 10 4 6 3 11 5 7 8',
      '10 3 4 1 11 5 6 7 8',
    ]);
  });
});

describe('packings', () => {
  const packed = (types: readonly HostType[], where: 'fromZero' | 'existing' | 'replaced'): Record<string, number> => {
    const sum = { hosts: 0, cost: 0, leastHosts: 0, leastCost: 0, unplaceable: 0, groups: 0 };
    for (const { hosts, ...cluster } of CLUSTERS) {
      const given =
        where === 'fromZero' ? {} : where === 'existing' ? { existing: hosts } : { existing: hosts.slice(2), replaced: hosts.slice(0, 2) };
      const answer = hostsNeeded({ ...cluster, ...given, hostTypes: types });
      sum.hosts += answer.hosts;
      sum.cost += answer.cost;
      sum.leastHosts += answer.lowerBound.hosts;
      sum.leastCost += answer.lowerBound.cost;
      sum.unplaceable += answer.unplaceable.reduce((total, { tasks }) => total + tasks, 0);
      sum.groups += answer.packing.length;
    }
    return sum;
  };

  it.each<[string, number, 'fromZero' | 'existing' | 'replaced', Record<string, number>]>([
    ['one type, from zero', 1, 'fromZero', { cost: 1040, groups: 55, hosts: 104, leastCost: 1040, leastHosts: 104, unplaceable: 28 }],
    ['two types, from zero', 2, 'fromZero', { cost: 626, groups: 56, hosts: 107, leastCost: 580, leastHosts: 104, unplaceable: 28 }],
    ['three types, from zero', 3, 'fromZero', { cost: 898, groups: 55, hosts: 110, leastCost: 786, leastHosts: 107, unplaceable: 8 }],
    ['three types, beside hosts', 3, 'existing', { cost: 190, groups: 16, hosts: 28, leastCost: 174, leastHosts: 28, unplaceable: 2 }],
    ['three types, in place of hosts', 3, 'replaced', { cost: 258, groups: 22, hosts: 42, leastCost: 236, leastHosts: 42, unplaceable: 2 }],
  ])('of %s', (_, types, where, expected) => {
    expect(packed(TYPES.slice(0, types), where)).toEqual(expected);
  });

  it('of costs that are no whole numbers', () => {
    const types = TYPES.map((type) => ({ ...type, cost: (type.cost ?? 1) / 7 }));
    const answers = CLUSTERS.slice(20, 24).map((cluster) => hostsNeeded({ ...cluster, hostTypes: types }));
    expect(answers.flatMap(({ cost, lowerBound, gap }) => [cost.toFixed(6), lowerBound.cost.toFixed(6), gap.toFixed(6)])).toEqual([
      '1.428571',
      '1.428571',
      '0.000000',
      '11.428571',
      '11.428571',
      '0.000000',
      '4.857143',
      '2.857143',
      '0.700000',
      '4.285714',
      '1.642857',
      '1.608696',
    ]);
  });

  it('of headroom and what waits, in hosts short', () => {
    const sum = { hosts: 0, lowerBound: 0, packed: 0, unplaceable: 0 };
    for (const cluster of CLUSTERS) {
      const answer = hostsShort(cluster.hosts, { name: 'medium', resources: resources(2048, 3968) }, cluster);
      sum.hosts += answer.hosts;
      sum.lowerBound += answer.lowerBound;
      sum.packed += answer.isPacked ? 1 : 0;
      sum.unplaceable += answer.unplaceable.length;
    }
    expect(sum).toEqual({ hosts: 16, lowerBound: 16, packed: 12, unplaceable: 12 });
  });
});
