import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { type Delivery, type DeliveryOutcome, deliver, type PutOutcome, type PutRequest, SignedUrl } from '../src';
import { FakeClock } from './helpers/fake-clock';
import { answered } from './helpers/invoke';
import { RESPONSE_URL, SECRETS } from './helpers/requests';

// The property at the end runs long at the full level.
jest.setTimeout(120_000);

const failed = (code: string): PutOutcome => ({ kind: 'failed', phase: 'connect', code });

interface Run {
  readonly outcome: DeliveryOutcome;
  /** Moment each try began, from the start. */
  readonly beganMs: readonly number[];
  readonly requests: readonly PutRequest[];
  readonly endedMs: number;
  readonly pending: number;
}

async function run(put: (request: PutRequest, clock: FakeClock) => Promise<PutOutcome>, more: Partial<Delivery> = {}): Promise<Run> {
  const clock = new FakeClock();
  const start = clock.now();
  const beganMs: number[] = [];
  const requests: PutRequest[] = [];
  const url = SignedUrl.parse(RESPONSE_URL);
  if (url === undefined) throw new TypeError('not an address');
  const delivery: Delivery = {
    url,
    body: '{"Data":"✓"}',
    put: (request) => {
      beganMs.push(clock.now() - start);
      requests.push(request);
      return put(request, clock);
    },
    clock,
    random: () => 1,
    tryTimeoutMs: 3000,
    deadline: start + 20_000,
    ...more,
  };
  const outcome = await clock.run(deliver(delivery));
  return { outcome, beganMs, requests, endedMs: clock.now() - start, pending: clock.pending };
}

const never = (): Promise<PutOutcome> => new Promise(() => {});

test.each([200, 201, 204, 299])('%d is delivered', async (status) => {
  const { outcome, beganMs, pending } = await run(async () => answered(status));
  expect(outcome).toEqual({ delivered: true, status, tries: 1 });
  expect(beganMs).toEqual([0]);
  expect(pending).toBe(0);
});

test('a last try that the deadline cut short does not hide why the tries before it failed', async () => {
  let tries = 0;
  const { outcome } = await run(
    (_request, clock) => {
      tries += 1;
      return tries === 1 ? new Promise((resolve) => clock.after(1000, () => resolve(failed('ENETUNREACH')))) : never();
    },
    { deadline: new FakeClock().now() + 3000 },
  );
  expect(outcome).toMatchObject({ delivered: false, code: 'OUT_OF_TIME', last: { code: 'ENETUNREACH' } });
  expect(tries).toBeGreaterThan(1);
});

test.each([300, 301, 307, 308, 400, 403, 404, 412, 499])('%d is refused, once', async (status) => {
  const { outcome, beganMs } = await run(async () => answered(status));
  expect(outcome).toEqual({ delivered: false, code: 'REFUSED', tries: 1, last: answered(status) });
  expect(beganMs).toHaveLength(1);
});

test.each([
  answered(408),
  answered(425),
  answered(429),
  answered(500),
  answered(503),
  answered(599),
  answered(0),
  answered(100),
  failed('ECONNRESET'),
])('%j is tried again', async (first) => {
  const outcomes = [first, answered(200)];
  const { outcome } = await run(async () => outcomes.shift() ?? answered(500));
  expect(outcome).toEqual({ delivered: true, status: 200, tries: 2 });
});

test('pauses grow with jitter', async () => {
  const whole = await run(async () => answered(503));
  expect(whole.beganMs.slice(0, 5)).toEqual([0, 200, 600, 1400, 3000]);
  const half = await run(async () => answered(503), { random: () => 0 });
  expect(half.beganMs.slice(0, 5)).toEqual([0, 100, 300, 700, 1500]);
});

test('the last pause is cut short so that the last try fits, and nothing goes beyond the deadline', async () => {
  const { outcome, beganMs, endedMs } = await run(async () => answered(503), { deadline: 1000 + 5000 });
  expect(beganMs).toEqual([0, 200, 600, 1400, 3000, 4900]);
  expect(outcome).toMatchObject({ delivered: false, code: 'OUT_OF_TIME', tries: 6, last: answered(503) });
  expect(endedMs).toBeLessThanOrEqual(5000);
});

test('a put that never settles is given up after its time-out, its signal aborted, its phase named', async () => {
  const { outcome, beganMs, requests, endedMs } = await run(
    async ({ onPhase }) => {
      onPhase('connect');
      return never();
    },
    { deadline: 1000 + 7000 },
  );
  expect(beganMs).toEqual([0, 3200, 6600]);
  expect(requests.every(({ signal }) => signal.aborted)).toBe(true);
  expect(outcome).toMatchObject({ delivered: false, code: 'OUT_OF_TIME', last: { kind: 'failed', phase: 'connect', code: 'TIMEOUT' } });
  expect(endedMs).toBe(7000);
});

test('a put that settles after its time-out changes nothing', async () => {
  let first = true;
  const { outcome } = await run((_request, clock) => {
    if (!first) return Promise.resolve(answered(503));
    first = false;
    return new Promise((resolve) => clock.after(4000, () => resolve(answered(200))));
  });
  expect(outcome).toMatchObject({ delivered: false, last: answered(503) });
});

test.each<[string, () => Promise<PutOutcome>]>([
  ['rejects', () => Promise.reject(new TypeError(RESPONSE_URL))],
  [
    'throws',
    () => {
      throw new TypeError(RESPONSE_URL);
    },
  ],
])('a put that %s counts as failed, and what it threw is not kept', async (_name, put) => {
  const { outcome } = await run(put, { deadline: 1500 });
  expect(outcome).toMatchObject({ delivered: false, last: { kind: 'failed', code: 'PUT_THREW' } });
  expect(JSON.stringify(outcome)).not.toContain('Signature');
});

