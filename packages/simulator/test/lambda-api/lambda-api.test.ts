import { InvokeCommand, type InvokeCommandInput } from '@aws-sdk/client-lambda';
import { createLambdaApi, createVirtualTime, type InvocableFunction, startLambdaPool } from '../../src/index.js';
import { cleanUp, writeCode } from '../helpers/lambda-code.js';
import { closeAll, openEndpoint } from '../helpers/open-endpoints.js';
import { lambdaClient } from '../helpers/sdk-clients.js';
import { until } from '../helpers/until.js';

afterEach(closeAll);
afterEach(cleanUp);

async function open(called: InvocableFunction) {
  const api = createLambdaApi({ functions: { runner: called }, retryWaitsMs: [0, 0] });
  const endpoint = await openEndpoint({ services: [api] });
  const client = lambdaClient(endpoint);
  const invoke = (input: Partial<InvokeCommandInput> = {}) =>
    client.send(new InvokeCommand({ FunctionName: 'runner', Payload: Buffer.from('{"a":1}'), ...input }));
  return { api, endpoint, invoke };
}

describe('Invoke over HTTP', () => {
  test('hands the payload on and answers what the function answers', async () => {
    const { endpoint, invoke } = await open(async (event) => ({ got: event }));

    const { StatusCode, Payload, FunctionError } = await invoke({ FunctionName: 'arn:aws:lambda:us-east-1:111122223333:function:runner' });

    expect([StatusCode, FunctionError]).toEqual([200, undefined]);
    expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual({ got: { a: 1 } });
    expect(endpoint.recordedCalls()).toMatchObject([
      {
        service: 'lambda',
        operation: 'Invoke',
        input: { InvocationType: 'RequestResponse' },
        iamActions: [{ action: 'lambda:InvokeFunction', resources: ['arn:aws:lambda:us-east-1:111122223333:function:runner'] }],
      },
    ]);
  });

  test('an event is taken at once and handed on again after an error, three times in all', async () => {
    const seen: unknown[] = [];
    const { api, invoke } = await open((event) => {
      seen.push(event);
      return Promise.reject(new TypeError('crashed'));
    });

    const { StatusCode } = await invoke({ InvocationType: 'Event' });

    expect(StatusCode).toBe(202);
    await until(() => api.events[0]);
    await api.events[0]?.done;
    expect(seen).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
  });

  test('a failed function, a dry run, a missing function and an unknown type', async () => {
    const { invoke } = await open(() => Promise.reject(new TypeError('crashed')));

    const failed = await invoke();
    expect(failed).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(Buffer.from(failed.Payload ?? []).toString())).toEqual({ errorType: 'TypeError', errorMessage: 'crashed' });
    expect((await invoke({ InvocationType: 'DryRun' })).StatusCode).toBe(204);
    await expect(invoke({ FunctionName: 'nobody' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:111122223333:function:nobody',
    });
    await expect(invoke({ InvocationType: 'Other' as never })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await expect(invoke({ Payload: Buffer.from('{') })).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  });

  test('a bundle in the Lambda runner is invoked, several at once each in a process of its own', async () => {
    const pool = await startLambdaPool({
      codePath: await writeCode(
        'exports.handler = async ({ ms }) => { await new Promise((r) => setTimeout(r, ms)); return process.pid; };',
      ),
      timeoutSeconds: 30,
    });
    try {
      const { invoke } = await open(pool);
      const pidOf = async (ms: number) => {
        const { Payload } = await invoke({ Payload: Buffer.from(JSON.stringify({ ms })) });
        return Number(Buffer.from(Payload ?? []).toString());
      };
      const [first, second] = await Promise.all([pidOf(1000), pidOf(1000)]);
      expect(first).not.toBe(second);
      expect([first, second]).toContain(await pidOf(0));
    } finally {
      await pool.close();
    }
  });

  test('retries wait 1 and 2 minutes of the scheduler’s time', async () => {
    const time = createVirtualTime();
    const moments: number[] = [];
    const api = createLambdaApi({
      scheduler: time,
      functions: {
        runner: () => {
          moments.push(time.now().getTime());
          return Promise.reject(new TypeError('crashed'));
        },
      },
    });
    await api.invoke({ functionName: 'runner', invocationType: 'Event', payload: {} });
    await time.advance(3_600_000);
    expect(moments.map((moment) => moment - (moments[0] ?? 0))).toEqual([0, 60_000, 180_000]);
  });
});
