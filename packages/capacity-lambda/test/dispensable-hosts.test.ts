import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { DEFAULT_SCALE_IN_PATIENCE, dispensableHosts } from '../src/dispensable-hosts.js';
import type { HostDemand } from '../src/host-demand.js';

/** Minutes that needed so many hosts, whether tasks are moved or not. */
const minutes = (count: number, occupied: number, needed = occupied): readonly HostDemand[] =>
  Array.from({ length: count }, () => ({ occupied, needed }));
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `host-${index}`);
/** So many drainable hosts, the first of which are idle. */
const of = (count: number, idle = count) => ({ drainable: names(count), idle: new Set(names(idle)) });

describe('dispensableHosts', () => {
  test.each([
    ['all but the spare one after four minutes', [...minutes(60, 9), ...minutes(4, 3)], 5],
    ['none after three', [...minutes(60, 9), ...minutes(3, 3)], 0],
    ['the last after fifteen', [...minutes(60, 9), ...minutes(15, 3)], 6],
    ['but for what the worst of the fifteen minutes needed', [...minutes(1, 4), ...minutes(14, 3)], 5],
    ['but for what the worst of the four minutes needed, and one', [...minutes(60, 9), ...minutes(1, 5), ...minutes(3, 3)], 3],
    ['none where more were needed than there are', [...minutes(59, 3), ...minutes(1, 12)], 0],
  ])('lets idle hosts go: %s', (_, history, expected) => {
    expect(dispensableHosts({ ...of(6), activeHosts: 9, history })).toBe(expected);
  });

  test('moves tasks only off hosts that were not needed for an hour', () => {
    const at = (history: readonly HostDemand[], idle = 0) => dispensableHosts({ ...of(6, idle), activeHosts: 9, history });
    expect([
      at([...minutes(1, 9, 5), ...minutes(59, 9, 3)]),
      at(minutes(60, 9, 3)),
      at([...minutes(5, 9, 9), ...minutes(55, 9, 3)]),
    ]).toEqual([4, 6, 0]);
    // Two are idle and go by themselves; those after them run tasks.
    expect(at([...minutes(30, 9), ...minutes(20, 7, 3)], 2)).toBe(2);
  });

  test('lets no idle host go out of its turn: it is proved to be dispensable only after those before it', () => {
    const at = (drainable: readonly string[]) =>
      dispensableHosts({ drainable, idle: new Set(['idle']), activeHosts: 9, history: minutes(60, 6, 9) });
    expect([at(['idle', 'busy']), at(['busy', 'idle'])]).toEqual([1, 0]);
  });

  test('takes a minute of which nothing is known for no proof', () => {
    const at = (history: ReadonlyArray<HostDemand | undefined>) => dispensableHosts({ ...of(6), activeHosts: 9, history });
    expect([at([]), at(minutes(3, 3)), at([...minutes(60, 3), undefined])]).toEqual([0, 0, 0]);
    // Of fifteen minutes one may be missing, of four none.
    const gap = (count: number, after: number) =>
      at([...minutes(20, 3), ...Array.from({ length: count }, () => undefined), ...minutes(after, 3)]);
    expect([gap(1, 2), gap(2, 2), gap(2, 4)]).toEqual([6, 0, 5]);
  });

  test('is set by its patience', () => {
    const patience = { ...DEFAULT_SCALE_IN_PATIENCE, spareHosts: 3, surplusMinutes: 2 };
    expect(dispensableHosts({ ...of(6), activeHosts: 9, history: [...minutes(9, 9), ...minutes(2, 3)], patience })).toBe(3);
  });

  const demand = fc
    .record({ occupied: fc.nat(20), moved: fc.nat(5) })
    .map(({ occupied, moved }) => ({ occupied, needed: Math.max(0, occupied - moved) }));
  const questions = fc
    .record({ history: fc.array(demand, { maxLength: 80 }), activeHosts: fc.nat(20), drainable: fc.nat(20), idle: fc.nat(20) })
    .map(({ history, activeHosts, drainable, idle }) => ({ ...of(Math.min(drainable, activeHosts), idle), activeHosts, history }));

  test('leaves what each of the last four minutes needed, and names none again', () => {
    let gone = 0;
    fc.assert(
      fc.property(questions, (question) => {
        const count = dispensableHosts(question);
        gone += count;
        const left = question.activeHosts - count;
        for (const { needed } of count === 0 ? [] : question.history.slice(-4)) expect(left).toBeGreaterThanOrEqual(needed);
        expect(dispensableHosts({ ...question, drainable: question.drainable.slice(count), activeHosts: left })).toBe(0);
      }),
      propertyParameters(500),
    );
    expect(gone).toBeGreaterThan(0);
  });

  test('lets no more go where a minute needed more', () => {
    fc.assert(
      fc.property(questions, fc.nat(79), fc.integer({ min: 1, max: 9 }), (question, at, more) => {
        const history = question.history.map((minute, index) =>
          index === at ? { occupied: minute.occupied + more, needed: minute.needed + more } : minute,
        );
        expect(dispensableHosts({ ...question, history })).toBeLessThanOrEqual(dispensableHosts(question));
      }),
      propertyParameters(500),
    );
  });
});
