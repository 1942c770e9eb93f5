import { retryDelayMs } from '../src';
import { timeBudget } from '../src/time-budget';

describe('retryDelayMs', () => {
  test.each([
    [1, 0, 100],
    [1, 1, 200],
    [2, 0.5, 300],
    [6, 0, 3200],
    [7, 0, 5000],
    [7, 1, 10_000],
    [1000, 1, 10_000],
    [1, Number.NaN, 150],
    [1, -1, 150],
    [1, 7, 150],
  ])('try %d at %d: %d ms', (tryNumber, random, expected) => {
    expect(retryDelayMs(tryNumber, random)).toBe(expected);
  });
});

describe('timeBudget', () => {
  test.each<[unknown, number, number, number]>([
    [60_000, 10_000, 50_000, 59_750],
    [3000, 10_000, 1500, 2750],
    [1000, 10_000, 500, 900],
    [900_000, 0, 900_000, 899_750],
    [0, 10_000, 0, 0],
    [-5, 10_000, 0, 0],
    [undefined, 10_000, 1500, 2750],
    [Number.NaN, 10_000, 1500, 2750],
    ['60000', 10_000, 1500, 2750],
  ])('%p ms with a margin of %d', (remaining, margin, handlerMs, deliveryMs) => {
    expect(timeBudget(remaining, margin)).toEqual({ handlerMs, deliveryMs });
  });
});
