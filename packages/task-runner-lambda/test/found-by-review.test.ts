import { physicalResourceIdOf } from '../src/attempt.js';
import { awsError } from './helpers/fake-ecs.js';
import { LambdaWorld, type WorldOptions } from './helpers/lambda-world.js';
import { type RequestOptions, request, STACK_ID } from './helpers/requests.js';
import { VirtualClock } from './helpers/virtual-clock.js';

const ID = physicalResourceIdOf({ StackId: STACK_ID, LogicalResourceId: 'Migration' });
const SLOW = { script: () => ({ startMs: 1_000, runMs: 100_000, exitCodes: { migrate: 0 } }) };
const FAILS = { script: () => ({ startMs: 1_000, runMs: 1_000, exitCodes: { migrate: 1 } }) };

function worldOf(options: WorldOptions = {}) {
  const clock = new VirtualClock();
  return { clock, lambda: new LambdaWorld(clock, options), start: clock.now() };
}

function spansOf({ ecs }: LambdaWorld) {
  return ecs.tasks.map((task) => ({ from: task.placedAt, to: ecs.endOf(task) })).sort((a, b) => a.from - b.from);
}

function statusesOf({ answers }: LambdaWorld) {
  return Object.fromEntries(answers.map(({ body }) => [body.RequestId, body.Status]));
}

/** Lists only what is in the cluster asked for, as ECS does. */
function withClusters(lambda: LambdaWorld, refuse: (cluster: string) => Error | undefined = () => undefined): void {
  const listTasks = lambda.ecs.listTasks.bind(lambda.ecs);
  const clusterOf = (cluster: unknown): string => String(cluster ?? 'default').replace(/^.*\//, '');
  lambda.ecs.listTasks = async (input: Parameters<typeof listTasks>[0] & { readonly cluster?: string }) => {
    const refusal = refuse(clusterOf(input.cluster));
    if (refusal !== undefined) throw refusal;
    const { taskArns } = await listTasks(input);
    const isThere = (arn: string): boolean =>
      clusterOf(lambda.ecs.tasks.find((task) => task.arn === arn)?.input.cluster) === clusterOf(input.cluster);
    return { taskArns: taskArns.filter(isThere) };
  };
}

describe('a request that is delivered once more, late', () => {
  test.each<[string, RequestOptions]>([
    ['a Delete', { type: 'Delete', physicalResourceId: ID }],
    ['an Update that runs nothing', { type: 'Update', physicalResourceId: ID, old: { TaskDefinition: 'migrate:7' } }],
  ])('%s leaves the task of a newer request alone', async (_, older) => {
    const { clock, lambda } = worldOf({ ecs: SLOW, stackStatus: () => 'UPDATE_IN_PROGRESS' });
    const late = request({ ...older, requestId: 'request-0', issuedAt: clock.now() });
    await clock.run(clock.sleep(10_000));
    const newer = lambda.deliver(request({ type: 'Update', physicalResourceId: ID, issuedAt: clock.now() }));
    await clock.run(Promise.all([newer, clock.sleep(30_000).then(() => lambda.deliver(late))]));
    expect(statusesOf(lambda)).toEqual({ 'request-0': 'SUCCESS', 'request-1': 'SUCCESS' });
  });
});

describe('a stack that has come to its end', () => {
  test.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_FAILED'])(
    'waits for no Update: delivered late, it starts nothing (%s)',
    async (status) => {
      const { clock, lambda } = worldOf({ stackStatus: () => status });
      const late = request({ type: 'Update', physicalResourceId: ID, issuedAt: clock.now() });
      await clock.run(clock.sleep(125_000).then(() => lambda.deliver(late)));
      expect(lambda.ecs.calls).not.toContain('RunTask');
      expect(lambda.answers[0]?.body.Reason).toContain('(CANCELLED)');
    },
  );

  test('or that of a rollback that has failed waits for no Update, even where that runs in a rollback', async () => {
    const { clock, lambda, start } = worldOf({ stackStatus: () => 'UPDATE_ROLLBACK_FAILED' });
    const properties = { RunOnRollback: 'true' };
    await clock.run(lambda.deliver(request({ type: 'Update', physicalResourceId: ID, properties, issuedAt: start })));
    expect(lambda.ecs.calls).not.toContain('RunTask');
    expect(lambda.answers[0]?.body.Reason).toContain('(CANCELLED)');
  });

  test('ends a task that was started meanwhile', async () => {
    const { clock, lambda, start } = worldOf({
      ecs: SLOW,
      stackStatus: (now) => (now < start + 45_000 ? 'UPDATE_IN_PROGRESS' : 'UPDATE_COMPLETE'),
    });
    await clock.run(lambda.deliver(request({ type: 'Update', physicalResourceId: ID, issuedAt: start })));
    expect((lambda.ecs.tasks[0]?.toldToStop?.at ?? 0) - start).toBeLessThan(80_000);
  });

  test('may be one whose status lags behind the request, in its first seconds', async () => {
    const { clock, lambda, start } = worldOf({
      ecs: SLOW,
      stackStatus: (now) => (now < start + 5_000 ? 'UPDATE_COMPLETE' : 'UPDATE_IN_PROGRESS'),
    });
    await clock.run(lambda.deliver(request({ type: 'Update', physicalResourceId: ID, issuedAt: start })));
    expect(statusesOf(lambda)).toEqual({ 'request-1': 'SUCCESS' });
  });
});

