import {
  type DrainableHostsOptions,
  drainableHosts,
  type Host,
  type PlacementAssumption,
  type Task,
  type TaskSize,
} from '../../src/index.js';
import { arnOf, host, resources, taskSize } from '../helpers/synthetic-hosts.js';

type Left = readonly [cpuUnits: number, memoryMiB: number, zone?: string];

interface Given {
  /** What hosts have left that are to stay. */
  readonly hosts: Readonly<Record<string, Left>>;
  /** What the host to drain runs. */
  readonly moves: readonly TaskSize[];
  /** What runs on the others. */
  readonly runs?: Readonly<Record<string, readonly TaskSize[]>>;
  /** Sizes with headroom. */
  readonly headroom?: readonly TaskSize[];
}

const size = (name: string, cpuUnits: number, memoryMiB: number, others: Partial<TaskSize> = {}): TaskSize =>
  taskSize(cpuUnits, memoryMiB, { name, group: `service:${name}`, ...others });
const kept = (name: string, cpuUnits: number, memoryMiB: number, headroom = 1): TaskSize => size(name, cpuUnits, memoryMiB, { headroom });

function hostWith(name: string, [cpuUnits, memoryMiB, zone]: Left, tasks: readonly TaskSize[]): Host {
  const sum = (amountOf: (one: TaskSize) => number): number => tasks.reduce((total, one) => total + amountOf(one), 0);
  return host(name, {
    registered: resources(cpuUnits + sum((one) => one.cpuUnits), memoryMiB + sum((one) => one.memoryMiB)),
    remaining: resources(cpuUnits, memoryMiB),
    attributes: zone === undefined ? [] : [{ name: 'ecs.availability-zone', value: zone }],
  });
}

/** What runs on a host. */
function tasksOn(name: string, sizes: readonly TaskSize[]): readonly Task[] {
  return sizes.map((size, index) => ({
    taskArn: `${name}-${index}`,
    containerInstanceArn: arnOf(name),
    lastStatus: 'RUNNING',
    daemon: false,
    size,
    ...(size.group === undefined ? {} : { group: size.group }),
  }));
}

/** Why the host `z`, which has no room for itself, cannot be drained; `drained` where it can. */
function outcome({ hosts, moves, runs = {}, headroom = [] }: Given, assumes: PlacementAssumption, zone?: string): string {
  const on = { ...runs, z: moves };
  const all = { ...hosts, z: [0, 0, zone] as unknown as Left };
  const tasks = Object.entries(on).flatMap(([name, sizes]) => tasksOn(name, sizes));
  const options: DrainableHostsOptions = { tasks, taskSizes: headroom, assumes, staying: new Set(Object.keys(hosts).map(arnOf)) };
  const answer = drainableHosts(
    Object.entries(all).map(([name, left]) => hostWith(name, left, on[name as keyof typeof on] ?? [])),
    options,
  );
  const why = answer.kept.find(({ containerInstanceArn }) => containerInstanceArn === arnOf('z'));
  return why === undefined ? 'drained' : [why.reason, why.taskSize ?? ''].join(' ').trim();
}

const STRATEGIES = ['binpackCpu', 'binpackMemory', 'spreadZone', 'anyOrder'] as const;
const outcomes = (given: Given, zone?: string) => STRATEGIES.map((assumes) => outcome(given, assumes, zone));

describe('a task that moves goes', () => {
  // One task moves, and headroom tells from what it left where it went.
  it('by binpackCpu to the host with least CPU left, by binpackMemory to that with least memory, by spreadZone to that with most', () => {
    const hosts = { a: [2, 10], b: [10, 2], c: [9, 9] } as const;
    const moves = [size('m', 2, 2)];
    expect(outcomes({ hosts, moves, headroom: [kept('on-a', 1, 10)] })).toEqual([
      'NO_ROOM on-a',
      'drained',
      'NO_ROOM on-a',
      'NO_ROOM on-a',
    ]);
    expect(outcomes({ hosts, moves, headroom: [kept('on-b', 10, 1)] })).toEqual(['drained', 'NO_ROOM on-b', 'drained', 'NO_ROOM on-b']);
    expect(outcomes({ hosts, moves, headroom: [kept('on-c', 9, 9)] })).toEqual(['drained', 'drained', 'drained', 'NO_ROOM on-c']);
  });

  it('between equals by the other of both to that with least, whichever comes first', () => {
    const moves = [size('m', 2, 2)];
    const memory = [kept('large', 5, 9)];
    for (const hosts of [{ a: [5, 9], b: [5, 4] } as const, { a: [5, 4], b: [5, 9] } as const]) {
      expect(outcome({ hosts, moves, headroom: memory }, 'binpackCpu')).toBe('drained');
      expect(outcome({ hosts, moves, headroom: memory }, 'spreadZone')).toBe('NO_ROOM large');
    }
    const cpu = [kept('large', 9, 5)];
    for (const hosts of [{ a: [9, 5], b: [4, 5] } as const, { a: [4, 5], b: [9, 5] } as const]) {
      expect(outcome({ hosts, moves, headroom: cpu }, 'binpackMemory')).toBe('drained');
    }
  });

  it('by spreadZone to the zone with fewest of its group, the host that moves not counted', () => {
    const web = size('web', 1, 1);
    const other = size('other', 1, 1);
    const headroom = [kept('large', 1, 9)];
    const hosts = { a: [9, 8, 'one'], b: [9, 9, 'two'] } as const;
    // Zone one runs one of web; zone two runs three of others, and the host that moves.
    const runs = { a: [web], b: [other, other, other] };
    expect(outcome({ hosts, moves: [web], runs, headroom }, 'spreadZone', 'two')).toBe('NO_ROOM large');
    // With two of its group in zone two, it goes to zone one, though there is less memory.
    const more = { a: [web], b: [web, web] };
    expect(outcome({ hosts, moves: [web], runs: more, headroom }, 'spreadZone', 'one')).toBe('drained');
    // Sizes of one group count as one.
    const alike = { a: [web], b: [web, size('next', 1, 2, { group: 'service:web' })] };
    expect(outcome({ hosts, moves: [web], runs: alike, headroom }, 'spreadZone', 'one')).toBe('drained');
    // Between zones with as many, memory decides.
    expect(outcome({ hosts, moves: [web], runs: { a: [web], b: [web] }, headroom }, 'spreadZone', 'two')).toBe('NO_ROOM large');
  });

  it('by spreadZone in turns, so that what went before counts', () => {
    const web = size('web', 1, 1);
    const hosts = { a: [9, 20, 'one'], b: [9, 9, 'two'] } as const;
    // One to each zone, so neither has more than 19 and 8 left.
    expect(outcome({ hosts, moves: [web, web], headroom: [kept('large', 1, 19)] }, 'spreadZone')).toBe('drained');
    expect(outcome({ hosts, moves: [web, web], headroom: [kept('large', 1, 8, 3)] }, 'spreadZone')).toBe('drained');
    expect(outcome({ hosts, moves: [web, web], headroom: [kept('large', 1, 9, 3)] }, 'spreadZone')).toBe('NO_ROOM large');
  });

  it('after those that are larger', () => {
    // The large one fits a alone; the small one would go there, having less left, if it went first.
    const hosts = { a: [6, 6], b: [9, 5] } as const;
    const [large, small] = [size('large', 6, 6), size('small', 1, 5)];
    expect(outcome({ hosts, moves: [small, large] }, 'binpackCpu')).toBe('drained');
    expect(outcome({ hosts, moves: [large, small] }, 'binpackCpu')).toBe('drained');
  });
});

