import { type Host, type HostType, hostsNeeded, hostsShort, type TaskDemand } from '../../src/index.js';
import { numbers } from '../helpers/seeded-cluster.js';
import { host, resources, taskSize } from '../helpers/synthetic-hosts.js';

// How good packings are, over many small problems that are the same in every run. Each order of kinds and each way to choose hosts is
// there because some problems are packed best by it alone, so without any of them a number here gets worse. A better number is a gain
// to be written down; a worse one is a loss.

const PROBLEMS = 120;

interface Cut {
  readonly hosts: readonly Host[];
  readonly waiting: readonly TaskDemand[];
}

/** A whole number in so many parts, each 0 or more. */
function parted(next: (below: number) => number, whole: number, parts: number): readonly number[] {
  const marks = Array.from({ length: parts - 1 }, () => next(whole + 1)).sort((a, b) => a - b);
  return [...marks, whole].map((mark, at) => mark - (marks[at - 1] ?? 0));
}

/** Empty hosts that are cut up into tasks, so that a packing onto them is known to exist; a little of each host may be left. */
function cutUp(seed: number, slack: number): Cut {
  const next = numbers(seed);
  const waiting: TaskDemand[] = [];
  const hosts = Array.from({ length: 2 + next(4) }, (_, index): Host => {
    const [cpuUnits, memoryMiB] = [12 + next(24), 12 + next(24)];
    const disk = next(3) === 0 ? [{ name: 'disk', amount: 1 }] : [];
    const parts = 2 + next(3);
    const [cpu, memory] = [parted(next, cpuUnits - slack, parts), parted(next, memoryMiB - slack, parts)];
    for (const [part, units] of cpu.entries()) {
      const tcpPorts = next(6) === 0 && part === 0 ? [80] : [];
      const size = taskSize(units, memory[part] ?? 0, { name: `${index}-${part}`, tcpPorts, others: part === 1 ? disk : [] });
      waiting.push({ size, tasks: 1 });
    }
    return host(`host-${index}`, { registered: resources(cpuUnits, memoryMiB, { others: disk }) });
  });
  return { hosts, waiting };
}

const TYPES: readonly HostType[] = [
  { name: 'even', resources: resources(24, 24), cost: 24 },
  { name: 'small', resources: resources(10, 10), cost: 11 },
  { name: 'wide', resources: resources(40, 20), cost: 28 },
  { name: 'tall', resources: resources(12, 40, { others: [{ name: 'disk', amount: 2 }] }), cost: 27 },
  { name: 'huge', resources: resources(80, 80, { others: [{ name: 'disk', amount: 4 }] }), cost: 85 },
];

/** A few kinds of task, several of each. */
function mixed(seed: number): readonly TaskDemand[] {
  const next = numbers(seed);
  return Array.from({ length: 2 + next(6) }, (_, index) => {
    const hasDisk = next(4) === 0;
    const size = taskSize(1 + next(20), hasDisk ? 1 + next(30) : 1 + next(20), {
      name: `size-${index}`,
      tcpPorts: next(6) === 0 ? [80] : [],
      others: hasDisk ? [{ name: 'disk', amount: 1 }] : [],
    });
    return { size, tasks: 1 + next(4) };
  });
}

const seeds = Array.from({ length: PROBLEMS }, (_, index) => 7919 * (index + 1));

describe('of hosts that are cut up into tasks', () => {
  it.each<[string, number, number]>([
    ['to the last unit', 0, 53],
    ['but for one unit of each', 1, 77],
    ['but for two units of each', 2, 97],
  ])('%s, so many are packed again without a host more', (_, slack, expected) => {
    const packed = seeds.filter((seed) => {
      const { hosts, waiting } = cutUp(seed, slack);
      return hostsShort(hosts, { name: 'none', resources: resources(0, 0) }, { tasks: [], waiting }).isPacked;
    });
    expect(packed.length).toBe(expected);
  });

  it('so many hosts are bought beside them, where some tasks fit on none that can be bought', () => {
    const bought = seeds.map((seed) => {
      const { hosts, waiting } = cutUp(seed, 0);
      return hostsNeeded({ tasks: [], waiting, existing: hosts, hostTypes: TYPES.slice(0, 2) });
    });
    expect(bought.reduce((sum, { cost }) => sum + cost, 0)).toBe(926);
    expect(bought.flatMap(({ unplaceable }) => unplaceable).reduce((sum, { tasks }) => sum + tasks, 0)).toBe(0);
  });
});

describe('hosts that are bought cost so much, and no less than so much', () => {
  it.each<[string, readonly number[], number, number]>([
    ['of one type', [4], 16_915, 16_915],
    ['of two types', [0, 1], 9501, 8387],
    ['of types that are each good for something', [2, 3], 11_591, 8108],
    ['of five types', [0, 1, 2, 3, 4], 10_892, 8680],
  ])('%s', (_, indices, cost, least) => {
    const hostTypes = indices.flatMap((index) => TYPES[index] ?? []);
    const answers = seeds.slice(0, PROBLEMS / 2).map((seed) => hostsNeeded({ waiting: mixed(seed), hostTypes }));
    const sum = (of: (answer: (typeof answers)[number]) => number): number => answers.reduce((total, answer) => total + of(answer), 0);
    expect([sum((answer) => answer.cost), sum(({ lowerBound }) => lowerBound.cost)]).toEqual([cost, least]);
  });
});
