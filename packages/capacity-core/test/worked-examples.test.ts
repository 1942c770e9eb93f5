import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exactCapacity, type Host, pooledCapacity, type ResourceName, type TaskSize } from '../src/index.js';
import { arnOf, host, resources, taskSize } from './helpers/synthetic-hosts.js';

/**
 * The worked examples that "Docker on Amazon Web Services" and its critics argue with, each counted by hand.
 *
 * `pooled` is what the book's formula answers (its `ContainerCapacity` and `IdleHostCapacity`), `exact` the truth.
 */
interface Example {
  readonly title: string;
  readonly hosts: readonly Host[];
  readonly size: TaskSize;
  /** What the formula was given, where it is not the same. */
  readonly pooledSees?: { readonly hosts?: readonly Host[]; readonly size?: TaskSize; readonly reference?: string };
  readonly pooled: { readonly capacity: number; readonly idle: number | null };
  readonly exact: { readonly capacity: number; readonly idle: number; readonly binding: ResourceName | null };
}

const WEB = taskSize(250, 400);
const SMALL = resources(1024, 993);
const LARGE = resources(4096, 15_000);
const EVEN = resources(1000, 1000);

function left(name: string, cpuUnits: number, memoryMiB: number, registered = SMALL): Host {
  return host(name, { registered, remaining: resources(cpuUnits, memoryMiB) });
}

const EMPTY_AND_LARGE = [host('small'), host('large', { registered: LARGE })];
const FULL_AND_LARGE = [left('small', 24, 193), left('large', 1500, 2000, LARGE)];
const FULL_FIRST_PAGE = Array.from({ length: 100 }, (_, n) => left(`full-${n}`, 24, 193));
const UNSEEN_SECOND_PAGE = Array.from({ length: 50 }, (_, n) => host(`unseen-${n}`));
const STATIC_PORT = { takenTcpPorts: [22, 8080] };

