import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { planTime, type TimeFacts } from '../src/time-plan.js';

const base: TimeFacts = {
  now: 10_000_000,
  issuedAt: 10_000_000,
  remainingMs: 900_000,
  serviceSeconds: undefined,
  timeoutSeconds: 600,
  mayHandOver: false,
};

test('time counts from the request, however late an attempt is', () => {
  const late = planTime({ ...base, now: base.now + 120_000 });
  expect(late.stopAt).toBe(base.now + 600_000);
  expect(planTime({ ...base, issuedAt: undefined }).stopAt).toBe(base.now + 600_000);
  // A clock that lags gives no more time than the request's own.
  expect(planTime({ ...base, issuedAt: base.now + 5_000 }).startAt).toBe(base.now);
});

test('an invocation that is alone ends before Lambda ends it; one that is followed hands over', () => {
  expect(planTime(base)).toMatchObject({ endAt: base.now + 870_000, handOverAt: undefined });
  expect(planTime({ ...base, mayHandOver: true })).toMatchObject({ endAt: base.now + 3_580_000, handOverAt: base.now + 840_000 });
  expect(planTime({ ...base, mayHandOver: true, now: base.now + 3_000_000 })).toMatchObject({ handOverAt: undefined });
});

test('ServiceTimeout is the end of everything', () => {
  expect(planTime({ ...base, serviceSeconds: 120 }).endAt).toBe(base.now + 100_000);
  expect(planTime({ ...base, serviceSeconds: 9_999, mayHandOver: true }).endAt).toBe(base.now + 3_580_000);
});

test('whatever is given, an invocation leaves time to answer', () => {
  const property = fc.property(
    fc.record({
      now: fc.constant(base.now),
      issuedAt: fc.option(fc.integer({ min: 0, max: base.now + 60_000 }), { nil: undefined }),
      remainingMs: fc.integer({ min: 1_000, max: 900_000 }),
      serviceSeconds: fc.option(fc.integer({ min: 1, max: 3_600 }), { nil: undefined }),
      timeoutSeconds: fc.integer({ min: 1, max: 3_600 }),
      mayHandOver: fc.boolean(),
    }),
    (facts) => {
      const plan = planTime(facts);
      const end = facts.now + facts.remainingMs;
      expect(Math.min(plan.endAt, plan.handOverAt ?? plan.endAt)).toBeLessThan(plan.deliveryEnd);
      expect(plan.deliveryEnd).toBeLessThan(end);
      expect(plan.clearUntil).toBeLessThanOrEqual(plan.endAt);
      expect(plan.endAt).toBeGreaterThan(facts.now);
    },
  );
  fc.assert(property, propertyParameters(100));
});
