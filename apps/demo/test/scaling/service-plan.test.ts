import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { type PlacedTask, planService } from '../../src/scaling/service-plan.js';

const task = (taskArn: string, zone = 'a', onDrainingHost = false): PlacedTask => ({ taskArn, zone, onDrainingHost });

test('what is missing is started', () => {
  expect(planService(3, [task('1')])).toEqual({ start: 2, stop: [] });
});

test('tasks of a draining host stay until as many run elsewhere', () => {
  expect(planService(2, [task('1', 'a', true), task('2')])).toEqual({ start: 1, stop: [] });
  expect(planService(2, [task('1', 'a', true), task('2'), task('3')])).toEqual({ start: 0, stop: ['1'] });
});

test('of too many the latest of the fullest zone goes', () => {
  expect(planService(2, [task('1', 'a'), task('2', 'b'), task('3', 'a'), task('4', 'b'), task('5', 'a')]).stop).toEqual(['5', '4', '3']);
});

const tasks = fc
  .array(fc.record({ zone: fc.constantFrom('a', 'b', 'c'), onDrainingHost: fc.boolean() }), { maxLength: 12 })
  .map((list) => list.map((each, index) => ({ ...each, taskArn: String(index) })));

test('never fewer than wanted run, nothing is started and stopped at once, and a few steps come to rest', () => {
  fc.assert(
    fc.property(tasks, fc.nat(10), (before, desired) => {
      let now: readonly PlacedTask[] = before;
      for (let step = 0; step < 3; step += 1) {
        const { start, stop } = planService(desired, now);
        expect(start === 0 || stop.length === 0).toBe(true);
        expect(new Set(stop).size).toBe(stop.length);
        const started = Array.from({ length: start }, (_, index) => task(`${step}-${index}`));
        const next = [...now.filter(({ taskArn }) => !stop.includes(taskArn)), ...started];
        expect(next.length).toBeGreaterThanOrEqual(Math.min(desired, now.length + start));
        expect(next.length).toBeGreaterThanOrEqual(now.length >= desired ? desired : now.length);
        now = next;
      }
      expect(now).toHaveLength(desired);
      expect(now.every(({ onDrainingHost }) => !onDrainingHost)).toBe(true);
    }),
    propertyParameters(200),
  );
});
