import { type AddressInfo, createServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { customResource, httpsPut, type LogEntry } from '../src';
import { type Behaviour, Bucket, drip, endlessDrip, reset, resetAfterStoring, silence, stalledBody, status } from './helpers/bucket';
import { type Certificate, type Certificates, makeCertificates } from './helpers/certificates';
import { fullBacklog } from './helpers/full-backlog';
import { event, SECRETS } from './helpers/requests';

// Faults are waited out in real time, on machines that may be busy.
jest.setTimeout(60_000);

let certificates: Certificates;
let cleanUp: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  certificates = await makeCertificates();
});

afterEach(async () => {
  const closing = cleanUp;
  cleanUp = [];
  await Promise.all(closing.map((close) => close()));
});

interface Delivered {
  readonly bucket: Bucket;
  readonly log: readonly LogEntry[];
  readonly rejection: unknown;
}

async function listen(certificate: Certificate, ...behaviours: readonly Behaviour[]): Promise<Bucket> {
  const bucket = await Bucket.listen(certificate, ...behaviours);
  cleanUp.push(() => bucket.close());
  return bucket;
}

interface Times {
  /** Address to answer to. @default the bucket's */
  readonly url?: string;
  /** Time the function has left. @default 40000 */
  readonly remainingMs?: number;
  /** @default 10000 */
  readonly tryTimeoutMs?: number;
}

/** Answers one Create through the real https client. */
async function answer(bucket: Bucket, times: Times = {}): Promise<Delivered> {
  const { url = bucket.url(), remainingMs = 40_000, tryTimeoutMs = 10_000 } = times;
  const log: LogEntry[] = [];
  const handler = customResource(
    { create: () => ({ PhysicalResourceId: 'migration-1', Data: { Greeting: 'é ✓ 🚢' } }), update: () => {}, delete: () => {} },
    { put: httpsPut({ ca: certificates.ca }), tryTimeoutMs, log: (entry) => log.push(entry) },
  );
  const end = performance.now() + remainingMs;
  const context = { getRemainingTimeInMillis: () => end - performance.now() };
  const rejection = await handler(event('Create', { ResponseURL: url }), context).catch((error: unknown) => error);
  return { bucket, log, rejection };
}

function expectNoSecrets({ log, rejection }: Delivered): void {
  const printed = [
    inspect(rejection, { depth: 9, showHidden: true }),
    String((rejection as Error | undefined)?.stack),
    JSON.stringify(log),
  ];
  for (const text of printed) for (const secret of SECRETS) expect(text).not.toContain(secret);
}

describe('delivered exactly once', () => {
  test.each<[string, Behaviour[], number, number]>([
    ['200', [status(200)], 1, 10_000],
    ['201', [status(201)], 1, 10_000],
    ['204', [status(204)], 1, 10_000],
    ['500, then 200', [status(500), status(200)], 2, 10_000],
    ['503, then 200', [status(503), status(200)], 2, 10_000],
    ['429, then 200', [status(429), status(200)], 2, 10_000],
    ['reset, then 200', [reset, status(200)], 2, 10_000],
    ['no answer, then 200', [silence, status(200)], 2, 1500],
    ['an endless drip, then 200', [endlessDrip, status(200)], 2, 1500],
    ['several failures, then 200', [status(500), reset, status(503), silence, status(200)], 5, 1500],
    ['200 with a body that stalls', [stalledBody], 1, 10_000],
    ['200 dripped byte by byte, in time', [drip(2)], 1, 10_000],
  ])('%s', async (_name, behaviours, puts, tryTimeoutMs) => {
    const delivered = await answer(await listen(certificates.right, ...behaviours), { tryTimeoutMs });
    expect(delivered.rejection).toBeUndefined();
    expect(delivered.bucket.stored).toHaveLength(1);
    expect(delivered.bucket.seen).toHaveLength(puts);
    expect(delivered.log.at(-1)).toMatchObject({ code: 'RESPONSE_DELIVERED', status: 'SUCCESS', tries: puts });
    expectNoSecrets(delivered);
  });

  test('a connection reset after storing: the same bytes once more, and no second answer', async () => {
    const delivered = await answer(await listen(certificates.right, resetAfterStoring, status(200)));
    expect(delivered.rejection).toBeUndefined();
    expect(delivered.bucket.stored).toHaveLength(2);
    expect(delivered.bucket.stored[1]).toEqual(delivered.bucket.stored[0]);
  });
});

