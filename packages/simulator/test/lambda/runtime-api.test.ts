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

it.each(['/invocation/one/other', '/invocation', '/../x', ''])('knows no other resource: %p', async (path) => {
  expect((await post(path, '{}')).status).toBe(404);
  expect(heard).toEqual([]);
});
