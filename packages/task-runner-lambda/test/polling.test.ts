import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { backoffMs, pollDelayMs } from '../src/polling.js';

test('polls begin within a second and never wait longer than ten', () => {
  expect(pollDelayMs(0, 0.999)).toBeLessThanOrEqual(1_000);
  const property = fc.property(fc.nat({ max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (polls, random) => {
    const delay = pollDelayMs(polls, random);
    expect(delay).toBeGreaterThanOrEqual(500);
    expect(delay).toBeLessThanOrEqual(10_000);
    expect(pollDelayMs(polls + 1, random)).toBeGreaterThanOrEqual(delay);
  });
  fc.assert(property, propertyParameters(100));
  expect(pollDelayMs(20, 1)).toBe(10_000);
});

test('backing off doubles from one second to twenty, jittered', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((failures) => backoffMs(failures, 1))).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
  expect(backoffMs(1, 0)).toBe(500);
});

test.each([Number.NaN, -1, 2])('a random number out of range (%d) counts as the middle', (random) => {
  expect(pollDelayMs(0, random)).toBe(750);
});
