import { request } from 'node:http';
import { Server } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ListenError } from '../../src/index.js';
import { MAX_PAYLOAD_BYTES, type RuntimeAnswer, startRuntimeApi } from '../../src/lambda/runtime-api.js';

const INVOCATION = {
  requestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
  deadlineMs: 1_542_409_706_888,
  functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:capacity',
  traceId: 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0',
  event: '{"a":1}',
};

let heard: (RuntimeAnswer | { readonly initError: string })[];
let polls: number;
let api: Awaited<ReturnType<typeof startRuntimeApi>>;

beforeEach(async () => {
  heard = [];
  polls = 0;
  api = await startRuntimeApi({
    onPoll: () => {
      polls += 1;
      api.deliver(INVOCATION);
    },
    onAnswer: (answer) => heard.push(answer),
    onInitError: (initError) => heard.push({ initError }),
  });
});
afterEach(() => api.close());

const call = (path: string, options: RequestInit = {}): Promise<Response> =>
  fetch(`http://${api.address}/2018-06-01/runtime${path}`, options);
const post = (path: string, body: string): Promise<Response> => call(path, { method: 'POST', body });

it('hands an invocation over with the headers of the Runtime API', async () => {
  const response = await call('/invocation/next');
  expect(polls).toBe(1);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'lambda-runtime-aws-request-id': INVOCATION.requestId,
    'lambda-runtime-deadline-ms': '1542409706888',
    'lambda-runtime-invoked-function-arn': INVOCATION.functionArn,
    'lambda-runtime-trace-id': INVOCATION.traceId,
  });
  expect(await response.json()).toEqual({ a: 1 });
});

it('takes an answer, an error and a failed load with 202', async () => {
  const error = JSON.stringify({ errorType: 'TypeError', errorMessage: 'no' });
  expect((await post('/invocation/one/response', '"done"')).status).toBe(202);
  expect((await post('/invocation/two/error', error)).status).toBe(202);
  expect((await post('/init/error', error)).status).toBe(202);
  expect(heard).toEqual([
    { kind: 'response', requestId: 'one', body: '"done"' },
    { kind: 'error', requestId: 'two', body: error },
    { initError: error },
  ]);
});

it('answers one byte too many with 413 and makes it an error of the function', async () => {
  expect((await post('/invocation/one/response', 'x'.repeat(MAX_PAYLOAD_BYTES))).status).toBe(202);
  const response = await post('/invocation/two/response', 'x'.repeat(MAX_PAYLOAD_BYTES + 1));
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ errorType: 'RequestEntityTooLarge' });
  expect(heard).toMatchObject([{ kind: 'response' }, { kind: 'error', body: expect.stringContaining('Function.ResponseSizeTooLarge') }]);
});

it('makes a report of an error that is too large one of its size', async () => {
  const large = 'x'.repeat(MAX_PAYLOAD_BYTES + 1);
  await post('/invocation/one/error', large);
  await post('/init/error', large);
  const tooLarge = expect.stringContaining('Function.ResponseSizeTooLarge');
  expect(heard).toEqual([{ kind: 'error', requestId: 'one', body: tooLarge }, { initError: tooLarge }]);
});

it('counts an answer without limit, and keeps none of it', async () => {
  const mebibyte = Buffer.alloc(1024 * 1024, 'x');
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  function* chunks(): Generator<Buffer> {
    for (let sent = 0; sent < 256; sent += 1) {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      yield mebibyte;
    }
  }
  const outgoing = request(`http://${api.address}/2018-06-01/runtime/invocation/one/response`, { method: 'POST' });
  const status = new Promise((resolve) => outgoing.once('response', (incoming) => resolve(incoming.resume().statusCode)));
  await pipeline(Readable.from(chunks()), outgoing);
  expect(await status).toBe(413);
  expect(heard).toMatchObject([{ kind: 'error', body: expect.stringContaining(`(${256 * 1024 * 1024} bytes)`) }]);
  expect(most).toBeLessThan(128 * 1024 * 1024);
});

it('rejects when no port can be had', async () => {
  const cause = Object.assign(new RangeError('too many open files'), { code: 'EMFILE' });
  const listen = jest.spyOn(Server.prototype, 'listen').mockImplementation(function fail(this: Server) {
    process.nextTick(() => this.emit('error', cause));
    return this;
  });
  const started = startRuntimeApi({ onPoll: () => undefined, onAnswer: () => undefined, onInitError: () => undefined });
  await expect(started).rejects.toBeInstanceOf(ListenError);
  await expect(started).rejects.toMatchObject({ code: 'LISTEN_FAILED', source: 'caller', cause });
  listen.mockRestore();
});

it.each(['/invocation/one/other', '/invocation', '/../x', ''])('knows no other resource: %p', async (path) => {
  expect((await post(path, '{}')).status).toBe(404);
  expect(heard).toEqual([]);
});