test.each([undefined, null, 200, {}, { kind: 'ok' }, { kind: 'answered' }, { kind: 'answered', status: '200' }])(
  'a put that gives %j counts as failed',
  async (garbage) => {
    const outcomes = [garbage as unknown as PutOutcome, answered(200)];
    const { outcome } = await run(async () => outcomes.shift() as PutOutcome);
    expect(outcome).toEqual({ delivered: true, status: 200, tries: 2 });
  },
);

test.each(['ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'ERR_UNESCAPED_CHARACTERS', 'HTTP_NOT_ALLOWED'])(
  '%s would meet the next try as well: refused, once',
  async (code) => {
    const { outcome, beganMs } = await run(async () => ({ kind: 'failed', phase: 'tls', code }));
    expect(outcome).toMatchObject({ delivered: false, code: 'REFUSED', tries: 1, last: { code } });
    expect(beganMs).toHaveLength(1);
  },
);

test.each<[string, Record<string, unknown>, { readonly phase: string; readonly code: string }]>([
  ['the address as its code', { phase: 'tls', code: RESPONSE_URL }, { phase: 'tls', code: 'UNKNOWN' }],
  [
    'the signature in capitals as its code',
    { phase: 'tls', code: `X${SECRETS[0]?.toUpperCase()}5EC2E75EC2E75E` },
    { phase: 'tls', code: 'UNKNOWN' },
  ],
  ['the address as its phase', { phase: RESPONSE_URL, code: 'EPIPE' }, { phase: 'connect', code: 'EPIPE' }],
  ['the address beside', { phase: 'answer', code: 'EPIPE', cause: RESPONSE_URL }, { phase: 'answer', code: 'EPIPE' }],
])('a put that gives %s: nothing of it is kept or told', async (_name, more, expected) => {
  const told: unknown[] = [];
  const { outcome } = await run(
    async ({ onPhase }) => {
      onPhase('connect');
      onPhase(RESPONSE_URL as 'connect');
      return { kind: 'failed', ...more } as unknown as PutOutcome;
    },
    { deadline: 1500, onFailedTry: (failure) => told.push(failure) },
  );
  expect(outcome).toMatchObject({ delivered: false, last: { kind: 'failed', ...expected } });
  for (const secret of SECRETS) expect(JSON.stringify([outcome, told]).toLowerCase()).not.toContain(secret.toLowerCase());
});

test('a listener and a random source that throw do not end the delivery', async () => {
  const outcomes = [answered(503), answered(200)];
  const fail = (): never => {
    throw new TypeError('broken');
  };
  const { outcome, beganMs } = await run(async () => outcomes.shift() ?? answered(500), { onFailedTry: fail, random: fail });
  expect(outcome).toEqual({ delivered: true, status: 200, tries: 2 });
  expect(beganMs).toEqual([0, 150]);
});

test('one try is made however late it is', async () => {
  const { outcome, beganMs } = await run(async () => answered(200), { deadline: 0 });
  expect(outcome).toMatchObject({ delivered: true });
  expect(beganMs).toEqual([0]);
});

test('bytes and headers are the same on every try', async () => {
  const outcomes = [answered(500), failed('ECONNRESET'), answered(200)];
  const { requests } = await run(async () => outcomes.shift() ?? answered(500));
  expect(requests).toHaveLength(3);
  for (const { body, headers } of requests) {
    expect(new TextDecoder().decode(body)).toBe('{"Data":"✓"}');
    expect(headers).toEqual({ 'content-type': '', 'content-length': '14' });
  }
});

test('every failed try is reported', async () => {
  const reported: unknown[] = [];
  const outcomes = [answered(500), failed('EPIPE'), answered(200)];
  await run(async () => outcomes.shift() ?? answered(500), { onFailedTry: (outcome, tryNumber) => reported.push([outcome, tryNumber]) });
  expect(reported).toEqual([
    [answered(500), 1],
    [failed('EPIPE'), 2],
  ]);
});

test('whatever the bucket does, in any order: delivered at the first 2xx, nothing after it, done by the deadline', async () => {
  const behaviour = fc.oneof(
    fc.constantFrom(200, 204, 500, 503, 429, 307, 403).map((status) => ({ status, takesMs: 0 })),
    fc.record({ status: fc.constantFrom(200, 500), takesMs: fc.nat(5000) }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(behaviour, { minLength: 1, maxLength: 12 }),
      fc.nat(30_000),
      fc.double({ min: 0, max: 1 }),
      async (plan, leftMs, random) => {
        let index = 0;
        const seen: number[] = [];
        const { outcome, endedMs } = await run(
          ({ signal }, clock) => {
            const { status, takesMs } = plan[Math.min(index, plan.length - 1)] ?? { status: 500, takesMs: 0 };
            index += 1;
            return new Promise((resolve) => {
              clock.after(takesMs, () => {
                // What is accepted after the try was given up is not known to anyone, and sent again.
                if (!signal.aborted) seen.push(status);
                resolve(answered(status));
              });
            });
          },
          { deadline: 1000 + leftMs, random: () => random },
        );
        expect(endedMs).toBeLessThanOrEqual(Math.max(leftMs, 100));
        const accepted = seen.filter((status) => status < 300).length;
        if (outcome.delivered) expect(accepted).toBe(1);
        else expect(accepted).toBe(0);
      },
    ),
    propertyParameters(200),
  );
});
