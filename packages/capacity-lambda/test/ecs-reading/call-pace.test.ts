import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { createCallPace, paceOf } from '../../src/ecs-reading/call-pace.js';

/** A pace over a clock that jumps to whatever is waited for; calls are asked for one after another. */
function paced(callsPerSecond: number, burst: number) {
  let millis = 1_000;
  const times: number[] = [];
  const wait = async (waited: number): Promise<void> => {
    millis += waited;
  };
  const pace = createCallPace({ callsPerSecond, burst, now: () => millis, wait });
  return {
    times,
    call: async (laterMillis = 0) => {
      millis += laterMillis;
      await pace.admit();
      times.push(millis);
    },
  };
}

test('as many as the burst go at once, the rest at the pace', async () => {
  const { times, call } = paced(10, 50);
  for (let index = 0; index < 101; index += 1) await call();
  expect(times.filter((time) => time === 1_000)).toHaveLength(50);
  expect(times.at(-1)).toBeCloseTo(1_000 + 5_100, 6);
});

test('in no span are there more than the burst and what the pace lets through in it', async () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 120 });
  await fc.assert(
    fc.asyncProperty(gaps, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 60 }), async (laterMillis, rate, burst) => {
      const { times, call } = paced(rate, burst);
      for (const later of laterMillis) await call(later);
      for (const [start, from] of times.entries()) {
        for (const [offset, to] of times.slice(start).entries()) {
          expect(offset + 1).toBeLessThanOrEqual(burst + ((to - from) * rate) / 1000 + 1e-6);
        }
      }
    }),
    propertyParameters(60),
  );
});

test('a wait ends with the invocation, for the reason of its end', async () => {
  const controller = new AbortController();
  const wait = async () => {
    controller.abort(new RangeError('out of time'));
    throw new TypeError('the timer was aborted');
  };
  const pace = createCallPace({ callsPerSecond: 1, burst: 1, now: () => 0, wait });
  await pace.admit(controller.signal);
  await expect(pace.admit(controller.signal)).rejects.toThrow('out of time');
  await expect(pace.admit(controller.signal)).rejects.toThrow('out of time');
});

test('half of what the account has, or the whole budget', () => {
  expect(paceOf(2)).toEqual({ callsPerSecond: 10, burst: 50 });
  expect(paceOf(19)).toEqual({ callsPerSecond: 19, burst: 50 });
});
