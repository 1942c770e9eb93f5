import fc from 'fast-check';
import {
  emptyRoomOf,
  fits,
  type PlacementConstraint,
  parsePlacementExpression,
  place,
  placementContext,
  type TaskSize,
} from '../../src/index.js';
import { isDistinct, kindsOf } from '../../src/rebalance/kinds.js';
import { check } from '../helpers/property.js';
import { host, resources, taskSize } from '../helpers/synthetic-hosts.js';

const DISTINCT: readonly PlacementConstraint[] = [{ type: 'distinctInstance' }];

function memberOf(text: string): readonly PlacementConstraint[] {
  const expression = parsePlacementExpression(text);
  if (!expression.ok) throw new TypeError(expression.error.message);
  return [{ type: 'memberOf', expression: expression.value }];
}

describe('two sizes', () => {
  const plain = taskSize(10, 20);

  it.each<[string, Partial<TaskSize>, Partial<TaskSize>]>([
    ['CPU', { cpuUnits: 10 }, { cpuUnits: 11 }],
    ['memory', { memoryMiB: 10 }, { memoryMiB: 11 }],
    ['GPUs', { gpus: 1 }, { gpus: 2 }],
    ['TCP ports', { tcpPorts: [80] }, { tcpPorts: [81] }],
    ['UDP ports', { udpPorts: [80] }, { udpPorts: [81] }],
    ['the protocol of a port', { udpPorts: [80] }, { tcpPorts: [80] }],
    ['a network interface', { networkMode: 'awsvpc' }, { networkMode: 'bridge' }],
    ['a resource', { others: [{ name: 'disk', amount: 1 }] }, { others: [{ name: 'tape', amount: 1 }] }],
    ['what they take of it', { others: [{ name: 'disk', amount: 1 }] }, { others: [{ name: 'disk', amount: 2 }] }],
    ['an attribute', { requiredAttributes: [{ name: 'ssd' }] }, { requiredAttributes: [{ name: 'hdd' }] }],
    ['its value', { requiredAttributes: [{ name: 'ssd', value: 'a' }] }, { requiredAttributes: [{ name: 'ssd' }] }],
    ['a constraint', { placementConstraints: DISTINCT }, {}],
    ['an expression', { placementConstraints: memberOf('attribute:zone == a') }, { placementConstraints: memberOf('attribute:zone == b') }],
    [
      'the group that one is distinct in',
      { placementConstraints: DISTINCT, group: 'service:a' },
      { placementConstraints: DISTINCT, group: 'service:b' },
    ],
  ])('that differ in %s are of two kinds', (_, one, other) => {
    const [first, second] = [
      { ...plain, ...one },
      { ...plain, ...other },
    ];
    const { kinds, kindOf } = kindsOf([first, second]);
    expect(kinds.sizes).toHaveLength(2);
    expect([kinds.sizes[kindOf(first)], kinds.sizes[kindOf(second)]]).toEqual([first, second]);
  });

  it.each<[string, Partial<TaskSize>, Partial<TaskSize>]>([
    ['name', { name: 'a' }, { name: 'b' }],
    ['headroom', { headroom: 1 }, { headroom: 2 }],
    ['the order of TCP ports', { tcpPorts: [80, 9] }, { tcpPorts: [9, 80] }],
    ['the order of UDP ports', { udpPorts: [80, 9] }, { udpPorts: [9, 80] }],
    ['a network mode without an interface of its own', { networkMode: 'host' }, { networkMode: 'none' }],
    ['a resource they take none of', { others: [{ name: 'disk', amount: 0 }] }, {}],
    ['a group that no one keeps apart', { group: 'service:a' }, { group: 'service:b' }],
  ])('that differ in %s are of one', (_, one, other) => {
    const { kinds, kindOf } = kindsOf([
      { ...plain, ...one },
      { ...plain, ...other },
    ]);
    expect(kinds.sizes).toHaveLength(1);
    expect(kindOf({ ...plain, ...other })).toBe(0);
  });

  it('of one kind go by the first of their names, whichever comes first', () => {
    const [a, b] = [
      { ...plain, name: 'a' },
      { ...plain, name: 'b' },
    ];
    expect(kindsOf([a, b]).kinds.sizes).toEqual([a]);
    expect(kindsOf([b, a]).kinds.sizes).toEqual([a]);
  });

  it('that are alike are apart where one is to be alone', () => {
    const [a, b, c] = [
      { ...plain, name: 'a' },
      { ...plain, name: 'b' },
      { ...plain, name: 'c' },
    ];
    const { kinds, kindOf } = kindsOf([a, b, c], { alone: new Set([a]) });
    expect(kinds.sizes).toHaveLength(2);
    expect(kindOf(b)).toBe(kindOf(c));
    expect(kindOf(a)).not.toBe(kindOf(b));
  });

  it('that are alike are apart by group where groups are told apart, and not where there is none', () => {
    const [a, b, none] = [{ ...plain, group: 'service:a' }, { ...plain, group: 'service:b' }, plain];
    const { kinds, kindOf } = kindsOf([a, b, none, { ...a, name: 'next' }], { byGroup: true });
    expect(kinds.sizes.map(({ group }) => group).sort()).toEqual(['service:a', 'service:b', undefined]);
    expect(new Set([kindOf(a), kindOf(b), kindOf(none)]).size).toBe(3);
    expect(kindOf({ ...a, name: 'next' })).toBe(kindOf(a));
  });

  it('of which only one is asked about are told apart from a size never seen', () => {
    expect(kindsOf([plain]).kindOf({ ...plain, cpuUnits: 11 })).toBe(-1);
    expect(kindsOf([plain]).kindOf({ ...plain, name: 'same' })).toBe(0);
  });
});

