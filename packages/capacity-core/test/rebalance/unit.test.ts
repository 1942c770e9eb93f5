import fc from 'fast-check';
import { type Kinds, kindsOf } from '../../src/rebalance/kinds.js';
import { type Unit, unitsFor, unitsOf, unitsToBlock } from '../../src/rebalance/unit.js';
import { check } from '../helpers/property.js';
import { taskSize } from '../helpers/synthetic-hosts.js';

const NO_LIMIT = 2 ** 31;
const array = (...amounts: number[]): Float64Array => Float64Array.from(amounts);
const unit = (amounts: readonly number[], scale = 1, cap = NO_LIMIT): Unit => ({ amounts: array(...amounts), scale, cap });

describe('units to keep a task off a host', () => {
  it.each<[string, Unit, readonly number[], readonly number[], number]>([
    ['one task where two fit, by its own size', unit([4]), [9], [4], 2],
    ['one where one fits', unit([4]), [4], [4], 1],
    ['one where nearly two fit', unit([4]), [7], [4], 1],
    ['the dimension that is blocked first', unit([4, 10]), [12, 19], [4, 10], 1],
    ['a dimension that does not count', unit([4, 0]), [12, 1], [4, 0], 3],
    ['quarters', unit([4], 4), [9], [4], 6],
    ['a cap', unit([1], 1, 2), [100], [1], 2],
    ['nothing at all', unit([0]), [100], [0], NO_LIMIT],
  ])('are of %s', (_, measure, free, own, expected) => {
    expect(unitsToBlock(measure, array(...free), 0, array(...own), 0)).toBe(expected);
    expect(unitsToBlock(measure, array(99, ...free), 1, array(77, 77, ...own), 2)).toBe(expected);
  });

  it.each<[string, Unit, readonly number[], number]>([
    ['its own', unit([4]), [4], 1],
    ['a part, rounded up', unit([4]), [5], 2],
    ['quarters', unit([4], 4), [5], 5],
    ['the dimension of which it takes most', unit([4, 10]), [4, 31], 4],
    ['a dimension that does not count', unit([4, 0]), [4, 31], 1],
    ['no more than the cap', unit([4], 1, 3), [400], 3],
    ['nothing', unit([4]), [0], 0],
  ])('that a task uses: %s', (_, measure, demand, expected) => {
    expect(unitsOf(measure, array(...demand), 0)).toBe(expected);
    expect(unitsOf(measure, array(99, ...demand), 1)).toBe(expected);
  });

  it('are never used up by tasks that leave room', () => {
    const pair = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.nat({ max }));
    const sizes = fc.array(pair(12), { minLength: 1, maxLength: 4 }).map((all) => all.map(([cpu, memory]) => taskSize(cpu, memory)));
    check(
      fc.property(sizes, pair(60), pair(40), fc.array(fc.nat({ max: 3 }), { maxLength: 12 }), (given, slack, free, order) => {
        const { kinds } = kindsOf(given, { further: ['CPU', 'MEMORY'] });
        const { left, placed } = filled(free, order, kinds);
        fc.pre(hasRoom(array(...free), 0, kinds) && !hasRoom(left, 0, kinds));
        for (const measure of unitsFor(0, kinds, array(...slack))) {
          const used = placed.reduce((sum, kind) => sum + unitsOf(measure, kinds.demand, kind * 2), 0);
          expect(used).toBeGreaterThanOrEqual(unitsToBlock(measure, array(...free), 0, kinds.demand, 0));
        }
      }),
    );
  });
});

function hasRoom(free: Float64Array, kind: number, { demand }: Kinds): boolean {
  return free.every((amount, d) => amount >= (demand[kind * 2 + d] ?? 0));
}

/** What is left of a host once those of the tasks are placed that find room, one after the other. */
function filled(free: readonly number[], order: readonly number[], kinds: Kinds): { left: Float64Array; placed: readonly number[] } {
  let left = array(...free);
  const placed: number[] = [];
  for (const kind of order.map((at) => at % kinds.sizes.length)) {
    if (!hasRoom(left, kind, kinds)) continue;
    left = left.map((amount, d) => amount - (kinds.demand[kind * 2 + d] ?? 0));
    placed.push(kind);
  }
  return { left, placed };
}

describe('the units tried for a kind', () => {
  const [small, large] = [taskSize(2, 4), taskSize(3, 9)];
  const { kinds, kindOf } = kindsOf([small, large]);

  it('are its own demand, a balanced one, the largest there is, and each other kind’s, of the dimensions it asks for', () => {
    // Of CPU 10 are left over and of memory 5: five times its demand, and one and a quarter; so CPU counts four times less.
    const tried = unitsFor(kindOf(small), kinds, array(10, 5)).map(({ amounts, scale, cap }) => [[...amounts], scale, cap]);
    expect(tried).toEqual([
      [[2, 4], 1, NO_LIMIT],
      [[2, 4], 1024, NO_LIMIT],
      [[8, 4], 1024, NO_LIMIT],
      [[8, 4], 1, NO_LIMIT],
      [[3, 9], 1, NO_LIMIT],
      [[2, 4], 1, 1],
      [[3, 9], 1, 1],
      [[3, 9], 1, 2],
      [[2, 4], 4, NO_LIMIT],
      [[2, 4], 1024, 1024],
      [[3, 9], 1, NO_LIMIT],
    ]);
  });

  it.each<[string, readonly number[], readonly number[]]>([
    ['nothing is left over of one', [0, 8], [2, 4]],
    ['less than nothing is', [-1, 8], [2, 4]],
    ['as much is left over of both', [6, 12], [2, 4]],
    ['more than can be counted is', [1, 1e300], [2, NO_LIMIT]],
    ['nothing is known', [Number.NaN, Number.NaN], [2, 4]],
  ])('stretch nothing too far where %s', (_, slack, expected) => {
    expect([...(unitsFor(kindOf(small), kinds, array(...slack))[2]?.amounts ?? [])]).toEqual(expected);
  });

  it('leave out dimensions that the kind does not ask for, and fall back on its own demand for those that another asks none of', () => {
    const [cpu, memory] = [taskSize(5, 0), taskSize(0, 7)];
    const two = kindsOf([cpu, memory]);
    for (const { amounts } of unitsFor(two.kindOf(cpu), two.kinds, array(3, 3))) expect([...amounts]).toEqual([5, 0]);
    for (const { amounts } of unitsFor(two.kindOf(memory), two.kinds, array(3, 3))) expect([...amounts]).toEqual([0, 7]);
  });

  it('do not include other kinds’ where there are more than eight', () => {
    const many = (count: number) => kindsOf(Array.from({ length: count }, (_, index) => taskSize(1 + index, 1))).kinds;
    expect(unitsFor(0, many(8), array(1, 1))).toHaveLength(17);
    expect(unitsFor(0, many(9), array(1, 1))).toHaveLength(10);
  });
});