describe('what moved', () => {
  /** Hosts to drain one after the other, in order, each by name with what it has left and runs. */
  function drained(hosts: Readonly<Record<string, readonly [Left, ...TaskSize[]]>>, options: DrainableHostsOptions): readonly string[] {
    const tasks = Object.entries(hosts).flatMap(([name, [, ...sizes]]) => tasksOn(name, sizes));
    return drainableHosts(
      Object.entries(hosts).map(([name, [left, ...sizes]]) => hostWith(name, left, sizes)),
      { tasks, ...options },
    ).containerInstanceArns.map((arn) => arn.slice(arnOf('').length));
  }

  it.each(['binpackCpu', 'binpackMemory', 'spreadZone'] as const)('moves again with a host it went to, by %s', (assumes) => {
    const one = size('one', 1, 1);
    // a's task goes to b, which has least left; then b's two need the places that c has.
    expect(
      drained({ a: [[0, 0], one], b: [[2, 2], one], c: [[2, 2], one, one, one] }, { assumes, staying: new Set([arnOf('c')]) }),
    ).toEqual(['a', 'b']);
    expect(
      drained({ a: [[0, 0], one], b: [[2, 2], one], c: [[1, 1], one, one, one] }, { assumes, staying: new Set([arnOf('c')]) }),
    ).toEqual(['a']);
  });

  it.each(['binpackCpu', 'spreadZone'] as const)('stays where a host that was tried is kept, by %s', (assumes) => {
    const [one, two] = [size('one', 1, 1), size('two', 3, 3)];
    // b cannot go, since a 3 fits nowhere else; what it tried takes no room from d.
    const hosts = { a: [[0, 0], one], b: [[0, 0], one, two], c: [[2, 2]], d: [[0, 0], one, one, one, one] } as const;
    const staying = new Set([arnOf('c'), arnOf('d')]);
    expect(drained(hosts as never, { assumes, staying })).toEqual(['a']);
    const more = { ...hosts, e: [[0, 0], one, one, one] } as const;
    expect(drained({ ...more, c: [[4, 4]] } as never, { assumes, staying })).toEqual(['a', 'e']);
  });

  it('waits first, largest first, and headroom after it', () => {
    const waiting = [{ size: size('waits', 3, 3), tasks: 2 }];
    const headroom = [kept('spare', 2, 2, 2)];
    const one = size('one', 1, 1);
    for (const assumes of ['binpackCpu', 'binpackMemory', 'spreadZone'] as const) {
      expect(drained({ a: [[0, 0], one], b: [[5, 5]], c: [[5, 5]] }, { assumes, waiting, taskSizes: headroom })).toEqual([]);
      // Packed, 3 + 2 are left of which one task takes the 2; spread, 3 + 2, and it takes one of the 3.
      const packed = drained({ a: [[0, 0], one], b: [[6, 6]], c: [[5, 5]] }, { assumes, waiting, taskSizes: headroom });
      expect(packed).toEqual(assumes === 'spreadZone' ? ['a'] : []);
      expect(drained({ a: [[0, 0], one], b: [[7, 7]], c: [[5, 5]] }, { assumes, waiting, taskSizes: headroom })).toEqual(['a']);
      expect(drained({ b: [[4, 4]], c: [[5, 5]] }, { assumes, waiting, taskSizes: headroom })).toEqual([]);
    }
  });
});