describe('dimensions', () => {
  it('are those that some size asks for, in order, and those that are asked for beside', () => {
    const sizes = [taskSize(0, 1, { others: [{ name: 'tape', amount: 1 }] }), taskSize(0, 2, { others: [{ name: 'disk', amount: 2 }] })];
    const { kinds } = kindsOf(sizes, { further: ['MEMORY', 'GPU'] });
    expect(kinds.dimensions).toEqual(['MEMORY', 'RESOURCE:disk', 'RESOURCE:tape', 'GPU']);
    const rows = kinds.sizes.map((size, kind) => [size.memoryMiB, ...kinds.demand.slice(kind * 4, kind * 4 + 4)]);
    expect(rows.sort(([a = 0], [b = 0]) => a - b)).toEqual([
      [1, 1, 0, 1, 0],
      [2, 2, 2, 0, 0],
    ]);
    const all = taskSize(1, 1, { gpus: 1, networkMode: 'awsvpc' });
    expect(kindsOf([all]).kinds.dimensions).toEqual(['CPU', 'MEMORY', 'GPU', 'ENI']);
  });

  it('say by how much amounts are off, where they are no whole 1,024ths', () => {
    const sizes = [
      taskSize(1, 1, { others: [{ name: 'disk', amount: 0.1 }] }),
      taskSize(1, 1, { others: [{ name: 'tape', amount: 0.5 }] }),
    ];
    const { kinds } = kindsOf(sizes);
    expect(kinds.dimensions).toEqual(['CPU', 'MEMORY', 'RESOURCE:disk', 'RESOURCE:tape']);
    expect([...kinds.rounding]).toEqual([0, 0, 1 / 1024, 0]);
    // 0.1 is 102.4 of 1,024 parts, and counts as 103.
    expect([...kinds.demand].filter((amount) => amount > 0 && amount < 1).sort()).toEqual([103 / 1024, 0.5]);
  });
});

