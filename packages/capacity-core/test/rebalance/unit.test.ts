import fc from 'fast-check';
import { kindsOf } from '../../src/rebalance/kinds.js';
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
    const amount = fc.integer({ min: 0, max: 12 });
    const sizes = fc
      .array(fc.tuple(amount, amount), { minLength: 1, maxLength: 4 })
      .map((all) => all.map(([cpu, memory]) => taskSize(cpu + 1, memory)));
    const slack = fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }));
    check(
      fc.property(
        sizes,
        slack,
        fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 })),
        fc.array(fc.nat({ max: 3 }), { maxLength: 12 }),
        (given, left, room, placed) => {
          const { kinds } = kindsOf(given, { further: ['CPU', 'MEMORY'] });
          const order = kinds.dimensions[0] === 'CPU' ? [0, 1] : [1, 0];
          const free = array(...order.map((d) => room[d] ?? 0));
          const fitsIn = (kind: number): boolean => free.every((amountFree, d) => amountFree >= (kinds.demand[kind * 2 + d] ?? 0));
          if (!fitsIn(0)) return;
          const measures = unitsFor(0, kinds, array(...order.map((d) => left[d] ?? 0)));
          const before = measures.map((measure) => unitsToBlock(measure, free, 0, kinds.demand, 0));
          const used = measures.map(() => 0);
          for (const at of placed) {
            const kind = at % kinds.sizes.length;
            if (!fitsIn(kind)) continue;
            for (const [d, amountFree] of free.entries()) free[d] = amountFree - (kinds.demand[kind * 2 + d] ?? 0);
            for (const [index, measure] of measures.entries()) used[index] = (used[index] ?? 0) + unitsOf(measure, kinds.demand, kind * 2);
          }
          for (const [index, units] of before.entries()) if ((used[index] ?? 0) < units) expect(fitsIn(0)).toBe(true);
        },
      ),
    );
  });
});

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
