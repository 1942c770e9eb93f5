import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { placementSlot, WINDOW_MS } from '../src/placement-window.js';

const moments = fc.nat({ max: 3_600_000 });

test('between the last call of a window and the first of the next there are 20 s', () => {
  const step = 100;
  const open = Array.from({ length: 4 * (WINDOW_MS / step) }, (_, index) => index * step).flatMap((since) => {
    const slot = placementSlot(0, since);
    return slot.open ? [{ since, window: slot.window }] : [];
  });
  const turns = open.flatMap((call, index) => {
    const before = open[index - 1];
    return before === undefined || before.window === call.window ? [] : [call.since - before.since];
  });
  expect(turns).toEqual([20_100, 20_100, 20_100]);
});

test('a closed slot says when the next one opens', () => {
  const property = fc.property(fc.nat(), moments, (origin, since) => {
    const slot = placementSlot(origin, origin + since);
    if (slot.open) expect(slot.window).toBe(Math.floor(since / WINDOW_MS));
    else expect(placementSlot(origin, origin + since + slot.waitMs)).toMatchObject({ open: true });
  });
  fc.assert(property, propertyParameters(2_000));
});

test('the first window opens at once, also for a clock that lags behind', () => {
  expect(placementSlot(1_000, 1_000)).toEqual({ open: true, window: 0 });
  expect(placementSlot(1_000, 0)).toEqual({ open: true, window: 0 });
});
