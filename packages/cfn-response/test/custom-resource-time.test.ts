import { customResource, derivePhysicalResourceId } from '../src';
import { FakeClock } from './helpers/fake-clock';
import { all, answered, invoke } from './helpers/invoke';
import { event, STACK_ID } from './helpers/requests';

const derived = derivePhysicalResourceId({
  StackId: STACK_ID,
  RequestId: '00000000-0000-4000-8000-000000000002',
  LogicalResourceId: 'Migration',
});

type Settle = (value: unknown) => void;

/** An object other libraries would call a promise. */
const thenable = (then: (yes: Settle, no: Settle) => void): unknown => ({ then });

describe('time', () => {
  const never = (): Promise<undefined> => new Promise(() => {});

  test.each([
    [60_000, 50_000],
    [900_000, 890_000],
    [3000, 1500],
    [0, 0],
  ])('a handler that never settles, with %d ms: answered after %d', async (remainingMs, afterMs) => {
    const { bodies, rejection, elapsedMs } = await invoke({ handlers: all(never), remainingMs });
    expect(rejection).toBeUndefined();
    expect(elapsedMs).toBe(afterMs);
    // Something may exist by now, so its Delete must reach the handler.
    expect(bodies).toMatchObject([
      { Status: 'FAILED', PhysicalResourceId: derived, Reason: expect.stringContaining(`within ${afterMs} ms`) },
    ]);
  });

  test('the signal is aborted then', async () => {
    let signal: AbortSignal | undefined;
    await invoke({
      handlers: {
        create: (_request, context) => {
          signal = context.signal;
          return never();
        },
      },
    });
    expect(signal?.aborted).toBe(true);
  });

  test('the signal is aborted after the answer, so that a listener of it cannot come before', async () => {
    const order: string[] = [];
    await invoke({
      handlers: {
        create: (_request, context) => {
          context.signal.addEventListener('abort', () => order.push('aborted'));
          return never();
        },
      },
      options: {
        put: async () => {
          order.push('answered');
          return answered(200);
        },
      },
    });
    expect(order).toEqual(['answered', 'aborted']);
  });

  test.each<[string, (clock: FakeClock) => Promise<unknown>]>([
    ['succeeds', (clock) => new Promise((resolve) => clock.after(55_000, () => resolve({ PhysicalResourceId: 'late' })))],
    ['fails', (clock) => new Promise((_resolve, reject) => clock.after(55_000, () => reject(new TypeError('late'))))],
  ])('a handler that outlives its time and then %s: one answer, and a line', async (_name, run) => {
    const clock = new FakeClock();
    const { bodies, log } = await invoke({ handlers: all(() => run(clock)), clock });
    clock.pass(60_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toMatchObject({ Status: 'FAILED' });
    expect(log.at(-1)).toMatchObject({ level: 'WARN', code: 'HANDLER_LATE' });
  });

  test.each<[string, () => unknown, string]>([
    [
      'resolves twice',
      () =>
        new Promise((resolve) => {
          resolve({ Reason: 'one' });
          resolve({ Reason: 'two' });
        }),
      'one',
    ],
    [
      'resolves and rejects',
      () =>
        new Promise((resolve, reject) => {
          resolve({ Reason: 'one' });
          reject(new TypeError('two'));
        }),
      'one',
    ],
    [
      'is a thenable that calls both',
      () =>
        thenable((yes, no) => {
          yes({ Reason: 'one' });
          no('two');
          yes({ Reason: 'three' });
        }),
      'one',
    ],
    [
      'is a thenable that calls and throws',
      () =>
        thenable((yes) => {
          yes({ Reason: 'one' });
          throw new TypeError('two');
        }),
      'one',
    ],
  ])('a handler that %s: the first counts, once', async (_name, run, Reason) => {
    const { bodies } = await invoke({ handlers: all(run) });
    expect(bodies).toMatchObject([{ Status: 'SUCCESS', Reason }]);
    expect(bodies).toHaveLength(1);
  });

  test('a handler that fails right away leaves its time to the delivery, and no timer behind', async () => {
    const { clock, elapsedMs } = await invoke({ handlers: all(() => Promise.reject(new TypeError('x'))) });
    expect(elapsedMs).toBe(0);
    expect(clock.pending).toBe(0);
  });

  test('a bucket that cannot be reached is tried until the time is over, not beyond', async () => {
    const { puts, bodies, elapsedMs, rejection } = await invoke({
      handlers: { create: () => {} },
      remainingMs: 30_000,
      outcomes: [{ kind: 'failed', phase: 'connect', code: 'ETIMEDOUT' }],
    });
    expect(rejection).toMatchObject({ name: 'DeliveryError', code: 'RESPONSE_NOT_DELIVERED', source: 'service', tries: puts.length });
    expect(elapsedMs).toBeGreaterThan(29_000);
    expect(elapsedMs).toBeLessThan(30_000);
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  });

  test.each<[string, unknown]>([
    ['no context', undefined],
    ['a context without the method', {}],
    [
      'a context that throws',
      {
        getRemainingTimeInMillis: () => {
          throw new TypeError('x');
        },
      },
    ],
    ['NaN', { getRemainingTimeInMillis: () => Number.NaN }],
  ])('%s: as if three seconds were left', async (_name, context) => {
    const clock = new FakeClock();
    const sent: number[] = [];
    const put = async () => {
      sent.push(clock.now() - 1000);
      return answered(200);
    };
    const handler = customResource(all(never), { clock, put, log: () => {} });
    await clock.run(handler(event('Create'), context as { getRemainingTimeInMillis(): number }));
    expect(sent).toEqual([1500]);
  });
});
