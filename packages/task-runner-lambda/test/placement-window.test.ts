import fc from 'fast-check';
import { placementSlot, WINDOW_MS } from '../src/placement-window.js';

const moments = fc.nat({ max: 3_600_000 });

test('calls in different windows are at least 20 s apart, and those at the same moment are in the same window', () => {
  const property = fc.property(moments, moments, (a, b) => {
    const [first, second] = [placementSlot(0, a), placementSlot(0, b)];
    if (!first.open || !second.open || first.window === second.window) return;
    expect(Math.abs(a - b)).toBeGreaterThanOrEqual(20_000);
  });
  fc.assert(property, { numRuns: 5_000 });
});

test('a closed slot says when the next one opens', () => {
  const property = fc.property(fc.nat(), moments, (origin, since) => {
    const slot = placementSlot(origin, origin + since);
    if (slot.open) expect(slot.window).toBe(Math.floor(since / WINDOW_MS));
    else expect(placementSlot(origin, origin + since + slot.waitMs)).toMatchObject({ open: true });
  });
  fc.assert(property, { numRuns: 2_000 });
});

test('the first window opens at once, also for a clock that lags behind', () => {
  expect(placementSlot(1_000, 1_000)).toEqual({ open: true, window: 0 });
  expect(placementSlot(1_000, 0)).toEqual({ open: true, window: 0 });
});
