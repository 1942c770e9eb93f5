import {
  drainableHosts,
  type Host,
  hostsNeeded,
  hostsShort,
  parsePlacementExpression,
  type Task,
  type TaskDemand,
  type TaskSize,
} from '../../src/index.js';
import { arnOf, host, resources, taskSize } from '../helpers/synthetic-hosts.js';

// Constraints that ask what runs on a host: what is proved where more tasks can only break them, and where they can meet them.

function memberOf(text: string): Pick<TaskSize, 'placementConstraints'> {
  const parsed = parsePlacementExpression(text);
  if (!parsed.ok) throw new TypeError(parsed.error.message);
  return { placementConstraints: [{ type: 'memberOf', expression: parsed.value }] };
}

const size = (name: string, cpuUnits: number, others: Partial<TaskSize> = {}): TaskSize =>
  taskSize(cpuUnits, 1, { name, group: `service:${name}`, ...others });
const AWAY_FROM_DB = memberOf('not(task:group == service:db)');
const BY_DB = memberOf('task:group == service:db');
const DB = size('db', 2);

/** A host of ten CPU units that runs the given tasks. */
function running(name: string, tasks: readonly Task[], others: Partial<Host> = {}): Host {
  const used = tasks.filter(({ containerInstanceArn }) => containerInstanceArn === arnOf(name));
  const left = resources(10 - used.reduce((sum, task) => sum + task.size.cpuUnits, 0), 100 - used.length);
  return host(name, { registered: resources(10, 100), remaining: left, ...others });
}

const on = (name: string, what: TaskSize): Task => ({
  taskArn: `${what.name} on ${name}`,
  containerInstanceArn: arnOf(name),
  group: what.group ?? '',
  lastStatus: 'RUNNING',
  daemon: false,
  size: what,
});

/** `proved`, or what waits and is not sure of a host. */
function verdict(hosts: readonly Host[], waiting: readonly TaskDemand[], tasks: readonly Task[] = []): string {
  const staying = new Set(hosts.map(({ containerInstanceArn }) => containerInstanceArn));
  const [first] = drainableHosts(hosts, { staying, waiting, tasks }).kept;
  return first?.reason === 'STAYING' ? 'proved' : `${first?.reason} ${first?.taskSize}`;
}

const waiting = (...sizes: ReadonlyArray<readonly [TaskSize, number]>): readonly TaskDemand[] =>
  sizes.map(([what, tasks]) => ({ size: what, tasks }));
const hosts = (count: number, tasks: readonly Task[] = []): readonly Host[] =>
  Array.from({ length: count }, (_, index) => running(`host-${index}`, tasks));

describe('a task that keeps away from others', () => {
  const shy = size('shy', 1, AWAY_FROM_DB);

  it('is sure of a host where there are more hosts than other tasks', () => {
    expect(verdict(hosts(3), waiting([shy, 1], [DB, 2]))).toBe('proved');
    expect(verdict(hosts(2), waiting([shy, 1], [DB, 2]))).toBe('UNPLACED_FIRST shy');
  });

  it('is so only of hosts that none of those run on', () => {
    const tasks = [on('host-0', DB)];
    expect(verdict(hosts(3, tasks), waiting([shy, 1], [DB, 1]), tasks)).toBe('proved');
    expect(verdict(hosts(3, tasks), waiting([shy, 1], [DB, 2]), tasks)).toBe('UNPLACED_FIRST shy');
  });

  it('does not keep its host from being emptied', () => {
    const named = (tasks: readonly Task[]): readonly string[] =>
      drainableHosts(
        ['a', 'b', 'c'].map((name) => running(name, tasks)),
        { tasks, staying: new Set([arnOf('b'), arnOf('c')]) },
      ).containerInstanceArns;
    expect(named([on('a', shy), on('b', DB)])).toEqual([arnOf('a')]);
    expect(named([on('a', shy), on('b', DB), on('c', DB)])).toEqual([]);
  });

  it('can be on a host in twos, and keep others off it so', () => {
    const ssd = { attributes: [{ name: 'ssd' }] };
    const picky = size('picky', 5, { requiredAttributes: [{ name: 'ssd' }] });
    const large = size('large', 5, AWAY_FROM_DB);
    const given = [running('ssd', [], ssd), ...hosts(9)];
    expect(verdict(given, waiting([picky, 1], [large, 1]))).toBe('proved');
    expect(verdict(given, waiting([picky, 1], [large, 2]))).toBe('UNPLACED_FIRST picky');
  });

  it('is not sure of a host that unknown tasks may go to as well, but where all fit on it at once', () => {
    const leaving = running('leaving', [on('leaving', DB)], { status: 'DRAINING' });
    const given = [leaving, ...hosts(5)];
    const staying = new Set(given.map(({ containerInstanceArn }) => containerInstanceArn));
    const kept = (what: TaskSize) => drainableHosts(given, { staying, waiting: [{ size: what, tasks: 1 }] }).kept[0];
    expect(kept(size('web', 1))).toMatchObject({ reason: 'STAYING' });
    expect(kept(shy)).toMatchObject({ reason: 'UNPLACED_FIRST', taskSize: 'shy' });
  });
});

