import { propertyParameters } from '@plimsoll/test-support';
import * as fc from 'fast-check';
import { createRandom, createSandbox, createVirtualTime, machineScheduler, sleep } from '../../src/index.js';

describe('virtual time', () => {
  test('an hour takes no time, and the clock stands where the work ended', async () => {
    const time = createVirtualTime(new Date('2026-03-01T00:00:00Z'));

    await time.run(() => time.sleep(3_600_000));

    expect(time.now().toISOString()).toBe('2026-03-01T01:00:00.000Z');
    expect(time.pendingTimers()).toBe(0);
  });

  test('timers fire by moment, then by order of setting, each with its promises done before the next', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 12 }), async (waits) => {
        const time = createVirtualTime();
        const seen: string[] = [];
        const work = waits.map(async (wait, index) => {
          await time.sleep(wait);
          seen.push(`${wait} ${index} fires`);
          await Promise.resolve();
          await Promise.resolve();
          seen.push(`${wait} ${index} goes on`);
        });
        await time.run(() => Promise.all(work));

        const ordered = waits.map((wait, index) => ({ wait, index })).sort((a, b) => a.wait - b.wait || a.index - b.index);
        expect(seen).toEqual(ordered.flatMap(({ wait, index }) => [`${wait} ${index} fires`, `${wait} ${index} goes on`]));
      }),
      propertyParameters(50),
    ));

  test('advance stops at timers set on the way, and not beyond its end', async () => {
    const time = createVirtualTime();
    const seen: number[] = [];
    const tick = (): void => {
      seen.push(time.now().getTime());
      time.after(10, tick);
    };
    tick();
    const cancel = time.after(15, () => seen.push(-1));
    cancel();

    await time.advance(25);

    expect(seen.map((at) => at - (seen[0] ?? 0))).toEqual([0, 10, 20]);
    expect(time.now().getTime() - (seen[0] ?? 0)).toBe(25);
  });

  test('work that waits for nothing is an error, and so is work without end', async () => {
    await expect(createVirtualTime().run(() => new Promise(() => undefined))).rejects.toMatchObject({ code: 'VIRTUAL_TIME_STALLED' });
    const time = createVirtualTime();
    const forever = async (): Promise<void> => {
      for (;;) {
        await time.sleep(1000);
      }
    };
    await expect(time.run(forever, 60_000)).rejects.toMatchObject({ code: 'VIRTUAL_TIME_LIMIT' });
  });

  test('what the work throws is thrown', async () => {
    const time = createVirtualTime();
    await expect(time.run(async () => Promise.reject(new TypeError('mine')))).rejects.toThrow('mine');
  });

  test('the machine’s scheduler waits and can be cancelled', async () => {
    const scheduler = machineScheduler();
    let called = false;
    scheduler.after(1, () => {
      called = true;
    })();
    await sleep(scheduler, 5);
    expect(called).toBe(false);
  });
});

describe('seeded random', () => {
  test('is the same for the same seed, within its bounds, and differs between seeds', () => {
    void fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), fc.integer({ min: 1, max: 1000 }), (seed, bound) => {
        const [one, other] = [createRandom(seed), createRandom(seed)];
        const drawn = Array.from({ length: 20 }, () => one.below(bound));
        expect(Array.from({ length: 20 }, () => other.below(bound))).toEqual(drawn);
        expect(drawn.every((number) => Number.isInteger(number) && number >= 0 && number < bound)).toBe(true);
        expect(one.id()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
      propertyParameters(50),
    );
    expect(createRandom(1).next()).not.toBe(createRandom(2).next());
  });

  test('a fork does not depend on what is drawn from its parent afterwards', () => {
    const [one, other] = [createRandom(7), createRandom(7)];
    const [forked, alike] = [one.fork(), other.fork()];
    one.next();
    expect([forked.next(), forked.next()]).toEqual([alike.next(), alike.next()]);
  });
});

describe('a sandbox', () => {
  const work = async (step: (name: string) => Promise<void>): Promise<string> => {
    await step('one');
    await step('two');
    await step('three');
    return 'done';
  };

  test.each([1, 2, 3].flatMap((step) => [true, false].map((performed) => ({ step, performed }))))(
    'dies at call $step, performed: $performed, and nothing happens afterwards',
    async (crash) => {
      const time = createVirtualTime();
      const seen: string[] = [];
      const sandbox = createSandbox({ scheduler: time, crash });
      const step = sandbox.guard(async (name: string) => {
        seen.push(name);
        await time.sleep(1000);
      });

      const outcome = await time.run(() => sandbox.run(() => work(step)));
      await time.advance(1_000_000);

      expect(outcome).toEqual({ kind: 'crashed' });
      expect(seen).toEqual(['one', 'two', 'three'].slice(0, crash.performed ? crash.step : crash.step - 1));
    },
  );

  test('is killed by its time-out in the middle of a call', async () => {
    const time = createVirtualTime();
    const seen: string[] = [];
    const sandbox = createSandbox({ scheduler: time, timeoutMs: 1500 });
    const step = sandbox.guard(async (name: string) => {
      seen.push(name);
      await time.sleep(1000);
    });

    const outcome = await time.run(() => sandbox.run(() => work(step)));
    await time.advance(1_000_000);

    expect(outcome).toEqual({ kind: 'timedOut' });
    expect(seen).toEqual(['one', 'two']);
  });

  test('tells what the work returned or threw, and how many calls it made', async () => {
    const time = createVirtualTime();
    const sandbox = createSandbox({ scheduler: time, timeoutMs: 1500 });
    expect(await time.run(() => sandbox.run(() => work(sandbox.guard(async () => undefined))))).toEqual({
      kind: 'returned',
      value: 'done',
    });
    expect(sandbox.steps()).toBe(3);
    expect(time.pendingTimers()).toBe(0);
    const fault = new TypeError('mine');
    const other = createSandbox({ scheduler: time });
    expect(await other.run(other.guard(() => Promise.reject(fault)))).toEqual({ kind: 'threw', error: fault });
  });
});
