import { emptyRoomOf, placementContext, type TaskSize } from '../../src/index.js';
import { binOf } from '../../src/rebalance/bin.js';
import { kindsOf } from '../../src/rebalance/kinds.js';
import { lowerBound } from '../../src/rebalance/lower-bound.js';
import type { PackingProblem } from '../../src/rebalance/packing-problem.js';
import { PlacementTable } from '../../src/rebalance/placement-table.js';
import { countInto } from '../../src/rebalance/task-demand.js';
import { host, resources, taskSize } from '../helpers/synthetic-hosts.js';

// Each bound is worked by hand beside it. It is asked for by itself: the answer of hostsNeeded cuts it off at the cost of the packing.

type Room = readonly [cpuUnits: number, memoryMiB: number, others?: { readonly gpus?: number; readonly disk?: number }];
type Tasks = readonly [tasks: number, size: TaskSize];

interface Given {
  readonly types: readonly Room[];
  readonly tasks: readonly Tasks[];
  readonly existing?: readonly Room[];
  /** Sizes that stand for tasks of which only the sum is known. */
  readonly loose?: readonly TaskSize[];
}

function problemOf({ types, tasks, existing = [], loose = [] }: Given): PackingProblem {
  const { kinds, kindOf } = kindsOf(
    tasks.map(([, size]) => size),
    { alone: new Set(loose) },
  );
  const tableOf = (rooms: readonly Room[]) =>
    PlacementTable.of(
      rooms.map(([cpuUnits, memoryMiB, { gpus = 0, disk } = {}], index) => {
        const registered = resources(cpuUnits, memoryMiB, { gpus, others: disk === undefined ? [] : [{ name: 'disk', amount: disk }] });
        return emptyRoomOf(host(`host-${index}`, { registered }), placementContext({ tasks: [] }));
      }),
      kinds,
    );
  const isLoose = new Uint8Array(kinds.sizes.length);
  for (const size of loose) isLoose[kindOf(size)] = 1;
  return {
    kinds,
    counts: countInto(
      new Float64Array(kinds.sizes.length),
      tasks.map(([number, size]) => ({ size, tasks: number })),
      kindOf,
    ),
    loose: isLoose,
    existing: existing.map((_, row) => binOf(tableOf(existing), row, -1)),
    types: types.map((_, row) => binOf(tableOf(types), row, row)),
    costs: types.map(() => 1),
  };
}

const named = (name: string, cpuUnits: number, memoryMiB: number, others: Partial<TaskSize> = {}): TaskSize =>
  taskSize(cpuUnits, memoryMiB, { name, ...others });
const DISTINCT = { placementConstraints: [{ type: 'distinctInstance' as const }] };
const BOX: Room = [1000, 1000];

