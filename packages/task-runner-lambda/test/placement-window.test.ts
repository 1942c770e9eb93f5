import fc from 'fast-check';
import { placementSlot, WINDOW_MS } from '../src/placement-window.js';
import { propertyParameters } from './helpers/property-parameters.js';

const NOON = Date.UTC(2026, 0, 5, 12);
const PROMPT_MS = 10_000;
const moments = fc.nat({ max: 4 * WINDOW_MS });
/** Ages of requests, many of them young. */
const ages = fc.oneof(fc.nat({ max: 12_000 }), fc.nat({ max: 3 * WINDOW_MS }));

test('two calls with different tokens are at least 20 s apart, but for two that were issued apart and served promptly', () => {
  const calls = fc.record({
    now: moments,
    age: ages,
    apart: fc.integer({ min: -20_000, max: 20_000 }),
    otherAge: fc.oneof(ages, fc.constant(undefined)),
  });
  const property = fc.property(calls, ({ now, age, apart, otherAge }) => {
    const issuedAt = NOON + now - age;
    const otherNow = NOON + now + apart;
    // Undefined is another delivery of the same.
    const otherIssuedAt = otherAge === undefined ? issuedAt : otherNow - otherAge;
    const [one, other] = [placementSlot(issuedAt, NOON + now), placementSlot(otherIssuedAt, otherNow)];
    const bothPrompt = age < PROMPT_MS && otherNow - otherIssuedAt < PROMPT_MS && issuedAt !== otherIssuedAt;
    if (one.open && other.open && !bothPrompt && Math.abs(apart) < 20_000) expect(one.window).toBe(other.window);
  });
  fc.assert(property, propertyParameters(5_000));
});

test('a closed slot says when the next one opens', () => {
  const property = fc.property(moments, ages, (now, age) => {
    const issuedAt = NOON + now - age;
    const slot = placementSlot(issuedAt, NOON + now);
    if (slot.open) return;
    expect(placementSlot(issuedAt, NOON + now + slot.waitMs - 1)).toMatchObject({ open: false });
    expect(placementSlot(issuedAt, NOON + now + slot.waitMs)).toMatchObject({ open: true });
    expect(slot.waitMs).toBeLessThanOrEqual(50_000);
  });
  fc.assert(property, propertyParameters(2_000));
});

test('a request waits for nothing in its first 10 s, whatever the clock says, and keeps its window', () => {
  const property = fc.property(moments, fc.integer({ min: -5_000, max: PROMPT_MS - 1 }), (issued, age) => {
    const window = Math.floor((NOON + issued) / WINDOW_MS);
    expect(placementSlot(NOON + issued, NOON + issued + age)).toEqual({ open: true, window });
  });
  fc.assert(property, propertyParameters(1_000));
});
