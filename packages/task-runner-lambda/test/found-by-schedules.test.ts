import { CREATE_FAILED_PHYSICAL_RESOURCE_ID } from '@plimsoll/cfn-response';
import { awsError } from './helpers/fake-ecs.js';
import { LambdaWorld, type WorldOptions } from './helpers/lambda-world.js';
import { type RequestOptions, request } from './helpers/requests.js';
import { VirtualClock } from './helpers/virtual-clock.js';

/** What random schedules have found, each as the smallest story that shows it. */
async function serve(world: WorldOptions, options: RequestOptions = {}) {
  const clock = new VirtualClock();
  const lambda = new LambdaWorld(clock, world);
  await clock.run(lambda.deliver(request({ issuedAt: clock.now(), ...options })));
  return { ecs: lambda.ecs, body: lambda.answers[0]?.body };
}

test('a time without answers of ECS is no proof that the task is gone', async () => {
  const { body } = await serve({
    ecs: { script: () => ({ startMs: 1_000, runMs: 100_000, exitCodes: { migrate: 0 } }), describeLagMs: 95_000 },
    // No answers for more than a minute, and then MISSING.
    fault: (nth, call) => (call === 'describeTasks' && nth < 14 ? new TypeError('socket hang up') : undefined),
  });
  expect(body?.Status).toBe('SUCCESS');
});

test('its own task, not described before the deadline, is waited for and stopped', async () => {
  const { ecs, body } = await serve(
    {
      ecs: { script: () => ({ startMs: 1_000, runMs: 3_000_000, exitCodes: { migrate: 0 } }), describeLagMs: 75_000 },
      fault: (_nth, call, invocation) => (call === 'runTask' && invocation === 1 ? 'crash after' : undefined),
    },
    { properties: { Timeout: '62' } },
  );
  expect(body).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('the deadline has passed, the task was stopped') });
  expect(ecs.tasks.map(({ toldToStop }) => toldToStop !== undefined)).toEqual([true]);
});

test('an older request, delivered again after a newer one has run its task, starts nothing', async () => {
  const clock = new VirtualClock();
  const lambda = new LambdaWorld(clock, { stackStatus: () => 'UPDATE_IN_PROGRESS' });
  const older = request({ type: 'Update', requestId: 'request-0', issuedAt: clock.now() });
  await clock.run(clock.sleep(10_000));
  await clock.run(lambda.deliver(request({ type: 'Update', issuedAt: clock.now() })));
  await clock.run(lambda.deliver(older));
  expect(lambda.ecs.tasks).toHaveLength(1);
  expect(lambda.answers.at(-1)?.body.Reason).toContain('(SUPERSEDED)');
});

test('an Update outlasts a minute in which the stack cannot be asked, and then skips the rollback', async () => {
  const { body, ecs } = await serve(
    {
      stackStatus: (now) => (now < Date.UTC(2026, 0, 5, 12, 1) ? awsError('Throttling', 'Rate exceeded') : 'UPDATE_ROLLBACK_IN_PROGRESS'),
    },
    { type: 'Update', properties: { Timeout: '30' } },
  );
  expect(body).toMatchObject({ Status: 'SUCCESS', Data: { Skipped: 'true' } });
  expect(ecs.calls).not.toContain('RunTask');
});

test('nor is it between two times that ECS does not find the task', async () => {
  const clock = new VirtualClock();
  let looks = 0;
  const lambda = new LambdaWorld(clock, {
    ecs: { script: () => ({ startMs: 1_000, runMs: 140_000, exitCodes: { migrate: 0 } }) },
    fault: (_nth, call) => (call === 'describeTasks' && ++looks > 1 && looks < 12 ? new TypeError('socket hang up') : undefined),
  });
  const { describeTasks } = lambda.ecs;
  lambda.ecs.describeTasks = async (input) => {
    const missing = { tasks: [], failures: input.tasks.map((arn) => ({ arn, reason: 'MISSING' })) };
    return looks <= 13 ? missing : describeTasks.call(lambda.ecs, input);
  };
  await clock.run(lambda.deliver(request({ issuedAt: clock.now() })));
  expect(looks).toBeGreaterThan(13);
  expect(lambda.answers[0]?.body.Status).toBe('SUCCESS');
});

test('a rollback whose Update killed every attempt is answered as skipped all the same', async () => {
  const { body, ecs } = await serve(
    {
      stackStatus: () => 'UPDATE_ROLLBACK_IN_PROGRESS',
      fault: (_nth, _call, invocation) => (invocation <= 3 ? 'crash before' : undefined),
    },
    { type: 'Update' },
  );
  expect(body).toMatchObject({ Status: 'SUCCESS', Data: { Skipped: 'true' } });
  expect(ecs.calls).not.toContain('RunTask');
});

test('an Update forward whose every attempt has died is answered FAILED, and its task stopped', async () => {
  const { body, ecs } = await serve(
    {
      ecs: { script: () => ({ startMs: 1_000, runMs: 3_000_000, exitCodes: { migrate: 0 } }) },
      stackStatus: () => 'UPDATE_IN_PROGRESS',
      fault: (_nth, call, invocation) => (invocation <= 3 && call === 'describeTasks' ? 'crash before' : undefined),
    },
    { type: 'Update', properties: { Triggers: { release: '2' } } },
  );
  expect(body).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('the function failed at every attempt') });
  expect(ecs.tasks.map(({ toldToStop }) => toldToStop !== undefined)).toEqual([true]);
});

