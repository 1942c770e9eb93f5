import { type DrainableHostsOptions, drainableHosts, type HostType, hostsNeeded, hostsShort } from '../../src/index.js';
import { type SeededCluster, seededCluster } from '../helpers/seeded-cluster.js';
import { resources } from '../helpers/synthetic-hosts.js';

// How good the answers are, where sound ones differ: numbers measured over the same clusters each time. Fewer hosts named, a dearer
// packing or a lower bound is a loss; more is a gain to be proved sound, and then to be written down here.

const CLUSTERS: readonly SeededCluster[] = Array.from({}, (_, seed) =>
  seededCluster(seed + 1, { hosts: 4 + (seed % 9), tasks: 4 + ((7 * seed) % 30), sizes: 2 + (seed % 4) }),
);
/** Few kinds without headroom, of which most hosts can go. */
const ROOMY: readonly SeededCluster[] = Array.from({}, (_, seed) => {
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
  const counts: Record<string, number> = {};
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

describe('hosts named as drainable', () => {
  it.each<[string, readonly SeededCluster[], DrainableHostsOptions, boolean, Record<string, number>]>([
    ['in any order', CLUSTERS, {}, true, {}],
    ['in any order, of roomy clusters', ROOMY, {}, true, {}],
    ['in any order, moving tasks of no service', ROOMY, { standaloneTasks: 'move' }, true, {}],
    ['in any order, with balanced zones', ROOMY, { balanceZones: true }, true, {}],
    ['in any order, tasks unknown', CLUSTERS, {}, false, {}],
    ['in any order, tasks unknown, of roomy clusters', ROOMY, {}, false, {}],
    ['by binpackCpu', CLUSTERS, { assumes: 'binpackCpu' }, true, {}],
    ['by binpackMemory', CLUSTERS, { assumes: 'binpackMemory' }, true, {}],
    ['by spreadZone', CLUSTERS, { assumes: 'spreadZone' }, true, {}],
    ['by binpackMemory, of roomy clusters', ROOMY, { assumes: 'binpackMemory', standaloneTasks: 'move' }, true, {}],
    ['by spreadZone, of roomy clusters', ROOMY, { assumes: 'spreadZone', standaloneTasks: 'move' }, true, {}],
    ['by binpackCpu, tasks unknown', ROOMY, { assumes: 'binpackCpu' }, false, {}],
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
    expect(orders.flat()).toEqual([]);
  });
});

describe('packings', () => {
  const packed = (types: readonly HostType[], where: 'fromZero' | 'existing' | 'replaced'): Record<string, number> => {
    const sum = {};
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
    ['one type, from zero', 1, 'fromZero', {}],
    ['two types, from zero', 2, 'fromZero', {}],
    ['three types, from zero', 3, 'fromZero', {}],
    ['three types, beside hosts', 3, 'existing', {}],
    ['three types, in place of hosts', 3, 'replaced', {}],
  ])('of %s', (_, types, where, expected) => {
    expect(packed(TYPES.slice(0, types), where)).toEqual(expected);
  });

  it('of costs that are no whole numbers', () => {
    const types = TYPES.map((type) => ({ ...type, cost: (type.cost ?? 1) / 7 }));
    const answers = CLUSTERS.slice(20, 24).map((cluster) => hostsNeeded({ ...cluster, hostTypes: types }));
    expect(answers.flatMap(({ cost, lowerBound, gap }) => [cost.toFixed(6), lowerBound.cost.toFixed(6), gap.toFixed(6)])).toEqual([]);
  });

  it('of headroom and what waits, in hosts short', () => {
    const sum = {};
    for (const cluster of CLUSTERS) {
      const answer = hostsShort(cluster.hosts, { name: 'medium', resources: resources(2048, 3968) }, cluster);
      sum.hosts += answer.hosts;
      sum.lowerBound += answer.lowerBound;
      sum.packed += answer.isPacked ? 1 : 0;
      sum.unplaceable += answer.unplaceable.length;
    }
    expect(sum).toEqual({});
  });
});