describe('another cluster', () => {
  async function moved(from: string | undefined, refuse?: (cluster: string, since: number) => Error | undefined) {
    const { clock, lambda, start } = worldOf({ ecs: SLOW, stackStatus: () => 'UPDATE_IN_PROGRESS' });
    withClusters(lambda, (cluster) => refuse?.(cluster, clock.now() - start));
    const first = lambda.deliver(request({ requestId: 'request-0', properties: { Cluster: from }, issuedAt: start }));
    const update = { type: 'Update', physicalResourceId: ID, old: { Cluster: from } } as const;
    const second = clock.sleep(20_000).then(() => lambda.deliver(request({ ...update, issuedAt: clock.now() })));
    await clock.run(Promise.all([first, second]));
    return lambda;
  }

  test.each([['old'], [undefined]])('what still runs in the one that was left (%s) is stopped first', async (from) => {
    const [older, newer] = spansOf(await moved(from));
    expect(older?.to).toBeLessThanOrEqual(newer?.from ?? 0);
  });

  test.each([
    ['old', 0],
    ['arn:aws:ecs:eu-west-1:111122223333:cluster/demo', 1],
  ])(
    'where it was %s, calls that are slow start %i tasks: no list of another one is kept while the stack is asked',
    async (from, tasks) => {
      const { clock, lambda, start } = worldOf({ latencyMs: 4_000, stackStatus: () => 'UPDATE_IN_PROGRESS' });
      withClusters(lambda);
      const update = { type: 'Update', physicalResourceId: ID, properties: { Timeout: '300' }, old: { Cluster: from } } as const;
      await clock.run(lambda.deliver(request({ ...update, issuedAt: start })));
      expect(lambda.ecs.tasks).toHaveLength(tasks);
    },
  );

  test('a newer request that has run its task there is not run over by an older one, delivered late', async () => {
    const { clock, lambda, start } = worldOf({ stackStatus: () => 'UPDATE_ROLLBACK_IN_PROGRESS' });
    withClusters(lambda);
    const update = { type: 'Update', physicalResourceId: ID } as const;
    const late = { ...update, requestId: 'request-0', properties: { RunOnRollback: 'true' }, old: { Cluster: 'old' } };
    const back = { ...update, properties: { RunOnRollback: 'true', Cluster: 'old' }, old: { Cluster: 'demo' } };
    await clock.run(clock.sleep(2_000).then(() => lambda.deliver(request({ ...back, issuedAt: clock.now() }))));
    await clock.run(lambda.deliver(request({ ...late, issuedAt: start })));
    expect(lambda.ecs.tasks).toHaveLength(1);
    expect(statusesOf(lambda)).toEqual({ 'request-0': 'FAILED', 'request-1': 'SUCCESS' });
  });

  test('throttled, its list is asked for again', async () => {
    const throttled = (cluster: string, since: number) =>
      cluster === 'old' && since > 19_000 && since < 22_000 ? awsError('ThrottlingException', 'Rate exceeded') : undefined;
    const [older, newer] = spansOf(await moved('old', throttled));
    expect(older?.to).toBeLessThanOrEqual(newer?.from ?? 0);
  });

  test.each(['AccessDeniedException', 'ClusterNotFoundException'])('out of reach (%s), the run goes on without it', async (name) => {
    const lambda = await moved('old', (cluster, since) => (cluster === 'old' && since > 19_000 ? awsError(name, 'no') : undefined));
    expect(statusesOf(lambda)).toMatchObject({ 'request-1': 'SUCCESS' });
  });

  test('is none where the same one is named by its ARN: delivered twice, the Update keeps its task', async () => {
    const { clock, lambda } = worldOf({ ecs: SLOW, stackStatus: () => 'UPDATE_IN_PROGRESS' });
    const old = { Cluster: 'arn:aws:ecs:eu-west-1:111122223333:cluster/demo' };
    const update = request({ type: 'Update', physicalResourceId: ID, issuedAt: clock.now(), old });
    await clock.run(Promise.all([lambda.deliver(update), clock.sleep(30_000).then(() => lambda.deliver(update))]));
    expect(lambda.ecs.tasks).toHaveLength(1);
    expect(lambda.answers.map(({ body }) => body.Status)).toEqual(['SUCCESS', 'SUCCESS']);
  });
});