describe('kinds that keep one another off a host', () => {
  const sizes = fc
    .record({
      tcpPorts: fc.subarray([80, 81, 90], { maxLength: 2 }),
      udpPorts: fc.subarray([80, 81], { maxLength: 1 }),
      isDistinct: fc.boolean(),
      group: fc.constantFrom('service:a', 'service:b'),
    })
    .map(({ isDistinct: isApart, ...others }) => taskSize(1, 1, { ...others, placementConstraints: isApart ? DISTINCT : [] }));
  const room = emptyRoomOf(host('large', { registered: resources(1e6, 1e6) }), placementContext({ tasks: [] }));

  it('are those that the rooms keep off one another', () => {
    check(
      fc.property(fc.array(sizes, { minLength: 1, maxLength: 4 }), (given) => {
        const { kinds, kindOf } = kindsOf(given);
        for (const one of given) {
          const kind = kindOf(one);
          // A kind stands for all its groups, of which none is apart.
          const after = (placed: TaskSize, next: TaskSize): boolean => fits(place(room, placed), next).copies > 0;
          expect(kinds.exclusive[kind]).toBe(fits(room, one).copies === 1);
          for (const other of given) {
            expect([one, other, kinds.closes[kind]?.includes(kindOf(other))]).toEqual([one, other, !after(one, other)]);
            const isExcluded = !after(one, other) && !after(other, one);
            expect([one, other, kinds.excludes[kind]?.includes(kindOf(other))]).toEqual([one, other, isExcluded]);
          }
          expect(kinds.closes[kind]).toEqual([...new Set(kinds.closes[kind])].sort((a, b) => a - b));
        }
      }),
    );
  });

  it('include a kind itself that is distinct in a group that is not known', () => {
    const [one, two] = [taskSize(1, 1, { placementConstraints: DISTINCT }), taskSize(2, 2, { placementConstraints: DISTINCT })];
    const { kinds } = kindsOf([one, two, taskSize(3, 3)]);
    expect(kinds.sizes.map(isDistinct)).toEqual([true, true, false]);
    expect(kinds.closes).toEqual([[0], [1], []]);
    expect(kinds.excludes).toEqual([[], [], []]);
    expect(kinds.exclusive).toEqual([true, true, false]);
    const ported = taskSize(1, 1, { placementConstraints: DISTINCT, tcpPorts: [80] });
    expect(kindsOf([ported, taskSize(2, 2, { tcpPorts: [80] })]).kinds.closes).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it.each<[string, boolean]>([
    ['task:group == service:a', true],
    ['runningTasksCount < 3', true],
    ['not(task:group == service:a)', true],
    ['attribute:zone == a and runningTasksCount < 3', true],
    ['attribute:zone == a or task:group == service:a', true],
    ['attribute:zone == a', false],
    ['not(attribute:zone == a) and agentVersion >= 1.0.0', false],
  ])('%s: asks what runs on a host: %s', (text, asks) => {
    const near = taskSize(1, 1, { placementConstraints: memberOf(text) });
    const { kinds } = kindsOf([near, taskSize(2, 2)]);
    expect(kinds.asksForTasks).toEqual([asks, false]);
    expect(kinds.exclusive).toEqual([asks, false]);
    // What asks for tasks takes no host that anything was placed on.
    expect(kinds.closes).toEqual(asks ? [[0], [0]] : [[], []]);
    expect(kinds.excludes).toEqual([[], []]);
    expect(kinds.single).toEqual([false, false]);
  });

  it.each<[string, boolean]>([
    ['attribute:zone == a', false],
    ['not(attribute:zone == a) or agentVersion > 1.0.0', false],
    ['task:group == service:a', true],
    ['task:group in [service:a]', true],
    ['task:group =~ service:a', true],
    ['task:group exists', true],
    ['task:group !exists', false],
    ['task:group != service:a', true],
    ['task:group !in [service:a]', true],
    ['task:group !~ service:a', true],
    ['not(task:group == service:a)', false],
    ['not(task:group in [service:a])', false],
    ['not(task:group =~ service:.*)', false],
    ['not(task:group exists)', false],
    ['not(task:group !exists)', true],
    ['not(task:group != service:a)', true],
    ['not(not(task:group == service:a))', true],
    ['runningTasksCount < 3', false],
    ['runningTasksCount <= 3', false],
    ['runningTasksCount > 3', true],
    ['runningTasksCount >= 3', true],
    ['runningTasksCount == 3', true],
    ['runningTasksCount != 3', true],
    ['not(runningTasksCount > 3)', false],
    ['not(runningTasksCount >= 3)', false],
    ['not(runningTasksCount < 3)', true],
    ['not(runningTasksCount == 3)', true],
    ['not(task:group == service:a) and attribute:zone == a', false],
    ['not(task:group == service:a) and runningTasksCount > 0', true],
    ['not(task:group == service:a or runningTasksCount > 3)', false],
    ['not(task:group == service:a or runningTasksCount < 3)', true],
  ])('%s: other tasks could let it onto a host: %s', (text, opens) => {
    const { kinds } = kindsOf([taskSize(1, 1, { placementConstraints: memberOf(text) }), taskSize(2, 2)]);
    expect(kinds.mayOpen).toEqual([opens, false]);
  });

  describe('tell groups apart', () => {
    const sizeOf = (group: string | undefined, text?: string): TaskSize =>
      taskSize(1, 1, {
        name: group ?? 'none',
        ...(group === undefined ? {} : { group }),
        ...(text === undefined ? {} : { placementConstraints: memberOf(text) }),
      });
    const others = [sizeOf('service:a'), sizeOf('service:b'), sizeOf('service:c'), sizeOf(undefined)];

    it.each<[string, number, number]>([
      // By the first size: so many kinds of the four others; so many that close a host to it.
      ['attribute:zone == a', 1, 0],
      ['not(task:group == service:a)', 3, 2],
      ['not(task:group in [service:a, service:b])', 4, 3],
      ['not(task:group =~ service:.*)', 4, 4],
      ['task:group == service:a', 3, 2],
      ['task:group exists', 1, 1],
      ['task:group != service:a', 1, 1],
      ['runningTasksCount < 3', 1, 1],
      ['runningTasksCount == 3', 1, 1],
      ['not(task:group == service:a) and attribute:zone == a', 3, 2],
      // What depends on any task keeps no group apart by itself: there may be hundreds.
      ['not(task:group == service:a) and runningTasksCount < 3', 1, 1],
    ])('by %s', (text, different, closing) => {
      const asking = taskSize(9, 9, { name: 'asking', group: 'service:z', placementConstraints: memberOf(text) });
      const { kinds, kindOf } = kindsOf([asking, ...others]);
      const found = [...new Set(others.map(kindOf))];
      expect(found).toHaveLength(different);
      expect(found.filter((kind) => kinds.closes[kind]?.includes(kindOf(asking)))).toHaveLength(closing);
    });

    it('by each of several constraints, of one size or of two', () => {
      const [a, b] = ['not(task:group == service:a)', 'not(task:group == service:b)'].flatMap((text) => memberOf(text));
      const zone = memberOf('attribute:zone == a');
      const constraints = [a, b].flatMap((one) => one ?? []);
      const both = taskSize(9, 9, { name: 'both', group: 'service:z', placementConstraints: [...zone, ...constraints] });
      const apart = constraints.map((one, index) =>
        taskSize(9, 9, { name: `apart-${index}`, group: 'service:z', placementConstraints: [one] }),
      );
      for (const asking of [[both], apart]) {
        const { kinds, kindOf } = kindsOf([...asking, ...others]);
        expect(others.map((one) => kinds.closes[kindOf(one)]?.length)).toEqual([1, 1, 0, asking.length]);
      }
    });

    it.each<[string, boolean, boolean]>([
      ['not(task:group == service:z)', true, true],
      ['not(task:group == service:a)', false, false],
      ['task:group !exists', true, true],
      ['not(task:group exists)', true, true],
      ['not(task:group =~ service:.)', true, true],
      ['not(task:group =~ service)', true, false],
      ['attribute:zone == a and not(task:group == service:z)', true, true],
      ['attribute:zone == a or not(task:group == service:z)', true, false],
      ['not(attribute:zone == a or task:group == service:z)', true, true],
      ['not(attribute:zone == a and task:group == service:z)', true, false],
      ['not(not(not(task:group == service:z)))', true, true],
      ['not(task:group !exists)', true, false],
      ['not(task:group != service:z)', true, false],
      ['not(runningTasksCount > 3)', true, false],
      ['not(runningTasksCount == 3)', true, false],
      ['not(agentConnected == true)', false, false],
      ['not(agentConnected == true and task:group == service:z)', true, false],
      ['attribute:zone !exists', false, false],
      ['attribute:zone !exists and not(task:group == service:a)', false, false],
      ['not(task:group == service:z) or not(task:group in [service:z, service:a])', true, true],
      ['not(task:group == service:z) or attribute:zone !exists', true, false],
      ['not(task:group == service:z and task:group exists)', true, true],
      ['not(task:group == service:z and task:group == service:a)', true, false],
    ])('%s: one copy a host is packed: %s, and is all there can be: %s', (text, exclusive, single) => {
      const { kinds } = kindsOf([sizeOf('service:z', text)]);
      expect([kinds.exclusive, kinds.single]).toEqual([[exclusive], [single]]);
    });
  });
});