test('a request that stops waits to see whose a task is: it may be of a newer request', async () => {
  const clock = new VirtualClock();
  const stackStatus = () => 'UPDATE_IN_PROGRESS';
  const lambda = new LambdaWorld(clock, {
    ecs: { script: () => ({ startMs: 1_000, runMs: 60_000, exitCodes: { migrate: 0 } }), describeLagMs: 8_000 },
    stackStatus,
  });
  const late = request({ type: 'Delete', requestId: 'request-0', issuedAt: clock.now() });
  await clock.run(clock.sleep(10_000));
  const newer = lambda.deliver(request({ type: 'Update', issuedAt: clock.now() }));
  await clock.run(Promise.all([newer, clock.sleep(3_000).then(() => lambda.deliver(late))]));
  expect(lambda.answers.map(({ body }) => body.Status)).toEqual(['SUCCESS', 'SUCCESS']);
});

test.each(['Create', 'Update'] as const)(
  'a %s that is delivered once more to a stack that was left as it failed starts nothing',
  async (type) => {
    const { ecs, body } = await serve({ stackStatus: () => `${type.toUpperCase()}_FAILED` }, { type });
    expect(ecs.calls).not.toContain('RunTask');
    expect(body?.Reason).toContain('(CANCELLED)');
  },
);

test('where every attempt has died, a RunTask that was under way is waited for, and its task stopped', async () => {
  const { body, ecs } = await serve({
    // 13 s until it has its effect, and a moment more.
    ecs: { script: () => ({ startMs: 1_000, runMs: 3_000_000, exitCodes: { migrate: 0 } }), listLagMs: 14_000, describeLagMs: 14_000 },
    fault: (_nth, call, invocation) => {
      if (invocation <= 2) return 'crash before';
      return invocation === 3 && call === 'runTask' ? 'crash after' : undefined;
    },
  });
  expect(body).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('the function failed at every attempt') });
  expect(ecs.tasks.map(({ toldToStop }) => toldToStop !== undefined)).toEqual([true]);
});

test('a Create that cannot look for what a run of the function that died has started leaves it to its Delete', async () => {
  const { body, ecs } = await serve(
    {
      ecs: { script: () => ({ startMs: 1_000, runMs: 3_000_000, exitCodes: { migrate: 0 } }) },
      fault: (_nth, call, invocation) => {
        if (invocation === 1) return call === 'runTask' ? 'crash after' : undefined;
        return call === 'listTasks' ? new TypeError('socket hang up') : undefined;
      },
    },
    { properties: { Timeout: '120', ServiceTimeout: '420' } },
  );
  expect(body).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('(CALL_FAILED)') });
  expect(ecs.tasks).toHaveLength(1);
  // Its Delete would look for nothing.
  expect(body?.PhysicalResourceId).not.toBe(CREATE_FAILED_PHYSICAL_RESOURCE_ID);
});

test('a run that the stack no longer wants waits for the task of a RunTask that was not answered', async () => {
  const { ecs } = await serve(
    {
      ecs: { script: () => ({ startMs: 1_000, runMs: 3_000_000, exitCodes: { migrate: 0 } }), listLagMs: 9_500, describeLagMs: 9_500 },
      stackStatus: (now) => (now < Date.UTC(2026, 0, 5, 12, 0, 0, 200) ? 'UPDATE_IN_PROGRESS' : 'UPDATE_ROLLBACK_IN_PROGRESS'),
      fault: (_nth, call) => (call === 'runTask' ? 'lost' : undefined),
    },
    { type: 'Update', properties: { RunOnRollback: 'true' } },
  );
  expect(ecs.tasks.map(({ toldToStop }) => toldToStop !== undefined)).toEqual([true]);
});

test('tried again after its deadline, a request waits to see what its task has done', async () => {
  const clock = new VirtualClock();
  const lambda = new LambdaWorld(clock, {
    fault: (_nth, call, invocation) =>
      (call === 'describeStacks' && invocation === 2) || (call === 'runTask' && invocation === 1) ? 'crash after' : undefined,
  });
  const { describeTasks } = lambda.ecs;
  let looks = 0;
  lambda.ecs.describeTasks = async (input) => {
    looks += 1;
    return looks > 6
      ? describeTasks.call(lambda.ecs, input)
      : { tasks: [], failures: input.tasks.map((arn) => ({ arn, reason: 'MISSING' })) };
  };
  await clock.run(lambda.deliver(request({ issuedAt: clock.now(), properties: { Timeout: '30', ServiceTimeout: '330' } })));
  expect(looks).toBeGreaterThan(6);
  expect(lambda.answers[0]?.body.Status).toBe('SUCCESS');
});

test('a request that stops waits anew for each task that is not described: a later one may be of a newer request', async () => {
  const clock = new VirtualClock();
  let status = 'UPDATE_IN_PROGRESS';
  const lambda = new LambdaWorld(clock, {
    ecs: { script: () => ({ startMs: 1_000, runMs: 60_000, stopMs: 500, exitCodes: { migrate: 0 } }), describeLagMs: 2_500 },
    stackStatus: () => status,
  });
  const update = (requestId: string) => request({ type: 'Update', requestId, issuedAt: clock.now() });
  const story = async (): Promise<void> => {
    const first = lambda.deliver(update('request-0'));
    await clock.sleep(1_000);
    status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    const back = update('request-1');
    const twice = [lambda.deliver(back), clock.sleep(300).then(() => lambda.deliver(back))];
    await twice[0];
    status = 'UPDATE_IN_PROGRESS';
    await Promise.all([first, ...twice, lambda.deliver(update('request-2'))]);
  };
  await clock.run(story());
  expect(lambda.answers.find(({ body }) => body.RequestId === 'request-2')?.body.Status).toBe('SUCCESS');
});