test.each([30, 80, 400, 3_000, 12_000])('a rollback that runs waits for what the update began, cancelled after %i ms', async (afterMs) => {
  let status = 'UPDATE_IN_PROGRESS';
  const { clock, lambda } = worldOf({ ecs: { ...SLOW, listLagMs: 3_000, describeLagMs: 3_000 }, stackStatus: () => status });
  const update = { type: 'Update', physicalResourceId: ID, properties: { RunOnRollback: 'true' } } as const;
  const forward = lambda.deliver(request({ ...update, requestId: 'request-0', issuedAt: clock.now() }));
  const back = clock.sleep(afterMs).then(() => {
    status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    return clock.sleep(1_000).then(() => lambda.deliver(request({ ...update, issuedAt: clock.now() })));
  });
  await clock.run(Promise.all([forward, back]));
  const spans = spansOf(lambda);
  for (const [index, { from }] of spans.entries()) expect(spans[index - 1]?.to ?? 0).toBeLessThanOrEqual(from);
  expect(statusesOf(lambda)).toEqual({ 'request-0': 'FAILED', 'request-1': 'SUCCESS' });
});

test('a task that ECS tells as DELETED has ended', async () => {
  const { clock, lambda } = worldOf();
  const { record } = lambda.ecs;
  lambda.ecs.record = (task) => {
    const told = record.call(lambda.ecs, task);
    return told.lastStatus === 'STOPPED' ? { ...told, lastStatus: 'DELETED' } : told;
  };
  await clock.run(lambda.deliver(request({ issuedAt: clock.now() })));
  expect(lambda.answers[0]?.body.Status).toBe('SUCCESS');
});

test('a Delete whose StopTask is refused looks again', async () => {
  const { clock, lambda } = worldOf({
    ecs: SLOW,
    fault: (_, call, invocation) =>
      call === 'stopTask' && invocation === 2 && ++refusals <= 2
        ? awsError('InvalidParameterException', 'The referenced task was not found.')
        : undefined,
  });
  let refusals = 0;
  const create = lambda.deliver(request({ issuedAt: clock.now() }));
  const remove = { type: 'Delete', requestId: 'request-2', physicalResourceId: 'demo-Migration-INVENTED' } as const;
  await clock.run(Promise.all([create, clock.sleep(15_000).then(() => lambda.deliver(request({ ...remove, issuedAt: clock.now() })))]));
  expect(refusals).toBe(3);
  expect(statusesOf(lambda)).toMatchObject({ 'request-2': 'SUCCESS' });
  expect(lambda.ecs.tasks[0]?.toldToStop).toBeDefined();
});