describe('the fewest hosts', () => {
  it.each<[string, Given, number]>([
    ['of nothing', { types: [BOX], tasks: [[0, named('a', 100, 100)]] }, 0],
    ['by CPU: 2,100 ÷ 1,000', { types: [BOX], tasks: [[21, named('a', 100, 1)]] }, 3],
    ['by memory: 2,100 ÷ 1,000', { types: [BOX], tasks: [[21, named('a', 1, 100)]] }, 3],
    [
      'by the sum over kinds: 500 + 501',
      {
        types: [BOX],
        tasks: [
          [5, named('a', 100, 1)],
          [3, named('b', 167, 2)],
        ],
      },
      2,
    ],
    ['of what fills hosts to the last unit: 2,000 ÷ 1,000', { types: [BOX], tasks: [[20, named('a', 100, 1)]] }, 2],
    ['of tasks of more than half a host: one each', { types: [BOX], tasks: [[3, named('a', 501, 1)]] }, 3],
    ['of tasks of half a host: two each', { types: [BOX], tasks: [[3, named('a', 500, 1)]] }, 2],
    ['of tasks of more than a third: two each', { types: [BOX], tasks: [[5, named('a', 334, 1)]] }, 3],
    [
      'of kinds of more than half and more than a third together: 2 + 1 + 1 + 1 thirds, of which a host has 2',
      {
        types: [BOX],
        tasks: [
          [1, named('a', 667, 1)],
          [3, named('b', 334, 2)],
        ],
      },
      3,
    ],
    ['of tasks of more than an eighth: seven each', { types: [BOX], tasks: [[15, named('a', 126, 1)]] }, 3],
    ['by copies, which rounding does not see: ten each', { types: [[1090, 1000]], tasks: [[21, named('a', 100, 1)]] }, 3],
    ['by a port: one each', { types: [BOX], tasks: [[4, named('a', 1, 1, { tcpPorts: [80] })]] }, 4],
    [
      'by a TCP port that several kinds ask for',
      {
        types: [BOX],
        tasks: [
          [2, named('a', 1, 1, { tcpPorts: [80] })],
          [3, named('b', 2, 1, { tcpPorts: [81, 80] })],
        ],
      },
      5,
    ],
    [
      'by a UDP port that several kinds ask for',
      {
        types: [BOX],
        tasks: [
          [2, named('a', 1, 1, { udpPorts: [80] })],
          [3, named('b', 2, 1, { udpPorts: [80] })],
        ],
      },
      5,
    ],
    [
      'by ports of which no two are the same',
      {
        types: [BOX],
        tasks: [
          [2, named('a', 1, 1, { udpPorts: [80] })],
          [3, named('b', 2, 1, { tcpPorts: [80] })],
        ],
      },
      3,
    ],
    [
      'by a group that is kept apart, over its sizes',
      {
        types: [BOX],
        tasks: [
          [2, named('a', 1, 1, { ...DISTINCT, group: 'service:a' })],
          [3, named('b', 2, 1, { ...DISTINCT, group: 'service:a' })],
        ],
      },
      5,
    ],
    [
      'by groups that are kept apart each by itself',
      {
        types: [BOX],
        tasks: [
          [2, named('a', 1, 1, { ...DISTINCT, group: 'service:a' })],
          [3, named('b', 2, 1, { ...DISTINCT, group: 'service:b' })],
        ],
      },
      3,
    ],
    [
      'by a group of which one size alone is kept apart',
      {
        types: [BOX],
        tasks: [
          [2, named('a', 1, 1, { ...DISTINCT, group: 'service:a' })],
          [3, named('b', 2, 1, { group: 'service:a' })],
        ],
      },
      2,
    ],
    [
      'by a resource of the user’s: 2.1 ÷ 1',
      { types: [[1000, 1000, { disk: 1 }]], tasks: [[3, named('a', 1, 1, { others: [{ name: 'disk', amount: 0.7 }] })]] },
      3,
    ],
    ['of the larger of two types: 2,100 ÷ 2,000', { types: [BOX, [2000, 2000]], tasks: [[21, named('a', 100, 1)]] }, 2],
    [
      'of types that are each good for one thing: (22 + 22) ÷ (10 + 1)',
      {
        types: [
          [10, 1],
          [1, 10],
        ],
        tasks: [
          [22, named('a', 1, 0)],
          [22, named('b', 0, 1)],
        ],
      },
      4,
    ],
    [
      'of tasks that only one of the types takes: two GPUs, one a host',
      {
        types: [
          [9000, 9000],
          [1000, 1000, { gpus: 1 }],
        ],
        tasks: [
          [2, named('a', 1, 1, { gpus: 1 })],
          [1, named('b', 100, 100)],
        ],
      },
      2,
    ],
  ])('%s', (_, given, expected) => {
    const problem = problemOf(given);
    expect(lowerBound(problem, problem.costs)).toBe(expected);
  });

  it.each<[string, Given, number]>([
    ['volume', { types: [BOX], existing: [[1000, 1000]], tasks: [[31, named('a', 100, 1)]] }, 3],
    ['rounded volume', { types: [BOX], existing: [[600, 600]], tasks: [[4, named('a', 501, 1)]] }, 3],
    ['copies', { types: [[1090, 1000]], existing: [[550, 1000]], tasks: [[26, named('a', 100, 1)]] }, 3],
    ['a port, whatever room they have', { types: [BOX], existing: [[1000, 1000]], tasks: [[4, named('a', 1, 1, { tcpPorts: [80] })]] }, 3],
    ['no port where they take no copy', { types: [BOX], existing: [[1000, 5]], tasks: [[4, named('a', 1, 10, { tcpPorts: [80] })]] }, 4],
    ['more than is asked for', { types: [BOX], existing: [[5000, 5000]], tasks: [[4, named('a', 100, 1)]] }, 0],
  ])('is less by what hosts that exist give: %s', (_, given, expected) => {
    const problem = problemOf(given);
    expect(lowerBound(problem, problem.costs)).toBe(expected);
  });

  it('counts what only the sum is known of by volume alone: it may be many tasks', () => {
    const block = named('tasks on a', 501, 1);
    const [known, unknown] = [[], [block]].map((loose) => problemOf({ types: [BOX], tasks: [[3, block]], loose }));
    expect([known, unknown].map((problem) => problem && lowerBound(problem, problem.costs))).toEqual([3, 2]);
    // Though no host takes it in one piece, it must go somewhere.
    const large = named('tasks on a', 2500, 1);
    const problem = problemOf({ types: [BOX], tasks: [[1, large]], loose: [large] });
    expect(lowerBound(problem, problem.costs)).toBe(3);
    const ported = named('tasks on a', 1, 1, { tcpPorts: [80] });
    const ports = problemOf({ types: [BOX], tasks: [[3, ported]], loose: [ported] });
    expect(lowerBound(ports, ports.costs)).toBe(1);
  });

  it('looks at what is confined to some types by itself: others may be cheaper', () => {
    const types: readonly Room[] = [BOX, [1000, 1000, { gpus: 4 }]];
    const confined = [501, 502, 503].map((cpuUnits): Tasks => [1, named(`a-${cpuUnits}`, cpuUnits, 1, { gpus: 1 })]);
    expect(lowerBound(problemOf({ types, tasks: confined }), [1, 10])).toBe(30);
    // What is not confined can go beside it, or elsewhere: 100 units would fit on the dear hosts.
    expect(lowerBound(problemOf({ types, tasks: [...confined, [1, named('b', 100, 1)]] }), [1, 10])).toBe(30);
  });

  it('leaves out tasks that no type takes', () => {
    const problem = problemOf({
      types: [BOX],
      tasks: [
        [1, named('a', 100, 1)],
        [5, named('b', 1001, 1)],
      ],
    });
    expect(lowerBound({ ...problem, counts: problem.counts.map((tasks) => (tasks === 5 ? 0 : tasks)) }, [1])).toBe(1);
  });
});

