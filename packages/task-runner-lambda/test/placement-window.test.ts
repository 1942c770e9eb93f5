import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { placementSlot, WINDOW_MS } from '../src/placement-window.js';

const NOON = Date.UTC(2026, 0, 5, 12);
const PROMPT_MS = 10_000;
const moments = fc.nat({ max: 4 * WINDOW_MS }).map((since) => NOON + since);
/** Ages of requests, many of them young. */
const ages = fc.oneof(fc.nat({ max: 12_000 }), fc.nat({ max: 3 * WINDOW_MS }));

test('two calls with different tokens are 20 s apart, but for two requests that were issued apart and served promptly', () => {
  const calls = fc.record({
    now: moments,
    age: ages,
    apart: fc.integer({ min: -19_999, max: 19_999 }),
    otherAge: fc.oneof(ages, fc.constant(undefined)),
    laterUndoes: fc.boolean(),
  });
  const property = fc.property(calls, ({ now, age, apart, otherAge, laterUndoes }) => {
    const issuedAt = now - age;
    const otherNow = now + apart;
    // Undefined is another delivery of the same.
    const otherIssuedAt = otherAge === undefined ? issuedAt : otherNow - otherAge;
    const isSame = issuedAt === otherIssuedAt;
    const one = placementSlot({ issuedAt, now, undoes: laterUndoes && issuedAt >= otherIssuedAt });
    const other = placementSlot({ issuedAt: otherIssuedAt, now: otherNow, undoes: laterUndoes && otherIssuedAt >= issuedAt });
    const bothPrompt = age < PROMPT_MS && otherNow - otherIssuedAt < PROMPT_MS;
    if (one.open && other.open && (isSame || laterUndoes || !bothPrompt)) expect(one.window).toBe(other.window);
  });
  fc.assert(property, propertyParameters(5_000));
});

test('a closed slot says when the next one opens', () => {
  const property = fc.property(moments, ages, fc.boolean(), (now, age, undoes) => {
    const request = { issuedAt: now - age, undoes };
    const slot = placementSlot({ ...request, now });
    if (slot.open) return;
    expect(placementSlot({ ...request, now: now + slot.waitMs - 1 })).toMatchObject({ open: false });
    expect(placementSlot({ ...request, now: now + slot.waitMs })).toMatchObject({ open: true });
    expect(slot.waitMs).toBeLessThanOrEqual(50_000);
  });
  fc.assert(property, propertyParameters(2_000));
});

test('a request waits for nothing in its first 10 s, whatever the clock says, and keeps its window', () => {
  const property = fc.property(moments, fc.integer({ min: -5_000, max: PROMPT_MS - 1 }), (issuedAt, age) => {
    const window = Math.floor(issuedAt / WINDOW_MS);
    expect(placementSlot({ issuedAt, now: issuedAt + age, undoes: false })).toEqual({ open: true, window });
  });
  fc.assert(property, propertyParameters(1_000));
});

test.each([
  [5_000, 25_000],
  [29_000, 1_000],
  [30_000, 0],
  [115_000, 0],
])('one that undoes another waits where that may be of the window before: %i ms into one', (inside, waitMs) => {
  const slot = placementSlot({ issuedAt: NOON + inside, now: NOON + inside, undoes: true });
  expect(slot).toMatchObject(waitMs === 0 ? { open: true } : { open: false, waitMs });
});

test('two calls for requests that do not tell when they were issued have the same token, or are 20 s apart', () => {
  const property = fc.property(moments, fc.integer({ min: 0, max: 19_999 }), fc.boolean(), (now, apart, undoes) => {
    const one = placementSlot({ issuedAt: undefined, now, undoes });
    const other = placementSlot({ issuedAt: undefined, now: now + apart, undoes: !undoes });
    if (one.open && other.open) expect(one.window).toBe(other.window);
    if (!one.open) expect(placementSlot({ issuedAt: undefined, now: now + one.waitMs, undoes })).toMatchObject({ open: true });
  });
  fc.assert(property, propertyParameters(2_000));
});