describe('the log', () => {
  async function reasonOf(log: NonNullable<WorldOptions['log']>, properties: Readonly<Record<string, unknown>> = {}) {
    const { clock, lambda } = worldOf({ ecs: FAILS, log });
    await clock.run(lambda.deliver(request({ issuedAt: clock.now(), properties })));
    return lambda.answers[0]?.body.Reason;
  }

  test('a secret that begins before the last lines is not shown', async () => {
    const key = Array.from({ length: 40 }, (_, index) => `secret ${index}`);
    const reason = await reasonOf(() => ['BEGIN KEY', ...key, 'END KEY', 'boom'], { Redact: ['BEGIN KEY[\\s\\S]*?END KEY'] });
    expect(reason).toMatch(/last lines of the log:\n\[redacted\]\nboom$/);
  });

  test('a secret in a line of more than 16 KiB is not shown in part', async () => {
    const reason = await reasonOf(() => [`${'x'.repeat(16_380)}password=hunter2 ${'y'.repeat(10)}`], { Redact: ['password=\\S+'] });
    expect(reason).toMatch(/\[redacted\] y{10}$/);
  });

  test('lines are found behind pages without any, which CloudWatch Logs gives where nothing was said for a while', async () => {
    const { clock, lambda } = worldOf({ ecs: FAILS, log: () => ['starting', 'boom'], emptyLogPages: 3 });
    await clock.run(lambda.deliver(request({ issuedAt: clock.now(), properties: {} })));
    expect(lambda.answers[0]?.body.Reason).toMatch(/last lines of the log:\nstarting\nboom$/);
  });

  test('a pattern may name a line by its ends', async () => {
    const log = () => ['starting', 'TOKEN=hunter2', 'boom'];
    const reason = await reasonOf(log, { Redact: ['^TOKEN=.*$'] });
    expect(reason).toMatch(/last lines of the log:\nstarting\n\[redacted\]\nboom$/);
  });

  test('a pattern that never comes to an end hides the log, and holds up nothing', async () => {
    const reason = await reasonOf(() => [`${'a'.repeat(50)}!`], { Redact: ['(a+)+$'] });
    expect(reason).toMatch(/^container migrate exited with code 1; .*\nlast lines of the log:\n\[not shown: .* 1000 ms on it\]$/s);
  });

  test('what comes a moment after the task has stopped is waited for', async () => {
    let reads = 0;
    const reason = await reasonOf(() => (reads++ === 0 ? ['starting'] : ['starting', 'FATAL: why']));
    expect(reason).toMatch(/starting\nFATAL: why$/);
  });
});

test('StoppedReason among the attributes is redacted', async () => {
  const script = () => ({ startMs: 1_000, runMs: 1_000, exitCodes: { migrate: 0 }, stoppedReason: 'ended with password=hunter2' });
  const { clock, lambda } = worldOf({ ecs: { script } });
  await clock.run(lambda.deliver(request({ issuedAt: clock.now(), properties: { Redact: ['password=\\S+'] } })));
  expect(lambda.answers[0]?.body.Data?.StoppedReason).toBe('ended with [redacted]');
});

test('a secret with an escape in it is not shown among the facts', async () => {
  const stoppedReason = 'ended with password=hun\u001b[0mter2 and pass\u0000word=hunter3';
  const script = () => ({ startMs: 1_000, runMs: 1_000, exitCodes: { migrate: 1 }, stoppedReason });
  const { clock, lambda } = worldOf({ ecs: { script } });
  await clock.run(lambda.deliver(request({ issuedAt: clock.now(), properties: { Redact: ['password=hunter[23]'] } })));
  expect(lambda.answers[0]?.body.Reason).toContain('stopped reason: ended with [redacted] and [redacted];');
});

describe('calls of AWS that are slow, not lost', () => {
  test.each([1_000, 2_400, 4_000, 8_500])('keep no task from being placed: %i ms each', async (latencyMs) => {
    const { clock, lambda, start } = worldOf({ latencyMs });
    await clock.run(lambda.deliver(request({ issuedAt: start, properties: { Timeout: '600' } })));
    expect(statusesOf(lambda)).toEqual({ 'request-1': 'SUCCESS' });
    expect(lambda.ecs.tasks).toHaveLength(1);
  });

  test.each<[string, (asked: number) => string | Error]>([
    ['must not be asked', () => awsError('AccessDenied', 'no')],
    ['tells at every third time alone', (asked) => (asked % 3 === 0 ? 'CREATE_IN_PROGRESS' : awsError('Throttling', 'Rate exceeded'))],
  ])('nor do they where the stack %s', async (_, statusAt) => {
    let asked = 0;
    const { clock, lambda, start } = worldOf({ latencyMs: 4_000, stackStatus: () => statusAt(asked++) });
    await clock.run(lambda.deliver(request({ issuedAt: start, properties: { Timeout: '600' } })));
    expect(statusesOf(lambda)).toEqual({ 'request-1': 'SUCCESS' });
    expect(lambda.ecs.tasks).toHaveLength(1);
  });

  test('do not let a task be placed that the stack has stopped wanting meanwhile', async () => {
    const { clock, lambda, start } = worldOf({
      latencyMs: 4_000,
      stackStatus: (now) => (now < start + 10_000 ? 'CREATE_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS'),
    });
    await clock.run(lambda.deliver(request({ issuedAt: start, properties: { Timeout: '600' } })));
    expect(lambda.ecs.calls).not.toContain('RunTask');
    expect(statusesOf(lambda)).toEqual({ 'request-1': 'FAILED' });
  });
});