describe('refused at once, never followed', () => {
  test.each([301, 302, 303, 304, 307, 308, 400, 403, 404, 412])('%d', async (code) => {
    const elsewhere = await listen(certificates.right, status(200));
    const bucket = await listen(certificates.right, status(code, `location: ${elsewhere.url()}\r\n`));
    const delivered = await answer(bucket);
    expect(delivered.rejection).toMatchObject({ code: 'RESPONSE_NOT_DELIVERED', tries: 1, last: { kind: 'answered', status: code } });
    expect(bucket.seen).toHaveLength(1);
    expect(bucket.stored).toHaveLength(0);
    expect(elsewhere.connections).toBe(0);
    expectNoSecrets(delivered);
  });

  test('403 names the endpoint policy and its bucket', async () => {
    const { rejection } = await answer(await listen(certificates.right, status(403)));
    expect((rejection as Error).message).toContain('s3:PutObject on cloudformation-custom-resource-response-eucentral1');
  });
});

describe('never delivered, tried until the time is over', () => {
  test.each<[string, Behaviour, string]>([
    ['500 for ever', status(500), 'answered 500'],
    ['no answer for ever', silence, 'did not answer (TIMEOUT)'],
    ['reset for ever', reset, 'did not answer (ECONNRESET)'],
  ])('%s', async (_name, behaviour, words) => {
    const delivered = await answer(await listen(certificates.right, behaviour), { remainingMs: 3000, tryTimeoutMs: 600 });
    expect(delivered.rejection).toMatchObject({ code: 'RESPONSE_NOT_DELIVERED' });
    expect((delivered.rejection as Error).message).toContain(words);
    expect(delivered.bucket.seen.length).toBeGreaterThan(1);
    expect(delivered.bucket.stored).toHaveLength(0);
    expectNoSecrets(delivered);
  });

  test.each(['wrongHost', 'wrongAuthority'] as const)('%s certificate: not one byte of the request is sent', async (kind) => {
    const delivered = await answer(await listen(certificates[kind], status(200)));
    expect((delivered.rejection as Error).message).toMatch(/no TLS connection .*certificate is not trusted/);
    expect(delivered.rejection).toMatchObject({ tries: 1, last: { kind: 'failed', phase: 'tls' } });
    expect(delivered.bucket.seen).toHaveLength(0);
    expect(delivered.bucket.connections).toBe(1);
    expectNoSecrets(delivered);
  });

  test('a port nobody listens on: the line names the VPC endpoint', async () => {
    const bucket = await listen(certificates.right, status(200));
    const url = bucket.url();
    await bucket.close();
    cleanUp = [];
    const delivered = await answer(bucket, { url, remainingMs: 4000 });
    expect((delivered.rejection as Error).message).toMatch(/cannot reach the response bucket .*connect: ECONNREFUSED.*VPC endpoint for S3/);
    expect(delivered.log[0]).toMatchObject({
      level: 'WARN',
      code: 'RESPONSE_TRY_FAILED',
      message: expect.stringContaining('VPC endpoint for S3'),
    });
    expectNoSecrets(delivered);
  });

  test('a connection that is never made, as in a VPC without a route: the line names the VPC endpoint', async () => {
    const { port, close } = await fullBacklog();
    cleanUp.push(close);
    const url = `https://127.0.0.1:${port}/x?X-Amz-Signature=5ec2e75ec2e75ec2e7`;
    const delivered = await answer(await listen(certificates.right, status(200)), { url, remainingMs: 1500, tryTimeoutMs: 400 });
    expect((delivered.rejection as Error).message).toMatch(/cannot reach the response bucket .*connect: TIMEOUT.*VPC endpoint for S3/);
    expect((delivered.rejection as { readonly tries?: number }).tries).toBeGreaterThan(1);
    expectNoSecrets(delivered);
  });

  test('a host that accepts and says nothing, not even TLS', async () => {
    const port = await mutePort();
    const url = `https://127.0.0.1:${port}/x?X-Amz-Signature=5ec2e75ec2e75ec2e7`;
    const delivered = await answer(await listen(certificates.right, status(200)), { url, remainingMs: 1500, tryTimeoutMs: 400 });
    expect((delivered.rejection as Error).message).toMatch(/no TLS connection .*TIMEOUT.*did not complete the handshake/);
    expectNoSecrets(delivered);
  });
});

/** Port of a server that accepts connections and never says a word. */
async function mutePort(): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