const EXAMPLES: readonly Example[] = [
  {
    title: '1: one empty host holds 2, by memory',
    hosts: [host('a')],
    size: WEB,
    pooled: { capacity: 2, idle: 1 },
    exact: { capacity: 2, idle: 1, binding: 'MEMORY' },
  },
  {
    title: '2: one task on it leaves room for 1 of 2',
    hosts: [left('a', 774, 593)],
    size: WEB,
    pooled: { capacity: 1, idle: 0.5 },
    exact: { capacity: 1, idle: 0.5, binding: 'MEMORY' },
  },
  {
    title: '3: two tasks on it leave none',
    hosts: [left('a', 524, 193)],
    size: WEB,
    pooled: { capacity: 0, idle: 0 },
    exact: { capacity: 0, idle: 0, binding: 'MEMORY' },
  },
  {
    title: '4: one half full, one empty',
    hosts: [left('a', 774, 593), host('b')],
    size: WEB,
    pooled: { capacity: 3, idle: 1.5 },
    exact: { capacity: 3, idle: 1.5, binding: 'MEMORY' },
  },
  {
    // Pooled idle is min(2/2, 8/5). Each host holds min(⌊600/400⌋, ⌊800/200⌋) = 1 of min(⌊1000/400⌋, ⌊1000/200⌋) = 2.
    title: '5: CPU is short and memory ample',
    hosts: [left('a', 600, 800, EVEN), left('b', 600, 800, EVEN)],
    size: taskSize(400, 200),
    pooled: { capacity: 2, idle: 1 },
    exact: { capacity: 2, idle: 1, binding: 'CPU' },
  },
  {
    // Two hosts lack memory and two lack CPU. Without memory 2 × 4 would fit, without CPU 2 × 2: memory is named.
    title: '6: fragmented: free CPU on two hosts, free memory on the two others, room on none',
    hosts: [left('a', 1024, 193), left('b', 1024, 193), left('c', 24, 993), left('d', 24, 993)],
    size: WEB,
    pooled: { capacity: 4, idle: 2 },
    exact: { capacity: 0, idle: 0, binding: 'MEMORY' },
  },
  {
    // 2 on the small, min(⌊4096/250⌋, ⌊15000/400⌋) = 16 on the large. One host lacks each; CPU costs 21 copies, memory 2.
    title: '7: two empty hosts of different types, measured in the small one',
    hosts: EMPTY_AND_LARGE,
    size: WEB,
    pooledSees: { reference: 'small' },
    pooled: { capacity: 20, idle: 5 },
    exact: { capacity: 18, idle: 2, binding: 'CPU' },
  },
  {
    title: '7: the same, measured in the large one',
    hosts: EMPTY_AND_LARGE,
    size: WEB,
    pooledSees: { reference: 'large' },
    pooled: { capacity: 20, idle: 39 / 37 },
    exact: { capacity: 18, idle: 2, binding: 'CPU' },
  },
  {
    // The large holds min(⌊1500/250⌋, ⌊2000/400⌋) = 5 of 16; the small lacks both.
    title: '8: small full, large partly free, measured in the small one',
    hosts: FULL_AND_LARGE,
    size: WEB,
    pooledSees: { reference: 'small' },
    pooled: { capacity: 5, idle: 1.5 },
    exact: { capacity: 5, idle: 0.3125, binding: 'MEMORY' },
  },
  {
    title: '8: the same, measured in the large one',
    hosts: FULL_AND_LARGE,
    size: WEB,
    pooledSees: { reference: 'large' },
    pooled: { capacity: 5, idle: 5 / 37 },
    exact: { capacity: 5, idle: 0.3125, binding: 'MEMORY' },
  },
  {
    title: '9: every host is draining',
    hosts: [host('a', { status: 'DRAINING' }), host('b', { status: 'DRAINING' })],
    size: WEB,
    pooled: { capacity: 0, idle: 0 },
    exact: { capacity: 0, idle: 0, binding: null },
  },
  {
    // The book's function fails here and publishes nothing; zero is the number to scale out on.
    title: '9b: no host is registered',
    hosts: [],
    size: WEB,
    pooled: { capacity: 0, idle: 0 },
    exact: { capacity: 0, idle: 0, binding: null },
  },
  {
    title: '10: the task is larger than the host',
    hosts: [host('a')],
    size: taskSize(2048, 400),
    pooled: { capacity: 0, idle: null },
    exact: { capacity: 0, idle: 0, binding: 'CPU' },
  },
  {
    // The book's function lists one page of 100 hosts. A full host lacks CPU and memory; memory also binds the 50 empty ones.
    title: '11: 150 hosts, of which the book sees the 100 that are full',
    hosts: [...FULL_FIRST_PAGE, ...UNSEEN_SECOND_PAGE],
    size: WEB,
    pooledSees: { hosts: FULL_FIRST_PAGE },
    pooled: { capacity: 0, idle: 0 },
    exact: { capacity: 100, idle: 50, binding: 'MEMORY' },
  },
  {
    title: '12: a host with a remainder counts as whole',
    hosts: [left('a', 1000, 803), left('b', 774, 573)],
    size: WEB,
    pooled: { capacity: 3, idle: 1.5 },
    exact: { capacity: 3, idle: 1.5, binding: 'MEMORY' },
  },
  {
    title: '12: the same after A went and its small task moved to B',
    hosts: [left('b', 750, 383)],
    size: WEB,
    pooled: { capacity: 0, idle: 0 },
    exact: { capacity: 0, idle: 0, binding: 'MEMORY' },
  },
  {
    // Empty, a host would hold one copy, by its fixed port; both have that port taken.
    title: '13: the fixed host port is taken on both hosts',
    hosts: ['a', 'b'].map((name) => host(name, { registered: EVEN, remaining: resources(500, 500, STATIC_PORT) })),
    size: taskSize(500, 500, { tcpPorts: [8080] }),
    pooled: { capacity: 2, idle: 1 },
    exact: { capacity: 0, idle: 0, binding: 'PORTS' },
  },
  {
    title: '14: two hosts, a task on each',
    hosts: [left('a', 774, 593), left('b', 774, 593)],
    size: WEB,
    pooled: { capacity: 2, idle: 1 },
    exact: { capacity: 2, idle: 1, binding: 'MEMORY' },
  },
  {
    title: '14b: the same while one task restarts',
    hosts: [left('a', 774, 593), host('b')],
    size: WEB,
    pooled: { capacity: 3, idle: 1.5 },
    exact: { capacity: 3, idle: 1.5, binding: 'MEMORY' },
  },
  {
    title: '15: the task was raised to 500/800 and the constants of the formula were not',
    hosts: [left('a', 524, 593)],
    size: taskSize(500, 800),
    pooledSees: { size: WEB },
    pooled: { capacity: 1, idle: 0.5 },
    exact: { capacity: 0, idle: 0, binding: 'MEMORY' },
  },
  {
    title: '16: one slot for the worst of two tasks',
    hosts: [host('a')],
    size: taskSize(800, 800),
    pooled: { capacity: 1, idle: 1 },
    exact: { capacity: 1, idle: 1, binding: 'CPU' },
  },
];

