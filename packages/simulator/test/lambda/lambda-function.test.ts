import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { createCloudWatch, type LambdaResult, startLambdaFunction } from '../../src/index.js';
import { cleanUp, functionOf, payloadOf, writeCode } from '../helpers/lambda-code.js';
import { serve } from '../helpers/serve.js';

jest.setTimeout(60_000);
afterEach(cleanUp);

const error = (result: LambdaResult): unknown => (result.ok ? undefined : result.error);

describe('an invocation', () => {
  it('hands over the event and answers with what the function returns', async () => {
    const lambda = await functionOf('exports.handler = async (event) => ({ got: event });');
    const event = { text: 'ä\u2028\u{1f600}', list: [1, null, 'x'], __proto: {} };
    const first = await lambda.invoke(event);
    expect(first).toEqual({
      ok: true,
      payload: { got: event },
      durationMs: expect.any(Number),
      initDurationMs: expect.any(Number),
      logs: [],
    });
    const second = await lambda.invoke(null);
    expect(second).toEqual({ ok: true, payload: { got: null }, durationMs: expect.any(Number), logs: [] });
  });

  it.each([
    ['undefined', 'exports.handler = async () => {};', null],
    ['a function', 'exports.handler = async () => () => 1;', null],
    ['text', 'exports.handler = async () => "x";', 'x'],
    ['at once, without a promise', 'exports.handler = () => 7;', 7],
  ])('may return %s', async (_what, code, expected) => {
    expect(payloadOf(await (await functionOf(code)).invoke({}))).toBe(expected);
  });

  it('has the context Lambda gives', async () => {
    const lambda = await functionOf(
      `exports.handler = async (event, context) => ({
        ...context, remaining: context.getRemainingTimeInMillis(), trace: process.env._X_AMZN_TRACE_ID, parameters: event.length,
      });`,
      { functionName: 'capacity', region: 'eu-central-1', memorySizeMiB: 256, timeoutSeconds: 30 },
    );
    const context = payloadOf(await lambda.invoke({})) as { readonly remaining: number };
    expect(context).toEqual({
      functionName: 'capacity',
      functionVersion: '$LATEST',
      memoryLimitInMB: '256',
      logGroupName: '/aws/lambda/capacity',
      logStreamName: expect.stringMatching(/^\[\$LATEST\][0-9a-f]{32}$/),
      invokedFunctionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:capacity',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      remaining: expect.any(Number),
      trace: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/),
    });
    expect(context.remaining).toBeGreaterThan(0);
    expect(context.remaining).toBeLessThanOrEqual(30_000);
  });

  it('finds the process as the one before left it', async () => {
    const lambda = await functionOf('let count = 0; exports.handler = async () => ({ count: ++count, pid: process.pid });');
    const results = [payloadOf(await lambda.invoke({})), payloadOf(await lambda.invoke({})), payloadOf(await lambda.invoke({}))];
    const [{ pid }] = results as [{ readonly pid: number }];
    expect(results).toEqual([1, 2, 3].map((count) => ({ count, pid })));
  });

  it('waits until the one before is over', async () => {
    const lambda = await functionOf(`let running = 0; let begun = 0;
      exports.handler = async (event) => {
        running += 1;
        const order = ++begun;
        await new Promise((resolve) => setTimeout(resolve, 5));
        return { event, order, running: running-- };
      };`);
    const results = await Promise.all(Array.from({ length: 20 }, (_, index) => lambda.invoke(index)));
    expect(results.map(payloadOf)).toEqual(results.map((_, index) => ({ event: index, order: index + 1, running: 1 })));
  });

  it.each([undefined, () => 1, 1n])('refuses an event without JSON: %p', async (event) => {
    const lambda = await functionOf('exports.handler = async () => 1;');
    await expect(lambda.invoke(event)).rejects.toMatchObject({ code: 'INVALID_LAMBDA_EVENT', source: 'caller' });
    expect(payloadOf(await lambda.invoke({}))).toBe(1);
  });

  it('refuses an event of more than 6 MB', async () => {
    const lambda = await functionOf('exports.handler = async (event) => event.length;');
    expect(payloadOf(await lambda.invoke('x'.repeat(6_291_554)))).toBe(6_291_554);
    await expect(lambda.invoke('x'.repeat(6_291_555))).rejects.toMatchObject({
      code: 'INVALID_LAMBDA_EVENT',
      message: 'the event has 6291557 bytes: give at most 6291556',
    });
  });
});