describe('the PUT itself', () => {
  test('method, empty content type, length in bytes, nothing of encoding or keeping alive', async () => {
    const { bucket } = await answer(await listen(certificates.right, status(200)));
    const [put] = bucket.seen;
    expect(put?.method).toBe('PUT');
    expect(put?.headers).toEqual({
      'content-type': '',
      'content-length': String(put?.body.byteLength),
      host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      connection: 'close',
    });
    expect(JSON.parse(String(put?.body))).toMatchObject({ Status: 'SUCCESS', Data: { Greeting: 'é ✓ 🚢' } });
  });

  test.each(["/a%7Cb|c/../d/./e//f?X='1'&Y=%2f%2F&Z=a+b~(c)*!", '/%41%7e?b=%C3%A9&a', '/?only=query'])(
    'path and query untouched: %s',
    async (path) => {
      const bucket = await listen(certificates.right, status(200));
      const { rejection } = await answer(bucket, { url: bucket.url(path) });
      expect(rejection).toBeUndefined();
      expect(bucket.seen[0]?.path).toBe(path);
    },
  );

  test('a path no request line can hold is a failure, not a crash, and is not in the error', async () => {
    const bucket = await listen(certificates.right, status(200));
    const delivered = await answer(bucket, { url: bucket.url('/✓?X-Amz-Signature=5ec2e75ec2e75ec2e7') });
    expect((delivered.rejection as Error).message).toMatch(/ResponseURL .* cannot be sent/);
    expect(delivered.rejection).toMatchObject({ tries: 1, last: { kind: 'failed', code: 'ERR_UNESCAPED_CHARACTERS' } });
    expectNoSecrets(delivered);
  });

  test('a host that is not found fails where its address is sought', async () => {
    const bucket = await listen(certificates.right, status(200));
    // No name has so long a part, so that no server of names is asked.
    const delivered = await answer(bucket, { url: bucket.url().replace('127.0.0.1', `${'a'.repeat(64)}.test`), remainingMs: 600 });
    expect(delivered.rejection).toMatchObject({ last: { kind: 'failed', phase: 'resolve', code: 'ENOTFOUND' } });
    expect((delivered.rejection as Error).message).toContain('(resolve: ENOTFOUND)');
  });

  test('a host by name, and what the wrong name gets', async () => {
    const right = await listen(certificates.right, status(200));
    expect((await answer(right, { url: right.url().replace('127.0.0.1', 'localhost') })).rejection).toBeUndefined();
    expect(right.stored).toHaveLength(1);
    const wrong = await listen(certificates.wrongHost, status(200));
    const url = wrong.url().replace('127.0.0.1', 'localhost');
    const delivered = await answer(wrong, { url });
    expect(delivered.rejection).toMatchObject({ last: { kind: 'failed', phase: 'tls', code: 'ERR_TLS_CERT_ALTNAME_INVALID' } });
    expect(wrong.seen).toHaveLength(0);
  });

  test('plain http is refused unless allowed', async () => {
    const bucket = await listen(certificates.right, status(200));
    const delivered = await answer(bucket, { url: bucket.url().replace('https:', 'http:') });
    expect(delivered.rejection).toMatchObject({ tries: 1, last: { kind: 'failed', code: 'HTTP_NOT_ALLOWED' } });
    expect(bucket.connections).toBe(0);
  });
});

describe('sizes, as the server counts them', () => {
  test.each([4095, 4096])('%d bytes arrive whole', async (size) => {
    const bucket = await listen(certificates.right, status(200));
    const body = await answerOfSize(bucket, size);
    expect(body.byteLength).toBe(size);
    expect(JSON.parse(String(body))).toMatchObject({ Status: 'SUCCESS' });
  });

  test('4,097 bytes are a FAILED that names the size', async () => {
    const bucket = await listen(certificates.right, status(200));
    const body = await answerOfSize(bucket, 4097);
    expect(body.byteLength).toBeLessThanOrEqual(4096);
    const response = JSON.parse(String(body)) as { readonly Reason: string };
    expect(response).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'migration-1' });
    const [dataBytes, limitBytes] = [...response.Reason.matchAll(/(\d+) bytes/g)].map(([, digits]) => Number(digits));
    expect(dataBytes).toBe((limitBytes ?? 0) + 1);
  });
});

/** The body that arrives when a success would be `size` bytes long. */
async function answerOfSize(bucket: Bucket, size: number): Promise<Buffer> {
  const handler = customResource(
    {
      create: (_request, context) => {
        const result = (padding: number) => ({ PhysicalResourceId: 'migration-1', Data: { Text: `✓${'x'.repeat(padding)}` } });
        const empty = context.measure(result(0));
        if (!empty.ok) throw new TypeError(empty.error.message);
        return result(size - empty.value.bytes);
      },
      update: () => {},
      delete: () => {},
    },
    { put: httpsPut({ ca: certificates.ca }), log: () => {} },
  );
  await handler(event('Create', { ResponseURL: bucket.url() }), { getRemainingTimeInMillis: () => 20_000 });
  expect(bucket.stored).toHaveLength(1);
  return bucket.stored[0] ?? Buffer.alloc(0);
}
