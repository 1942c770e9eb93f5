import { startLambdaFunction } from '../../src/index.js';
import { cleanUp, functionOf, payloadOf, writeCode } from '../helpers/lambda-code.js';

jest.setTimeout(60_000);
afterEach(cleanUp);

it('is what Lambda sets, what the function is given, and nothing of this process but PATH', async () => {
  process.env.PLIMSOLL_TEST_LEAK = 'secret';
  const codePath = await writeCode('exports.handler = async () => process.env;', 'my.bundle.js');
  const lambda = await startLambdaFunction({
    codePath,
    functionName: 'capacity',
    environment: { CLUSTER: 'main', LANG: 'C', NODE_OPTIONS: '--no-warnings' },
  });
  const environment = payloadOf(await lambda.invoke({}));
  await lambda.close();
  delete process.env.PLIMSOLL_TEST_LEAK;
  expect(environment).toEqual({
    CLUSTER: 'main',
    LANG: 'C',
    NODE_OPTIONS: '--no-warnings',
    PATH: process.env.PATH,
    TZ: ':UTC',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
    AWS_LAMBDA_FUNCTION_NAME: 'capacity',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/capacity',
    AWS_LAMBDA_LOG_STREAM_NAME: expect.any(String),
    AWS_LAMBDA_RUNTIME_API: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    AWS_ACCESS_KEY_ID: expect.any(String),
    AWS_SECRET_ACCESS_KEY: expect.any(String),
    AWS_SESSION_TOKEN: expect.any(String),
    LAMBDA_TASK_ROOT: expect.stringContaining('plimsoll-lambda-'),
    LAMBDA_RUNTIME_DIR: expect.stringMatching(/lib.lambda$/),
    _HANDLER: 'my.bundle.handler',
    _X_AMZN_TRACE_ID: expect.any(String),
  });
});

it('keeps time in UTC, or in the zone the function is given', async () => {
  const code = 'exports.handler = async () => new Date(0).getTimezoneOffset();';
  const usual = await functionOf(code);
  const inTokyo = await functionOf(code, { environment: { TZ: 'Asia/Tokyo' } });
  expect(payloadOf(await usual.invoke({}))).toBe(0);
  expect(payloadOf(await inTokyo.invoke({}))).toBe(-9 * 60);
});

it('bounds the heap by the memory size: a process that outgrows it ends', async () => {
  const code =
    'const kept = []; exports.handler = async (mib) => { for (let i = 0; i < mib; i++) kept.push(new Array(131072).fill(i + 0.5)); return kept.length; };';
  const lambda = await functionOf(code);
  expect(payloadOf(await lambda.invoke(20))).toBe(20);
  expect(await lambda.invoke(400)).toMatchObject({
    ok: false,
    error: {
      code: 'EXITED',
      errorType: 'Runtime.ExitError',
      message: expect.stringMatching(/Runtime exited with error: (signal: aborted|exit status \d+)$/),
    },
  });
  expect(payloadOf(await lambda.invoke(20))).toBe(20);
});