describe('the code', () => {
  it('may be an ES module', async () => {
    const codePath = await writeCode('import { sep } from "node:path"; export const run = async () => sep;', 'index.mjs');
    const lambda = await startLambdaFunction({ codePath, handler: 'run' });
    expect(payloadOf(await lambda.invoke({}))).toBe('/');
    await lambda.close();
  });

  it('runs in its own folder, with the SDK pointed where the environment says', async () => {
    const cloudWatch = createCloudWatch();
    const served = await serve(cloudWatch);
    const lambda = await functionOf(
      `const { CloudWatchClient, ${PutMetricDataCommand.name} } = require(${JSON.stringify(require.resolve('@aws-sdk/client-cloudwatch'))});
       const client = new CloudWatchClient({});
       exports.handler = async ({ value }) => {
         await client.send(new PutMetricDataCommand({ Namespace: 'Plimsoll/ECS', MetricData: [{ MetricName: 'HostsShort', Value: value }] }));
         return process.cwd() === __dirname;
       };`,
      { environment: { AWS_ENDPOINT_URL_CLOUDWATCH: served.endpoint } },
    );
    expect(payloadOf(await lambda.invoke({ value: 3 }))).toBe(true);
    await served.close();
    const points = cloudWatch.store.points({ namespace: 'Plimsoll/ECS', name: 'HostsShort', dimensions: [] });
    expect(points.map(({ statistics }) => statistics.sum)).toEqual([3]);
  });
});

describe('a function that fails', () => {
  it.each([
    ['throws', 'exports.handler = async () => { throw new TypeError("no"); };', 'TypeError', 'no'],
    ['throws at once', 'exports.handler = () => { throw new RangeError("no"); };', 'RangeError', 'no'],
    ['rejects', 'exports.handler = () => Promise.reject(Object.assign(new Error("no"), { name: "Mine" }));', 'Mine', 'no'],
    ['throws text', 'exports.handler = async () => { throw "no"; };', 'string', 'no'],
    ['throws null', 'exports.handler = async () => { throw null; };', 'object', 'null'],
    ['returns a bigint', 'exports.handler = async () => 1n;', 'Runtime.JSONStringifyError', expect.stringContaining('BigInt')],
    [
      'returns a circle',
      'exports.handler = async () => { const a = {}; a.a = a; return a; };',
      'Runtime.JSONStringifyError',
      expect.stringContaining('circular'),
    ],
    ['never settles', 'exports.handler = () => new Promise(() => {});', 'Runtime.NodeJsExit', expect.any(String)],
  ])('%s: its error is reported and its process lives on', async (_what, code, errorType, message) => {
    const lambda = await functionOf(`const inner = (() => { const exports = {}; ${code} return exports.handler; })();
      exports.handler = async (event) => (event.pid ? process.pid : inner(event));`);
    const pid = payloadOf(await lambda.invoke({ pid: true }));
    const result = await lambda.invoke({});
    expect(result).toMatchObject({ ok: false, error: { code: 'FUNCTION_ERROR', errorType, message }, durationMs: expect.any(Number) });
    expect(result.logs.at(-1)).toContain('Invoke Error');
    expect(payloadOf(await lambda.invoke({ pid: true }))).toBe(pid);
  });

  it('has a trace that names its file', async () => {
    const result = await (await functionOf('exports.handler = async function mine() { throw new Error("no"); };')).invoke({});
    expect(error(result)).toMatchObject({ trace: expect.arrayContaining(['Error: no', expect.stringMatching(/mine.*index\.js:1/)]) });
  });

  it('by an answer over 6 MB is told so, and goes on', async () => {
    const lambda = await functionOf('exports.handler = async (bytes) => "x".repeat(bytes - 2);');
    expect(await lambda.invoke(6_291_557)).toMatchObject({
      ok: false,
      error: {
        code: 'FUNCTION_ERROR',
        errorType: 'Function.ResponseSizeTooLarge',
        message: 'Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes).',
      },
    });
    const result = await lambda.invoke(6_291_556);
    expect(result).not.toHaveProperty('initDurationMs');
    expect(payloadOf(result)).toHaveLength(6_291_554);
  });
});

