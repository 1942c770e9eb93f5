import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTasksCommand, ListTasksCommand, RunTaskCommand } from '@aws-sdk/client-ecs';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { propertyParameters } from '@plimsoll/test-support';
import * as fc from 'fast-check';
import { createFaultPlan } from '../../src/faults/fault-rule.js';
import { createLambdaApi, type FaultRule } from '../../src/index.js';
import { closeAll, openSession } from '../helpers/open-endpoints.js';
import { cloudFormationClient, lambdaClient, logsClient } from '../helpers/sdk-clients.js';
import { makeCluster, registerJob } from '../helpers/task-setup.js';

afterEach(closeAll);

async function open(faults: readonly FaultRule[]) {
  const session = await openSession({ faults, services: [createLambdaApi({ functions: {} })] });
  makeCluster(session.endpoint);
  registerJob(session.endpoint, [{}]);
  const list = async () => (await session.ecs.send(new ListTasksCommand({}))).taskArns?.length;
  const run = () => session.ecs.send(new RunTaskCommand({ taskDefinition: 'job' }));
  return { ...session, list, run };
}

describe('faults by rule over HTTP', () => {
  test('the nth call is throttled and nothing is carried out', async () => {
    const { run, list } = await open([{ operation: 'RunTask', nth: 2, kind: 'throttle' }]);
    await run();
    await expect(run()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    await run();
    expect(await list()).toBe(2);
  });

  test('a lost response is carried out, a lost request is not', async () => {
    const { run, list } = await open([
      { operation: 'RunTask', nth: 1, kind: 'lostRequest' },
      { operation: 'RunTask', nth: 2, kind: 'lostResponse' },
    ]);
    await expect(run()).rejects.toThrow();
    expect(await list()).toBe(0);
    await expect(run()).rejects.toThrow();
    expect(await list()).toBe(1);
  });

  test('failures of RunTask, errors and delays are given as told', async () => {
    const failures = [{ reason: 'Capacity is unavailable at this time. Please try again later or in a different availability zone' }];
    const { run, list } = await open([
      { operation: 'RunTask', nth: 1, kind: 'answer', output: { tasks: [], failures } },
      { operation: 'RunTask', nth: 2, kind: 'error', code: 'ServerException', message: 'later', status: 500 },
      { operation: 'RunTask', nth: 3, kind: 'delay', milliseconds: 1 },
    ]);
    expect(await run()).toMatchObject({ tasks: [], failures });
    await expect(run()).rejects.toMatchObject({ name: 'ServerException', $metadata: { httpStatusCode: 500 } });
    expect((await run()).tasks).toHaveLength(1);
    expect(await list()).toBe(1);
  });

  test('each service throttles and denies in its own words', async () => {
    const { endpoint, ecs } = await open([]);
    const calls = {
      ecs: () => ecs.send(new DescribeTasksCommand({ tasks: ['x'] })),
      logs: () => logsClient(endpoint).send(new GetLogEventsCommand({ logGroupName: 'job', logStreamName: 'a/b/c' })),
      cloudformation: () => cloudFormationClient(endpoint).send(new DescribeStacksCommand({ StackName: 'shop' })),
      lambda: () => lambdaClient(endpoint).send(new InvokeCommand({ FunctionName: 'next' })),
    };
    const names = async () => {
      const settled = await Promise.allSettled(Object.values(calls).map((call) => call()));
      return settled.map((one) => (one.status === 'rejected' ? `${one.reason.name}: ${one.reason.message}` : 'accepted'));
    };
    endpoint.faults.set([{ kind: 'throttle' }]);
    expect(await names()).toEqual([
      'ThrottlingException: Rate exceeded',
      'ThrottlingException: Rate exceeded',
      'Throttling: Rate exceeded',
      'TooManyRequestsException: Rate Exceeded.',
    ]);
    endpoint.faults.set([{ kind: 'accessDenied' }]);
    expect(await names()).toEqual([
      expect.stringMatching(
        /^AccessDeniedException: User: .* is not authorized to perform: ecs:DescribeTasks on resource: arn:aws:ecs:us-east-1:111122223333:task\/default\/x /,
      ),
      expect.stringMatching(
        /^AccessDeniedException: .*logs:GetLogEvents on resource: arn:aws:logs:us-east-1:111122223333:log-group:job:log-stream:a\/b\/c /,
      ),
      expect.stringMatching(/^AccessDenied: .*cloudformation:DescribeStacks/),
      expect.stringMatching(/^AccessDeniedException: .*lambda:InvokeFunction/),
    ]);
  });
});

describe('the control API', () => {
  const send = async (url: string, method: string, body?: unknown) => {
    const response = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };

  test('sets, adds, shows and removes rules; it is neither recorded nor subject to them', async () => {
    const { endpoint, run } = await open([{ kind: 'throttle' }]);
    const url = `${endpoint.url}/_plimsoll/faults`;
    const rule = { operation: 'RunTask', nth: 1, kind: 'accessDenied' };

    expect(await send(url, 'PUT', [rule])).toEqual({ status: 200, body: [rule] });
    await expect(run()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect((await send(url, 'POST', { operation: 'RunTask', nth: 2, kind: 'throttle' })).body).toHaveLength(2);
    expect(endpoint.calls()).toHaveLength(1);
    expect(await send(url, 'DELETE')).toEqual({ status: 200, body: [] });
    await run();
    const { body } = await send(`${endpoint.url}/_plimsoll/calls`, 'GET');
    expect(body.map(({ iamActions }: { iamActions: { action: string }[] }) => iamActions[0]?.action)).toEqual([
      'ecs:RunTask',
      'ecs:RunTask',
    ]);
    await send(`${endpoint.url}/_plimsoll/calls`, 'DELETE');
    expect(endpoint.calls()).toEqual([]);
  });

  test('sets the status of a stack', async () => {
    const { endpoint } = await open([]);
    const { body } = await send(`${endpoint.url}/_plimsoll/stacks`, 'PUT', { stackName: 'shop', status: 'UPDATE_ROLLBACK_IN_PROGRESS' });
    const { Stacks } = await cloudFormationClient(endpoint).send(new DescribeStacksCommand({ StackName: body.stackId }));
    expect(Stacks?.[0]?.StackStatus).toBe('UPDATE_ROLLBACK_IN_PROGRESS');
    expect((await send(`${endpoint.url}/_plimsoll/stacks`, 'GET')).body).toHaveLength(1);
  });

  test.each([
    { what: 'an unknown path', path: 'nothing', method: 'GET', body: undefined, status: 404 },
    { what: 'an unknown kind', path: 'faults', method: 'PUT', body: [{ kind: 'fire' }], status: 400 },
    { what: 'an unknown member', path: 'faults', method: 'POST', body: { kind: 'throttle', mth: 1 }, status: 400 },
    { what: 'a count of 0', path: 'faults', method: 'POST', body: { kind: 'throttle', nth: 0 }, status: 400 },
    { what: 'a bad stack name', path: 'stacks', method: 'PUT', body: { stackName: '1', status: 'X' }, status: 400 },
  ])('$what is refused and changes nothing', async ({ path, method, body, status }) => {
    const { endpoint } = await open([]);
    expect(await send(`${endpoint.url}/_plimsoll/${path}`, method, body)).toMatchObject({ status, body: { message: expect.any(String) } });
    expect(endpoint.faults.rules()).toEqual([]);
    expect(endpoint.stacks.list()).toEqual([]);
  });

  test('a page in a browser cannot use it', async () => {
    const { endpoint } = await open([]);
    const response = await fetch(`${endpoint.url}/_plimsoll/faults`, { method: 'DELETE', headers: { origin: 'https://example.com' } });
    expect(response.status).toBe(403);
  });
});

test('a rule is in force from its nth call on, for as many as it says; the first of several counts', async () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ operation: fc.constantFrom('A', 'B'), nth: fc.integer({ min: 1, max: 4 }), times: fc.integer({ min: 1, max: 3 }) }),
        { maxLength: 4 },
      ),
      fc.array(fc.constantFrom('A', 'B', 'C'), { maxLength: 12 }),
      (rules, calls) => {
        const plan = createFaultPlan(rules.map((rule, index) => ({ ...rule, kind: 'delay', milliseconds: index })));
        const seen = { A: 0, B: 0, C: 0 };
        for (const operation of calls) {
          seen[operation] += 1;
          const expected = rules.findIndex(
            (rule) => rule.operation === operation && seen[operation] >= rule.nth && seen[operation] < rule.nth + rule.times,
          );
          expect(plan.effectOn({ service: 'ecs', operation })).toEqual(
            expected === -1 ? undefined : expect.objectContaining({ milliseconds: expected }),
          );
        }
      },
    ),
    propertyParameters(100),
  ));