describe('the least cost', () => {
  const ten: Given = { types: [BOX, [2000, 2000]], tasks: [[21, named('a', 100, 1)]] };

  it.each<[string, readonly number[], number]>([
    ['at the best price for what it gives: 2,100 at 1 per 1,000, in whole hosts', [1, 3], 3],
    ['the same in other money', [0.25, 0.75], 0.75],
    ['in steps of what both prices are multiples of: 4.2 at 2 or 6', [2, 6], 6],
    ['in steps of the greatest that both are multiples of: 2,100 at 3 per 2,000 is 3.15', [2, 3], 4],
    ['of decimal prices: 2,100 at 0.012 per 1,000 is 0.0252', [0.012, 0.03], 0.03],
    ['of one price: 2,100 at 7 per 2,000 is 7.35', [7, 7], 14],
  ])('is %s', (_, costs, expected) => {
    expect(lowerBound(problemOf(ten), costs)).toBeCloseTo(expected, 12);
  });

  it('is not rounded up where prices have no common measure that is known', () => {
    const bound = lowerBound(problemOf(ten), [Math.PI, Math.PI * Math.E]);
    expect(bound).toBeCloseTo(2.1 * Math.PI, 6);
    expect(bound).toBeLessThanOrEqual(2.1 * Math.PI);
  });

  it('weighs two dimensions so that no type is the best for both', () => {
    const given: Given = {
      types: [
        [10, 1],
        [1, 20],
      ],
      tasks: [
        [22, named('a', 1, 0)],
        [22, named('b', 0, 1)],
      ],
    };
    // The least of parts of hosts: x and y of them with 10x + y = 22 and x + 20y = 22.
    const [x, y] = [(20 * 22 - 22) / 199, (10 * 22 - 22) / 199];
    const least = x * Math.PI + y * Math.E;
    expect(lowerBound(problemOf(given), [Math.PI, Math.E])).toBeCloseTo(least, 6);
    expect(lowerBound(problemOf(given), [Math.PI, Math.E])).toBeLessThanOrEqual(least);
  });
});