describe('a function that cannot be loaded', () => {
  it.each([
    ['throws', 'throw new TypeError("at load");', 'TypeError', 'at load'],
    ['rejects in an ES module', 'await Promise.reject(new RangeError("at load")); export const handler = 1;', 'RangeError', 'at load'],
    ['lacks the export', 'exports.other = async () => 1;', 'Runtime.HandlerNotFound', 'index.handler is undefined or not exported'],
    ['exports no function', 'exports.handler = 1;', 'Runtime.HandlerNotFound', 'index.handler is not a function'],
    [
      'takes a callback',
      'exports.handler = (event, context, callback) => callback(null, 1);',
      'Runtime.CallbackHandlerDeprecated',
      expect.stringContaining('callback'),
    ],
    ['lacks a module', 'require("not-a-module-of-ours");', 'Runtime.ImportModuleError', expect.stringContaining('not-a-module-of-ours')],
    ['is no JavaScript', 'exports.handler = {;', 'Runtime.UserCodeSyntaxError', expect.any(String)],
    [
      'exits',
      'process.exit(4);',
      'Runtime.ExitError',
      expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 4$/),
    ],
  ])('%s: the load failed, and so does the next', async (_what, code, errorType, message) => {
    const lambda = await functionOf(code);
    for (const result of [await lambda.invoke({}), await lambda.invoke({})]) {
      expect(result).toMatchObject({ ok: false, error: { code: 'INIT_FAILED', errorType, message }, durationMs: expect.any(Number) });
    }
  });

  it('in time is killed', async () => {
    const lambda = await functionOf('console.log("loading"); for (;;) {}', { initTimeoutSeconds: 1 });
    expect(await lambda.invoke({})).toMatchObject({
      ok: false,
      error: { code: 'INIT_FAILED', errorType: 'Sandbox.Timedout', message: expect.stringMatching(/Init timed out after 1\.00 seconds$/) },
      logs: ['loading'],
    });
  });
});

describe('options', () => {
  it.each([
    ['codePath', { codePath: 'no-such-file.js' }, 'bundle the function first'],
    ['timeoutSeconds', { timeoutSeconds: 0 }, 'timeoutSeconds is 0: give a whole number of seconds from 1 to 900'],
    ['timeoutSeconds', { timeoutSeconds: 901 }, 'timeoutSeconds is 901'],
    ['timeoutSeconds', { timeoutSeconds: 1.5 }, 'timeoutSeconds is 1.5'],
    ['initTimeoutSeconds', { initTimeoutSeconds: Number.NaN }, 'initTimeoutSeconds is NaN'],
    ['memorySizeMiB', { memorySizeMiB: 127 }, 'memorySizeMiB is 127: give a whole number of MiB from 128 to 10240'],
    ['functionName', { functionName: 'a b' }, 'functionName is "a b"'],
    [
      'environment',
      { environment: { A: '1', AWS_REGION: 'x', LAMBDA_TASK_ROOT: 'y' } },
      'environment sets AWS_REGION, LAMBDA_TASK_ROOT, which Lambda sets itself: leave it out',
    ],
  ])('%s that Lambda would refuse is refused: %j', async (option, options, message) => {
    const codePath = await writeCode('exports.handler = async () => 1;');
    await expect(startLambdaFunction({ codePath, ...options })).rejects.toMatchObject({
      name: 'InvalidLambdaOptionError',
      code: 'INVALID_LAMBDA_OPTION',
      option,
      message: expect.stringContaining(message),
    });
  });
});
