import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTasksCommand, ListTasksCommand, RunTaskCommand, StopTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { propertyParameters } from '@plimsoll/test-support';
import * as fc from 'fast-check';
import {
  type ContainerScript,
  createInProcessAws,
  createVirtualTime,
  type InProcessAws,
  type InProcessAwsOptions,
  type VirtualTime,
} from '../../src/index.js';
import { countingIds } from '../helpers/fixed-inputs.js';
import { makeCluster, registerJob } from '../helpers/task-setup.js';

function open(
  scripts: Readonly<Record<string, ContainerScript>>,
  options: Partial<InProcessAwsOptions> = {},
): { aws: InProcessAws; time: VirtualTime } {
  const time = createVirtualTime();
  const aws = createInProcessAws({
    scheduler: time,
    ...options,
    containers: { scripts: ({ name }) => scripts[name], ...options.containers },
  });
  makeCluster(aws);
  const sides = Object.keys(scripts).slice(1);
  registerJob(aws, [{}, ...sides.map((name) => ({ name, essential: false }))]);
  return { aws, time };
}

async function run(aws: InProcessAws, input: object = {}): Promise<string> {
  const { tasks } = await aws.client('ecs').send(new RunTaskCommand({ taskDefinition: 'job', ...input }));
  return tasks[0].taskArn;
}

async function look(aws: InProcessAws, arn: string): Promise<Task> {
  const { tasks } = await aws.client('ecs').send(new DescribeTasksCommand({ tasks: [arn] }));
  return tasks[0];
}