describe.each(EXAMPLES)('example $title', ({ hosts, size, pooledSees, pooled, exact }) => {
  it('has the exact count, its idle hosts and what binds', () => {
    expect(exactCapacity(hosts, [size])).toStrictEqual({
      method: 'exact',
      hosts: { registered: hosts.length, eligible: hosts.filter(({ status }) => status === 'ACTIVE').length },
      containerCapacity: exact.capacity,
      idleHostCapacity: exact.idle,
      taskSizes: [
        {
          name: 'web',
          containerCapacity: exact.capacity,
          idleHostCapacity: exact.idle,
          binding: exact.binding,
          precision: 'exact',
          notes: [],
        },
      ],
    });
  });

  it('has the numbers of the book by the pooled method', () => {
    const { reference } = pooledSees ?? {};
    const result = pooledCapacity(pooledSees?.hosts ?? hosts, [pooledSees?.size ?? size], {
      ...(reference === undefined ? {} : { referenceHostArn: arnOf(reference) }),
    });
    expect(result).toMatchObject({
      ok: true,
      value: { method: 'pooled', containerCapacity: pooled.capacity, idleHostCapacity: pooled.idle },
    });
  });
});

it('are tabled in docs/worked-examples.md with these numbers', () => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'worked-examples.md'), 'utf8');
  const rows = page.split('\n').filter((line) => /^\| \d+b? \|/.test(line));
  const shown = (number: number | null): string => (number === null ? '÷ 0' : String(Math.round(number * 10_000) / 10_000));
  expect(rows.map((row) => row.split('|').map((cell) => cell.trim())).map((cells) => [cells[1], ...cells.slice(3, 7), cells[8]])).toEqual(
    EXAMPLES.map(({ title, pooled, exact }) => [
      title.split(':')[0],
      shown(pooled.capacity),
      shown(pooled.idle),
      shown(exact.capacity),
      shown(exact.idle),
      exact.binding ?? 'none',
    ]),
  );
});

it('example 16: each of the two tasks has room of its own, and the second still fits beside the first', () => {
  const x = taskSize(800, 100, { name: 'x' });
  const y = taskSize(100, 800, { name: 'y' });
  expect(exactCapacity([host('a')], [x, y]).taskSizes.map(({ containerCapacity }) => containerCapacity)).toEqual([1, 1]);
  expect(exactCapacity([left('a', 1024 - 800, 993 - 100)], [y]).containerCapacity).toBe(1);
});

it('example 10: the pooled method says why it has no idle host capacity', () => {
  const result = pooledCapacity([host('a')], [taskSize(2048, 400)]);
  expect(result.ok && result.value.taskSizes[0]?.notes.map(({ code }) => code)).toEqual(['POOLED_OVERSTATES', 'DIVISION_BY_ZERO']);
});
