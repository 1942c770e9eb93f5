import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { demandHistory } from '../src/demand-history.js';

const MINUTE = 60_000;
/** Some seconds into a minute. */
const READ_AT = Date.UTC(2026, 0, 1, 12, 30, 17);
const PRESENT = { occupied: 2, needed: 1 };

/** Results of one figure: values by how many minutes ago. */
function result(Id: string, byAge: Readonly<Record<number, number>>, StatusCode: 'Complete' | 'InternalError' = 'Complete') {
  const points = Object.entries(byAge).map(([age, value]) => ({ at: Date.UTC(2026, 0, 1, 12, 30) - Number(age) * MINUTE, value }));
  const Timestamps = points.map(({ at }) => new Date(at));
  return { Id, Timestamps, Values: points.map(({ value }) => value), StatusCode } satisfies MetricDataResult;
}

const historyOf = (results: readonly MetricDataResult[], minutes = 4, present = PRESENT) =>
  demandHistory({ results, present, readAtMillis: READ_AT, minutes });

describe('demandHistory', () => {
  test('lays out each minute by its time, in whatever order the answer has them', () => {
    const occupied = result('occupied', { 1: 5, 2: 6, 3: 7 });
    const needed = result('needed', { 3: 4, 1: 2, 2: 3 });
    expect(historyOf([needed, occupied])).toEqual([
      { occupied: 7, needed: 4 },
      { occupied: 6, needed: 3 },
      { occupied: 5, needed: 2 },
      PRESENT,
    ]);
  });

  test('counts of the present minute the greater of what is read now and what was published in it', () => {
    expect(historyOf([result('occupied', { 0: 9 }), result('needed', { 0: 0 })], 1)).toEqual([{ occupied: 9, needed: 1 }]);
    expect(historyOf([], 1)).toEqual([PRESENT]);
  });

  test('takes a missing minute for the greater of its neighbours, and knows nothing of two', () => {
    expect(historyOf([result('occupied', { 2: 8, 3: 3 }), result('needed', { 2: 0, 3: 0 })])).toEqual([
      { occupied: 3, needed: 0 },
      { occupied: 8, needed: 0 },
      { occupied: 8, needed: 1 },
      PRESENT,
    ]);
    expect(historyOf([result('occupied', { 3: 3 }), result('needed', { 3: 0 })])).toEqual([
      { occupied: 3, needed: 0 },
      undefined,
      undefined,
      PRESENT,
    ]);
    expect(historyOf([result('occupied', { 1: 3, 2: 3 }), result('needed', { 1: 0, 2: 0 })])[0]).toBeUndefined();
  });

  test('knows no minute by one figure alone, and none of a result that is not complete', () => {
    const occupied = result('occupied', { 1: 1, 2: 1, 3: 1 });
    const nothing = [undefined, undefined, undefined, PRESENT];
    expect(historyOf([occupied])).toEqual(nothing);
    expect(historyOf([occupied, result('needed', { 1: 1, 2: 1, 3: 1 }, 'InternalError')])).toEqual(nothing);
  });

  test('never tells less of a minute than CloudWatch does', () => {
    const byAge = fc.dictionary(fc.integer({ min: 0, max: 20 }).map(String), fc.nat(50));
    fc.assert(
      fc.property(byAge, fc.integer({ min: 1, max: 15 }), (values, minutes) => {
        const history = historyOf([result('occupied', values), result('needed', values)], minutes);
        expect(history).toHaveLength(minutes);
        for (const [age, value] of Object.entries(values)) {
          if (Number(age) < minutes) expect(history.at(-1 - Number(age))?.occupied).toBeGreaterThanOrEqual(value);
        }
      }),
      propertyParameters(100),
    );
  });
});