describe('a task that goes where others are', () => {
  it('is sure of no host, and what it might take is not either', () => {
    const tasks = Array.from({ length: 6 }, (_, index) => on(`host-${index}`, DB));
    expect(verdict(hosts(6, tasks), waiting([size('near', 1, BY_DB), 1]), tasks)).toBe('UNPLACED_FIRST near');
    expect(verdict(hosts(6, tasks), waiting([size('near', 1), 1]), tasks)).toBe('proved');
  });
});

describe('hosts needed', () => {
  const needed = (...given: ReadonlyArray<readonly [TaskSize, number]>): readonly unknown[] => {
    const {
      hosts: number,
      lowerBound,
      precision,
    } = hostsNeeded({
      hostTypes: [{ name: 'ten', resources: resources(10, 100) }],
      waiting: waiting(...given),
    });
    return [number, lowerBound.hosts, precision];
  };

  it.each<[string, ReadonlyArray<readonly [TaskSize, number]>, readonly unknown[]]>([
    ['by tasks away from others that are not there: ten a host', [[size('shy', 1, AWAY_FROM_DB), 20]], [2, 2, 'exact']],
    [
      'beside one of those, which comes last',
      [
        [size('shy', 1, AWAY_FROM_DB), 8],
        [DB, 1],
      ],
      [1, 1, 'exact'],
    ],
    ['by tasks away from their own group: one a host', [[size('shy', 1, memberOf('not(task:group == service:shy)')), 4]], [4, 4, 'exact']],
    [
      'by two sizes away from one group, of which one is in it',
      [
        [size('db', 1, AWAY_FROM_DB), 2],
        [size('web', 1, AWAY_FROM_DB), 6],
      ],
      [2, 2, 'exact'],
    ],
    ['by tasks of no known group: one a host or fewer hosts', [[taskSize(1, 1, AWAY_FROM_DB), 4]], [4, 1, 'estimate']],
    ['by tasks that count others: one a host or fewer hosts', [[size('few', 1, memberOf('runningTasksCount < 3')), 4]], [4, 1, 'estimate']],
    [
      'by tasks that go where others are: those others alone, and it may take more',
      [
        [size('near', 1, BY_DB), 3],
        [DB, 1],
      ],
      [1, 1, 'estimate'],
    ],
  ])('%s', (_, given, expected) => {
    expect(needed(...given)).toEqual(expected);
  });

  it('are none where what is there has room, beside what others may let in as well', () => {
    const tasks = [on('host-0', DB)];
    const existing = hosts(2, tasks);
    const short = (what: TaskSize, number: number) =>
      hostsShort(existing, { name: 'ten', resources: resources(10, 100) }, { tasks, waiting: waiting([what, number]) });
    expect(short(size('shy', 1, AWAY_FROM_DB), 10)).toMatchObject({ hosts: 0, lowerBound: 0, precision: 'exact' });
    expect(short(size('shy', 1, AWAY_FROM_DB), 11)).toMatchObject({ hosts: 1, lowerBound: 1, precision: 'exact' });
    // One more database would open the second host to nine.
    expect(short(size('near', 8, BY_DB), 2)).toMatchObject({ lowerBound: 0, precision: 'estimate', unknown: ['EXPRESSION_UNKNOWN'] });
  });
});