describe('services in process', () => {
  test('a scripted task ends at its moment with its code, lines and moments, in the SDK’s shapes', async () => {
    const { aws, time } = open(
      {
        main: {
          exitsAfterMs: 60_000,
          exitCode: 3,
          lines: [
            { afterMs: 1000, text: 'begun' },
            { afterMs: 59_999, text: 'ending' },
          ],
        },
      },
      { containers: { pendingMs: 5000 } },
    );
    const arn = await run(aws);

    await time.advance(4999);
    expect((await look(aws, arn)).lastStatus).toBe('PENDING');
    await time.advance(1);
    expect((await look(aws, arn)).lastStatus).toBe('RUNNING');
    await time.advance(60_000);

    const task = await look(aws, arn);
    expect(task).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'EssentialContainerExited', containers: [{ exitCode: 3 }] });
    expect((task.stoppedAt?.getTime() ?? 0) - (task.startedAt?.getTime() ?? 0)).toBe(60_000);
    const logStreamName = `app/main/${arn.split('/').at(-1)}`;
    const { events } = await aws.client('logs').send(new GetLogEventsCommand({ logGroupName: 'job', logStreamName, limit: 1 }));
    expect(events).toMatchObject([{ message: 'ending' }]);
    expect(time.pendingTimers()).toBe(0);
  });

  test.each<{ what: string; script: ContainerScript; task: object; container: object; absent?: string }>([
    {
      what: 'an absent exit code',
      script: { exitsAfterMs: 1, exitCode: 'absent', reason: 'DockerTimeoutError' },
      task: { stopCode: 'EssentialContainerExited' },
      container: { reason: 'DockerTimeoutError' },
      absent: 'exitCode',
    },
    {
      what: 'a failed start',
      script: { failsToStart: 'CannotPullContainerError: no' },
      task: { stopCode: 'TaskFailedToStart' },
      container: { reason: 'CannotPullContainerError: no' },
      absent: 'exitCode',
    },
    {
      what: 'killed for memory',
      script: { exitsAfterMs: 1, exitCode: 137, reason: 'OutOfMemoryError: x' },
      task: { stopCode: 'EssentialContainerExited' },
      container: { exitCode: 137 },
    },
  ])('$what', async ({ script, task, container, absent }) => {
    const { aws, time } = open({ main: script });
    const arn = await run(aws);
    await time.advance(10);
    const seen = await look(aws, arn);
    expect(seen).toMatchObject({ lastStatus: 'STOPPED', ...task, containers: [container] });
    expect(seen.containers?.[0]).not.toHaveProperty(absent ?? 'nothing');
  });

  test('sidecars end with the essential container; one that ignores SIGTERM is killed after the stop time-out', async () => {
    const { aws, time } = open({
      main: { exitsAfterMs: 1000 },
      kind: {},
      slow: { onTerminate: { afterMs: 2000, exitCode: 9 } },
      deaf: { onTerminate: 'ignore' },
    });
    const arn = await run(aws);

    await time.advance(30_999);
    expect((await look(aws, arn)).lastStatus).toBe('STOPPING');
    await time.advance(1);

    const { containers } = await look(aws, arn);
    expect(containers?.map(({ name, exitCode }) => [name, exitCode])).toEqual([
      ['main', 0],
      ['kind', 143],
      ['slow', 9],
      ['deaf', 137],
    ]);
  });

  test('a sidecar that ends or fails to start leaves the task running', async () => {
    const { aws, time } = open({
      main: {},
      ends: { exitsAfterMs: 5, exitCode: 1 },
      fails: { failsToStart: 'CannotPullContainerError: no' },
    });
    const arn = await run(aws);
    await time.advance(60_000);
    expect(await look(aws, arn)).toMatchObject({
      lastStatus: 'RUNNING',
      containers: [{ lastStatus: 'RUNNING' }, { exitCode: 1 }, { lastStatus: 'STOPPED' }],
    });
  });

  test('a task told to stop before it starts never runs', async () => {
    const { aws, time } = open({ main: { exitsAfterMs: 1 } }, { containers: { pendingMs: 5000 } });
    const arn = await run(aws);
    await aws.client('ecs').send(new StopTaskCommand({ task: arn, reason: 'cancelled' }));
    await time.advance(100_000);
    const task = await look(aws, arn);
    expect(task).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'UserInitiated', stoppedReason: 'cancelled' });
    expect(task.startedAt).toBeUndefined();
    expect(task.containers?.[0]?.exitCode).toBeUndefined();
  });

  test('held tasks wait for startPendingTask', async () => {
    const { aws, time } = open({ main: { exitsAfterMs: 1 } }, { taskStart: 'held' });
    const arn = await run(aws);
    await time.advance(1000);
    expect((await look(aws, arn)).lastStatus).toBe('PENDING');
    aws.startPendingTask(arn);
    await time.advance(1);
    expect((await look(aws, arn)).lastStatus).toBe('STOPPED');
    expect(() => aws.startPendingTask('arn:nobody')).toThrow(expect.objectContaining({ code: 'UNKNOWN_RESOURCE' }));
  });

  test('a lost response runs the task; the same token then finds it and starts no second one', async () => {
    const { aws } = open({ main: {} }, { faults: [{ operation: 'RunTask', nth: 1, kind: 'lostResponse' }] });

    await expect(run(aws, { clientToken: 'once' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    const arn = await run(aws, { clientToken: 'once' });

    const { taskArns } = await aws.client('ecs').send(new ListTasksCommand({}));
    expect(taskArns).toEqual([arn]);
  });

  test('exceptions have the SDK’s name, message and members', async () => {
    const { aws } = open(
      { main: {} },
      {
        faults: [
          { operation: 'StopTask', kind: 'throttle' },
          { operation: 'ListTasks', kind: 'accessDenied' },
        ],
      },
    );
    const arn = await run(aws, { clientToken: 'once' });

    await expect(run(aws, { clientToken: 'once', count: 2 })).rejects.toMatchObject({
      name: 'ConflictException',
      resourceIds: [arn],
      $metadata: { httpStatusCode: 400 },
    });
    await expect(aws.client('ecs').send(new StopTaskCommand({ task: arn }))).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
    });
    await expect(aws.client('ecs').send(new ListTasksCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'is not authorized to perform: ecs:ListTasks on resource: arn:aws:ecs:us-east-1:111122223333:container-instance/default/*',
      ),
    });
    await expect(aws.client('cloudformation').send(new DescribeStacksCommand({ StackName: 'nobody' }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id nobody does not exist',
    });
  });

  test('latency passes on the clock, half of it before the call is carried out', async () => {
    const { aws, time } = open({ main: {} }, { latencyMs: () => 100 });
    const running = run(aws);
    await time.advance(49);
    expect(aws.ecs('ListTasks', {})).toMatchObject({ response: { taskArns: [] } });
    await time.advance(1);
    expect(aws.ecs('ListTasks', {})).toMatchObject({ response: { taskArns: [expect.any(String)] } });
    await time.advance(50);
    expect(await running).toMatch(/^arn:aws:ecs/);
  });

  test('stacks and functions answer as their clients do', async () => {
    const seen: unknown[] = [];
    const time = createVirtualTime();
    const aws = createInProcessAws({ scheduler: time, functions: { next: async (event) => seen.push(event) } });
    aws.stacks.set({ stackName: 'shop', status: 'UPDATE_ROLLBACK_IN_PROGRESS' });

    const { Stacks } = await aws.client('cloudformation').send(new DescribeStacksCommand({ StackName: 'shop' }));
    const { StatusCode } = await aws
      .client('lambda')
      .send(new InvokeCommand({ FunctionName: 'next', InvocationType: 'Event', Payload: Buffer.from('{"a":1}') }));
    await time.settle();

    expect(Stacks).toMatchObject([{ StackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS', CreationTime: expect.any(Date) }]);
    expect(StatusCode).toBe(202);
    expect(seen).toEqual([{ a: 1 }]);
  });

  test('the same seed, scripts and calls take the same course', async () => {
    const course = async (): Promise<string> => {
      const { aws, time } = open({ main: { exitsAfterMs: 10 }, side: { onTerminate: 'ignore' } }, { newId: countingIds() });
      const arn = await run(aws);
      await time.advance(60_000);
      return JSON.stringify([await look(aws, arn), aws.recordedCalls()]);
    };
    expect(await course()).toBe(await course());
  });

  test('whatever the scripts, a task with an end comes to it and gives everything back', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(script, { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat(5000), { nil: undefined }),
        async (scripts, stopAfterMs) => {
          const { aws, time } = open(Object.fromEntries(scripts.map((one, index) => [index === 0 ? 'main' : `c${index}`, one])));
          const before = aws.ecs('DescribeClusters', {});
          const arn = await run(aws);
          await time.advance(stopAfterMs ?? 5000);
          await aws.client('ecs').send(new StopTaskCommand({ task: arn }));
          await time.advance(60_000);
          const task = await look(aws, arn);
          expect(task.lastStatus).toBe('STOPPED');
          expect(task.containers?.every(({ lastStatus }) => lastStatus === 'STOPPED')).toBe(true);
          expect(aws.ecs('DescribeClusters', {})).toEqual(before);
          expect(time.pendingTimers()).toBe(0);
        },
      ),
      propertyParameters(100),
    ));
});

const script: fc.Arbitrary<ContainerScript> = fc.record(
  {
    failsToStart: fc.constant('CannotPullContainerError: no'),
    exitsAfterMs: fc.nat(4000),
    exitCode: fc.oneof(fc.nat(255), fc.constant('absent' as const)),
    onTerminate: fc.oneof(fc.constant('ignore' as const), fc.record({ afterMs: fc.nat(40_000) })),
  },
  { requiredKeys: [] },
);
