import { physicalResourceIdOf } from '../src/attempt.js';
import { awsError, definitionOf } from './helpers/fake-ecs.js';
import { LambdaWorld, type WorldOptions } from './helpers/lambda-world.js';
import { type RequestOptions, request, STACK_ID } from './helpers/requests.js';
import { VirtualClock } from './helpers/virtual-clock.js';

const ID = physicalResourceIdOf({ StackId: STACK_ID, LogicalResourceId: 'Migration' });

async function serve(world: WorldOptions = {}, options: RequestOptions = {}) {
  const clock = new VirtualClock();
  const lambda = new LambdaWorld(clock, world);
  const start = clock.now();
  await clock.run(lambda.deliver(request({ issuedAt: start, ...options })));
  const [first] = lambda.answers;
  return { clock, lambda, ecs: lambda.ecs, answers: lambda.answers, body: first?.body, seconds: ((first?.at ?? 0) - start) / 1000 };
}

const ends = (exitCode: number | undefined, more: object = {}) => ({
  script: () => ({ startMs: 1_000, runMs: 5_000, exitCodes: { migrate: exitCode }, ...more }),
});
const LONG = { script: () => ({ startMs: 1_000, runMs: 3_000_000, exitCodes: { migrate: 0 } }) };

describe('Create', () => {
  test('runs the task and answers SUCCESS with what is known of it', async () => {
    const { body, ecs, answers } = await serve();
    expect(answers).toHaveLength(1);
    expect(body).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: ID,
      Data: {
        TaskArn: ecs.tasks[0]?.arn,
        ExitCode: '0',
        StoppedReason: 'Essential container in task exited',
        LogStream: 'run/migrate/00000001',
        Skipped: 'false',
      },
    });
  });

  test('answers FAILED with the facts first, and the end of the log without escapes', async () => {
    const { body } = await serve({ ecs: ends(3), log: () => ['\u001b[31mERROR\u001b[0m relation "users" does not exist'] });
    expect(body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: ID });
    expect(body?.Reason).toBe(
      'container migrate exited with code 3; stop code EssentialContainerExited; stopped reason: Essential container in task exited; ' +
        'task 00000001; log stream run/migrate/00000001 of /demo\nlast lines of the log:\nERROR relation "users" does not exist',
    );
  });

  test.each([
    ['0 is allowed by default', {}, 0, 'SUCCESS'],
    ['1 is not', {}, 1, 'FAILED'],
    ['3 can be allowed', { AllowedExitCodes: ['3'] }, 3, 'SUCCESS'],
    ['and then 0 is not', { AllowedExitCodes: ['3'] }, 0, 'FAILED'],
    ['none is never', { AllowedExitCodes: ['0', '1'] }, undefined, 'FAILED'],
  ])('exit code: %s', async (_, properties, exitCode, status) => {
    expect((await serve({ ecs: ends(exitCode) }, { properties })).body?.Status).toBe(status);
  });

  test('a log that is too long loses its beginning, and the response stays within its limit', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index} ${'é'.repeat(300)}`);
    const { body } = await serve({ ecs: ends(1), log: () => [...lines, 'the end'] });
    expect(Buffer.byteLength(JSON.stringify(body))).toBeGreaterThan(4_000);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(4_096);
    expect(body?.Reason).toMatch(/^container migrate exited with code 1; .*\nlast lines of the log:\n….*the end$/s);
  });

  test('redacts what the patterns name, over lines and in the facts', async () => {
    const properties = { Redact: ['password=\\S+', 'BEGIN KEY[\\s\\S]*END KEY'] };
    const log = () => ['password=hunter2 user=x', 'BEGIN KEY', 'abc', 'END KEY'];
    const { body } = await serve({ ecs: ends(1, { containerReason: 'cannot run with password=hunter2' }), log }, { properties });
    expect(body?.Reason).toContain('[redacted] user=x\n[redacted]');
    expect(body?.Reason).not.toMatch(/hunter2|abc/);
  });

  test('LogTailLines 0 reads no log', async () => {
    const { body } = await serve({ ecs: ends(1), log: () => ['secret'] }, { properties: { LogTailLines: '0' } });
    expect(body?.Reason).not.toContain('secret');
  });

  test.each([
    ['AccessDeniedException', 'log not readable: AccessDeniedException: no'],
    ['ResourceNotFoundException', 'log not readable: ResourceNotFoundException: no'],
  ])('a log that cannot be read (%s) does not hide the exit code', async (name, told) => {
    const { body } = await serve({ ecs: ends(7), log: () => awsError(name, 'no') });
    expect(body?.Reason).toMatch(/^container migrate exited with code 7; /);
    expect(body?.Reason).toContain(told);
  });

  test('a task that never started fails with ECS’s reason', async () => {
    const ecs = ends(undefined, { stopCode: 'TaskFailedToStart', stoppedReason: 'CannotPullContainerError: manifest unknown' });
    const { body, ecs: fake } = await serve({ ecs });
    expect(body?.Reason).toContain('container migrate has no exit code');
    expect(body?.Reason).toContain('CannotPullContainerError: manifest unknown');
    expect(fake.tasks).toHaveLength(1);
  });
});

describe('properties', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['Timeuot is not known', { Timeuot: '60' }],
    ['exclude each other', { LaunchType: 'EC2', CapacityProviderStrategy: [{ CapacityProvider: 'x' }] }],
    ['Timeout must be a whole number, at least 1, at most 840', { Timeout: '841' }],
    ['ContainerName is web, but the task definition has migrate', { ContainerName: 'web' }],
    ['8192', { Overrides: { ContainerOverrides: [{ Name: 'migrate', Command: ['x'.repeat(8_100)] }] } }],
    ['Redact[0] must be a regular expression', { Redact: ['('] }],
    ['TaskDefinition must be a non-empty string', { TaskDefinition: undefined }],
    ['comand', { Overrides: { containerOverrides: [{ name: 'migrate', comand: [] }] } }],
  ])('are refused before anything runs: %s', async (told, properties) => {
    const { body, ecs } = await serve({}, { properties });
    expect(body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'plimsoll::cfn-response::CREATE_FAILED' });
    expect(body?.Reason).toContain(told);
    expect(ecs.calls).not.toContain('RunTask');
  });

  test('several essential containers need a name', async () => {
    const ecs = { definition: definitionOf({ name: 'migrate' }, { name: 'proxy' }) };
    expect((await serve({ ecs })).body?.Reason).toContain('2 essential containers (migrate, proxy): name in ContainerName');
    expect((await serve({ ecs }, { properties: { ContainerName: 'migrate' } })).body?.Status).toBe('SUCCESS');
  });

  test('a refused Create is not asked about again: its Delete succeeds without a call', async () => {
    const { body, ecs } = await serve({}, { type: 'Delete', physicalResourceId: 'plimsoll::cfn-response::CREATE_FAILED' });
    expect(body?.Status).toBe('SUCCESS');
    expect(ecs.calls).toEqual([]);
  });
});

describe('want of capacity', () => {
  const until = (seconds: number, refusal: () => Error | readonly { reason: string }[]) => {
    let start: number | undefined;
    return (now: number) => {
      start ??= now;
      return now < start + seconds * 1000 ? refusal() : undefined;
    };
  };
  test.each<[string, () => Error | readonly { reason: string }[]]>([
    ['RESOURCE:MEMORY', () => [{ reason: 'RESOURCE:MEMORY' }]],
    ['AGENT', () => [{ reason: 'AGENT' }]],
    ['no host yet', () => awsError('InvalidParameterException', 'No Container Instances were found in your cluster.')],
    [
      'Fargate',
      () => awsError('ClientException', 'Capacity is unavailable at this time. Please try again later or in a different availability zone'),
    ],
  ])('is retried until there is room: %s', async (_, refusal) => {
    const { body, ecs, seconds } = await serve({ ecs: { room: until(200, refusal) } });
    expect(body?.Status).toBe('SUCCESS');
    expect(seconds).toBeGreaterThan(200);
    expect(ecs.tasks).toHaveLength(1);
  });

  test('is retried even if ECS repeats what it said to a token', async () => {
    const { body } = await serve({ ecs: { room: until(200, () => [{ reason: 'RESOURCE:CPU' }]), remembersFailures: true } });
    expect(body?.Status).toBe('SUCCESS');
  });

  test('ends at the deadline, and says what was missing', async () => {
    const { body, seconds, ecs } = await serve(
      { ecs: { room: () => [{ reason: 'RESOURCE:CPU' }, { reason: 'RESOURCE:CPU' }] } },
      { properties: { Timeout: '120' } },
    );
    expect(body?.Reason).toMatch(/^no room for the task until the deadline, in \d+ tries: RESOURCE:CPU on 2 hosts \(NO_CAPACITY\)$/);
    expect(seconds).toBeLessThan(145);
    expect(ecs.tasks).toHaveLength(0);
  });

  test.each<[string, () => Error | readonly { reason: string }[], string]>([
    ['ATTRIBUTE', () => [{ reason: 'ATTRIBUTE' }], 'RunTask placed no task: ATTRIBUTE (NOT_PLACED)'],
    [
      'another parameter',
      () => awsError('InvalidParameterException', 'Network Configuration must be provided'),
      'Network Configuration must be',
    ],
    ['access', () => awsError('AccessDeniedException', 'not authorized to perform: iam:PassRole'), 'iam:PassRole'],
  ])('is not what else is wrong: %s', async (_, refusal, told) => {
    const { body, ecs, seconds } = await serve({ ecs: { room: refusal } });
    expect(body?.Reason).toContain(told);
    expect(seconds).toBeLessThan(5);
    expect(ecs.calls.filter((call) => call === 'RunTask')).toHaveLength(1);
  });

  test('of a task that was placed but found none is retried, as none of its code ran', async () => {
    const script = (_: unknown, nth: number) =>
      nth === 0
        ? { startMs: 5_000, runMs: 0, exitCodes: { migrate: undefined }, stopCode: 'TaskFailedToStart', stoppedReason: 'RESOURCE:MEMORY' }
        : { startMs: 1_000, runMs: 1_000, exitCodes: { migrate: 0 } };
    const { body, ecs } = await serve({ ecs: { script } });
    expect(body?.Status).toBe('SUCCESS');
    expect(ecs.tasks).toHaveLength(2);
  });
});

describe('deadline and deaths', () => {
  test('the task is stopped at the deadline, and how it ended is told', async () => {
    const { body, ecs, seconds } = await serve({ ecs: LONG, log: () => ['still at it'] }, { properties: { Timeout: '60' } });
    expect(body?.Status).toBe('FAILED');
    expect(body?.Reason).toMatch(
      /^the deadline has passed, the task was stopped; container migrate exited with code 143; stop code UserInitiated; /,
    );
    expect(body?.Reason).toContain('still at it');
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThan(75);
    expect(ecs.tasks[0]?.toldToStop?.reason).toMatch(/^plimsoll: the deadline has passed \(attempt \d{10}-[0-9a-f]{24}\)$/);
  });

  test.each(['crash before', 'crash after', 'lost'] as const)('%s RunTask: one task, and its outcome', async (fault) => {
    let struck = false;
    const strike = (_: number, call: string) => {
      if (call !== 'runTask' || struck) return undefined;
      struck = true;
      return fault;
    };
    const { body, ecs, answers } = await serve({ fault: strike });
    expect(body?.Status).toBe('SUCCESS');
    expect(ecs.tasks).toHaveLength(1);
    expect(answers).toHaveLength(1);
  });

  test('where every attempt dies, the on-failure destination stops the task and answers', async () => {
    const { body, ecs, lambda } = await serve({
      ecs: LONG,
      fault: (_, call, invocation) => (call === 'describeTasks' && invocation <= 3 ? 'crash before' : undefined),
    });
    expect(lambda.invocations).toBe(4);
    expect(body?.Status).toBe('FAILED');
    expect(body?.Reason).toMatch(
      /^the function failed at every attempt \(RetriesExhausted after 3 attempts, .*crashed\): every attempt of the function has failed, the task was stopped; container migrate exited with code 143/,
    );
    expect(ecs.tasks[0]?.toldToStop).toBeDefined();
  });

  test('an answer that cannot be delivered fails the attempt, and the next one answers for the same task', async () => {
    let puts = 0;
    const fault = (_: number, call: string) => (call === 'put' && puts++ < 1 ? 'crash before' : undefined);
    const { body, ecs } = await serve({ fault });
    expect(body?.Status).toBe('SUCCESS');
    expect(ecs.tasks).toHaveLength(1);
  });

  test('a denied DescribeTasks is seen at once, and the task is stopped', async () => {
    const { body, seconds, ecs } = await serve({
      fault: (_, call) =>
        call === 'describeTasks' ? awsError('AccessDeniedException', 'not authorized to perform: ecs:DescribeTasks') : undefined,
    });
    expect(body?.Reason).toContain('DescribeTasks failed: AccessDeniedException: not authorized to perform: ecs:DescribeTasks');
    expect(seconds).toBeLessThan(10);
    expect(ecs.tasks[0]?.toldToStop).toBeDefined();
  });

  test('a request without a dated address has the time its first delivery gives it', async () => {
    const { body } = await serve({}, { issuedAt: undefined });
    expect(body?.Status).toBe('SUCCESS');
  });

  test('in the mode long, invocations follow one another for one task', async () => {
    const script = () => ({ startMs: 1_000, runMs: 3_000_000, exitCodes: { migrate: 0 } });
    const { body, ecs, lambda, seconds } = await serve({ mode: 'long', ecs: { script } }, { properties: { Timeout: '3500' } });
    expect(body?.Status).toBe('SUCCESS');
    expect(seconds).toBeGreaterThan(3_000);
    expect(lambda.invocations).toBe(4);
    expect(ecs.tasks).toHaveLength(1);
    expect(lambda.logger.lines.join('\n')).not.toContain('X-Amz-Signature');
  });

  test('in the mode long, what runs to the hour is stopped within it', async () => {
    const script = () => ({ startMs: 1_000, runMs: 9_000_000, exitCodes: { migrate: 0 } });
    const { body, seconds } = await serve({ mode: 'long', ecs: { script } }, { properties: { Timeout: '3600' } });
    expect(body?.Reason).toContain('exited with code 143');
    expect(seconds).toBeLessThan(3_590);
  });

  test('where the function cannot be invoked once more, the next attempt goes on', async () => {
    const fault = (_: number, call: string) => (call === 'invokeAsync' ? awsError('AccessDeniedException', 'no') : undefined);
    const script = () => ({ startMs: 1_000, runMs: 1_200_000, exitCodes: { migrate: 0 } });
    const { body, ecs } = await serve({ mode: 'long', ecs: { script }, fault }, { properties: { Timeout: '3000' } });
    expect(body?.Status).toBe('SUCCESS');
    expect(ecs.tasks).toHaveLength(1);
  });
});

test('what was held up while a rollback began is not run any more', async () => {
  const clock = new VirtualClock();
  const start = clock.now();
  const lambda = new LambdaWorld(clock, {
    stackStatus: (now) => (now < start + 3_000 ? 'CREATE_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS'),
    fault: (nth, call) => (call === 'listTasks' && nth === 2 ? 'hangs' : undefined),
  });
  await clock.run(lambda.deliver(request({ issuedAt: start })));
  expect(lambda.ecs.calls).not.toContain('RunTask');
  expect(lambda.answers[0]?.body.Reason).toBe('the stack is being rolled back or deleted, or its operation is over (CANCELLED)');
});

test('a Create does without the status of its stack where it may not be had', async () => {
  const { body, seconds } = await serve({ stackStatus: () => awsError('AccessDenied', 'no') });
  expect(body?.Status).toBe('SUCCESS');
  expect(seconds).toBeLessThan(60);
});

test('a Create runs nothing while it cannot be told whether its stack rolls back', async () => {
  const { body, ecs } = await serve({ stackStatus: () => awsError('Throttling', 'Rate exceeded') });
  expect(body).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('DescribeStacks') });
  expect(ecs.calls).not.toContain('RunTask');
});

describe('Delete', () => {
  test('of a resource with nothing running succeeds with its own id', async () => {
    const { body, ecs, seconds } = await serve({}, { type: 'Delete', physicalResourceId: ID });
    expect(body).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID });
    expect(ecs.calls).not.toContain('RunTask');
    expect(seconds).toBeLessThan(2);
  });

  test.each([true, false])('while the task runs stops it, unless told otherwise (%s)', async (stops) => {
    const clock = new VirtualClock();
    const lambda = new LambdaWorld(clock, { ecs: LONG });
    const start = clock.now();
    const create = lambda.deliver(request({ issuedAt: start, properties: { Timeout: '300' } }));
    const remove = clock.sleep(20_000).then(() => {
      const options = {
        type: 'Delete',
        requestId: 'request-2',
        physicalResourceId: 'demo-Migration-INVENTED',
        issuedAt: clock.now(),
      } as const;
      return lambda.deliver(request({ ...options, properties: { StopOnDelete: String(stops), Nonsense: 'x' } }));
    });
    await clock.run(Promise.all([create, remove]));
    const answer = lambda.answers.find(({ body }) => body.RequestId === 'request-2');
    expect(answer?.body).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'demo-Migration-INVENTED' });
    const [task] = lambda.ecs.tasks;
    expect((task?.toldToStop?.at ?? 0) < start + 30_000).toBe(stops);
  });

  test('in a cluster that is gone succeeds', async () => {
    const fault = (_: number, call: string) =>
      call === 'listTasks' ? awsError('ClusterNotFoundException', 'Cluster not found.') : undefined;
    expect((await serve({ fault }, { type: 'Delete', physicalResourceId: ID })).body?.Status).toBe('SUCCESS');
  });
});

describe('Update', () => {
  const update = { type: 'Update', physicalResourceId: ID } as const;
  const stackStatus = () => 'UPDATE_IN_PROGRESS';

  test('runs the task and keeps the id', async () => {
    expect((await serve({ stackStatus }, update)).body).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: ID,
      Data: { Skipped: 'false' },
    });
  });

  test.each([
    ['RunOn create', { RunOn: 'create' }, {}],
    ['nothing that decides has changed', { TaskDefinition: 'migrate:6', Timeout: '60' }, {}],
  ])('runs nothing: %s', async (_, properties, old) => {
    const { body, ecs } = await serve({ stackStatus }, { ...update, properties, old });
    expect(body).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID, Data: { Skipped: 'true', TaskArn: '' } });
    expect(ecs.calls).not.toContain('RunTask');
  });

  test('runs when a trigger has changed', async () => {
    const { ecs } = await serve(
      { stackStatus },
      { ...update, properties: { TaskDefinition: 'migrate:6', Triggers: { schema: '2' } }, old: { Triggers: { schema: '1' } } },
    );
    expect(ecs.tasks).toHaveLength(1);
  });

  test.each([
    [undefined, 0],
    ['true', 1],
  ])('in a rollback runs only if asked to (RunOnRollback %s)', async (RunOnRollback, tasks) => {
    const properties = RunOnRollback === undefined ? {} : { RunOnRollback };
    const { body, ecs } = await serve({ stackStatus: () => 'UPDATE_ROLLBACK_IN_PROGRESS' }, { ...update, properties });
    expect(body).toMatchObject({ Status: 'SUCCESS', Data: { Skipped: String(tasks === 0) } });
    expect(ecs.tasks).toHaveLength(tasks);
  });

  test('in a rollback succeeds even with properties that are refused now', async () => {
    const { body } = await serve({ stackStatus: () => 'UPDATE_ROLLBACK_IN_PROGRESS' }, { ...update, properties: { Nonsense: 'x' } });
    expect(body).toMatchObject({ Status: 'SUCCESS', Data: { Skipped: 'true' } });
  });

  test('fails rather than run where it cannot tell a rollback', async () => {
    const { body, ecs } = await serve({ stackStatus: () => awsError('AccessDenied', 'no', 403) }, update);
    expect(body?.Reason).toContain('asking by DescribeStacks whether the stack rolls back failed');
    expect(ecs.calls).not.toContain('RunTask');
  });

  test('that rolls back stops what the failed one still runs', async () => {
    const clock = new VirtualClock();
    let status = 'UPDATE_IN_PROGRESS';
    const lambda = new LambdaWorld(clock, { ecs: LONG, stackStatus: () => status });
    const forward = lambda.deliver(request({ ...update, issuedAt: clock.now() }));
    const back = clock.sleep(20_000).then(() => {
      status = 'UPDATE_ROLLBACK_IN_PROGRESS';
      return lambda.deliver(request({ ...update, requestId: 'request-2', issuedAt: clock.now() }));
    });
    await clock.run(Promise.all([forward, back]));
    const [task] = lambda.ecs.tasks;
    const answer = lambda.answers.find(({ body }) => body.RequestId === 'request-2');
    expect(lambda.ecs.tasks).toHaveLength(1);
    expect(answer?.body).toMatchObject({ Status: 'SUCCESS', Data: { Skipped: 'true' } });
    if (task !== undefined) expect(lambda.ecs.endOf(task)).toBeLessThanOrEqual(answer?.at ?? 0);
  });
});

describe('two requests', () => {
  async function overlap(second: RequestOptions) {
    const clock = new VirtualClock();
    const lambda = new LambdaWorld(clock, {
      ecs: { script: (_, nth) => ({ startMs: 1_000, runMs: nth === 0 ? 400_000 : 10_000, exitCodes: { migrate: 0 } }) },
    });
    const first = lambda.deliver(request({ issuedAt: clock.now() }));
    const then = clock.sleep(40_000).then(() => lambda.deliver(request({ issuedAt: clock.now(), ...second })));
    await clock.run(Promise.all([first, then]));
    return { lambda, ecs: lambda.ecs };
  }

  test.each([
    ['a stack retry with the same RequestId and another address', { requestId: 'request-1' }],
    ['a newer request', { requestId: 'request-2' }],
  ])('%s stops the older task, waits for that, and runs its own', async (_, second) => {
    const { ecs, lambda } = await overlap(second);
    expect(ecs.tasks).toHaveLength(2);
    const [older, newer] = ecs.tasks;
    if (older === undefined || newer === undefined) throw new RangeError('two tasks are expected');
    expect(ecs.endOf(older)).toBeLessThanOrEqual(newer.placedAt);
    expect(lambda.answers.filter(({ body }) => body.Status === 'SUCCESS')).toHaveLength(1);
  });

  test('the older one, delivered again, gives way to the newer', async () => {
    const clock = new VirtualClock();
    const lambda = new LambdaWorld(clock, { ecs: LONG });
    const older = request({ issuedAt: clock.now() - 60_000, requestId: 'request-0' });
    const newer = lambda.deliver(request({ issuedAt: clock.now(), properties: { Timeout: '100' } }));
    await clock.run(Promise.all([newer, clock.sleep(20_000).then(() => lambda.deliver(older))]));
    expect(lambda.ecs.tasks).toHaveLength(1);
    expect(lambda.answers.find(({ body }) => body.RequestId === 'request-0')?.body.Reason).toContain('(SUPERSEDED)');
  });
});

test('an event without an address is refused', async () => {
  const clock = new VirtualClock();
  const lambda = new LambdaWorld(clock);
  await clock.run(lambda.deliver({ RequestType: 'Create' }));
  expect(lambda.answers).toEqual([]);
  expect(lambda.invocations).toBe(6);
});

test('a request with an address but without its identifiers is answered FAILED', async () => {
  const clock = new VirtualClock();
  const lambda = new LambdaWorld(clock);
  const { RequestId: _, ...rest } = request();
  await clock.run(lambda.deliver(rest));
  expect(lambda.answers[0]?.body).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('RequestId') });
});
