import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeTasksCommand,
  type ECSClient,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { parseTaskStateChange } from '@plimsoll/event-schemas/task-state-change';
import type { EcsEvent, LocalEndpoint, TaskContainersOptions } from '../../src/index.js';
import { closeAll, openSession } from '../helpers/open-endpoints.js';
import { type ContainerSetup, makeCluster, registerJob } from '../helpers/task-setup.js';
import { until } from '../helpers/until.js';

afterEach(closeAll);

interface Session {
  readonly endpoint: LocalEndpoint;
  readonly ecs: ECSClient;
  readonly events: readonly EcsEvent[];
}

async function open(containers: readonly ContainerSetup[], options: TaskContainersOptions = {}, networkMode = 'bridge'): Promise<Session> {
  const events: EcsEvent[] = [];
  const session = await openSession({ containers: { processes: true, ...options }, onEvent: (event) => events.push(event) });
  makeCluster(session.endpoint);
  registerJob(session.endpoint, containers, { networkMode });
  return { ...session, events };
}

async function run({ ecs }: Session, input: Partial<RunTaskCommandInput> = {}): Promise<string> {
  const { tasks } = await ecs.send(new RunTaskCommand({ taskDefinition: 'job', ...input }));
  return tasks?.[0]?.taskArn ?? '';
}

async function describe1({ ecs }: Session, arn: string): Promise<Task> {
  const { tasks } = await ecs.send(new DescribeTasksCommand({ tasks: [arn] }));
  return tasks?.[0] ?? {};
}

function untilStatus(session: Session, arn: string, status: string): Promise<Task> {
  return until(async () => {
    const task = await describe1(session, arn);
    return task.lastStatus === status ? task : undefined;
  });
}

async function logOf({ endpoint }: Session, container: string, arn: string): Promise<readonly (string | undefined)[]> {
  const client = new CloudWatchLogsClient({
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const logStreamName = `app/${container}/${arn.slice(arn.lastIndexOf('/') + 1)}`;
  const { events } = await client.send(new GetLogEventsCommand({ logGroupName: 'job', logStreamName, startFromHead: true }));
  client.destroy();
  return (events ?? []).map(({ message }) => message);
}

const SLEEP = ['sleep', '600'];

describe('a task of processes', () => {
  test('runs entry point and command with the merged environment, and its exit code and lines are seen', async () => {
    const session = await open([
      {
        entryPoint: ['/bin/sh', '-c'],
        command: ['nothing'],
        environment: [
          { name: 'KEPT', value: 'kept' },
          { name: 'CHANGED', value: 'before' },
        ],
        workingDirectory: tmpdir(),
      },
    ]);
    const arn = await run(session, {
      overrides: {
        containerOverrides: [
          {
            name: 'main',
            command: ['echo "$KEPT $CHANGED"; echo problem >&2; pwd; exit 7'],
            environment: [{ name: 'CHANGED', value: 'after' }],
          },
        ],
      },
    });

    const task = await untilStatus(session, arn, 'STOPPED');

    expect(task).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      desiredStatus: 'STOPPED',
      startedAt: expect.any(Date),
      containers: [{ name: 'main', lastStatus: 'STOPPED', exitCode: 7 }],
    });
    const lines = await logOf(session, 'main', arn);
    expect(lines).toEqual(expect.arrayContaining(['kept after', 'problem', tmpdir()]));
  });

  test('one essential exit stops the others with SIGTERM, and with SIGKILL where that is ignored', async () => {
    const ready = 'echo ready; while :; do sleep 0.01; done';
    const session = await open([
      { entryPoint: ['/bin/sh', '-c'], command: ['read line < "$GATE"; exit 0'] },
      { essential: false, entryPoint: ['/bin/sh', '-c'], command: [`trap "exit 5" TERM; ${ready}`] },
      { essential: false, entryPoint: ['/bin/sh', '-c'], command: [`trap "" TERM; ${ready}`], stopTimeout: 0 },
      { essential: false, command: SLEEP },
    ]);
    // The first container waits for a pipe that this test opens once the others have set their traps.
    const gate = `${tmpdir()}/gate-${process.pid}-${Date.now()}`;
    execFileSync('mkfifo', [gate]);
    const arn = await run(session, {
      overrides: { containerOverrides: [{ name: 'main', environment: [{ name: 'GATE', value: gate }] }] },
    });
    await untilStatus(session, arn, 'RUNNING');
    await until(async () => ((await logOf(session, 'side1', arn)).includes('ready') ? true : undefined));
    await until(async () => ((await logOf(session, 'side2', arn)).includes('ready') ? true : undefined));
    spawnSync('/bin/sh', ['-c', `echo go > ${gate}; rm ${gate}`]);

    const task = await untilStatus(session, arn, 'STOPPED');

    expect(task.stopCode).toBe('EssentialContainerExited');
    expect(Object.fromEntries((task.containers ?? []).map(({ name, exitCode }) => [name, exitCode]))).toEqual({
      main: 0,
      side1: 5,
      side2: 137,
      side3: 143,
    });
  });

  test('StopTask signals it, shows its reason, and the host has its resources back', async () => {
    const session = await open([{ command: SLEEP }]);
    const arn = await run(session);
    await untilStatus(session, arn, 'RUNNING');

    const told = await session.ecs.send(new StopTaskCommand({ task: arn, reason: 'deadline of the request' }));
    const task = await untilStatus(session, arn, 'STOPPED');

    expect(told.task).toMatchObject({ lastStatus: 'STOPPING', desiredStatus: 'STOPPED' });
    expect(task).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'deadline of the request',
      containers: [{ exitCode: 143 }],
    });
    const hosts = session.events.filter((event) => event['detail-type'] === 'ECS Container Instance State Change');
    expect(hosts.at(-1)?.detail.remainingResources).toEqual(hosts[0]?.detail.remainingResources);
  });

  test('an unknown program fails the start, without exit code and log stream', async () => {
    const session = await open([{ command: ['no-such-program'] }]);
    const arn = await run(session);

    const task = await untilStatus(session, arn, 'STOPPED');

    expect(task).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' });
    expect(task.startedAt).toBeUndefined();
    expect(task.containers?.[0]?.exitCode).toBeUndefined();
    expect(task.containers?.[0]?.reason).toMatch(/^CannotStartContainerError: .*"no-such-program": executable file not found in \$PATH/);
    await expect(logOf(session, 'main', arn)).rejects.toThrow(/does not exist/);
  });

  test.each([
    { what: 'no command', container: {}, reason: /No command specified/ },
    {
      what: 'a missing working directory',
      container: { command: ['true'], workingDirectory: '/no/such' },
      reason: /chdir to cwd \("\/no\/such"\)/,
    },
    { what: 'a NUL in an argument', container: { command: ['echo', 'a\0b'] }, reason: /^CannotStartContainerError/ },
    { what: 'an image that cannot be pulled', container: { image: 'secret', command: SLEEP }, reason: /^CannotPullContainerError: denied/ },
  ])('$what fails the start', async ({ container, reason }) => {
    const session = await open([container], {
      processes: ({ image }) => (image === 'secret' ? { pullFailure: 'denied' } : undefined),
    });
    const arn = await run(session);

    const task = await untilStatus(session, arn, 'STOPPED');

    expect(task.stopCode).toBe('TaskFailedToStart');
    expect(task.containers?.[0]?.reason).toMatch(reason);
  });

  test('a resolver puts a process in the place of an image', async () => {
    const session = await open([{ image: 'migrate', environment: [{ name: 'WHO', value: 'container' }] }], {
      processes: (launch) => ({
        command: ['/bin/sh', '-c', `echo ${launch.image} of ${launch.family}:${launch.revision} as $WHO$EXTRA`],
        environment: { WHO: 'resolver', EXTRA: '!' },
      }),
    });
    const arn = await run(session);
    await untilStatus(session, arn, 'STOPPED');

    expect(await logOf(session, 'main', arn)).toEqual(['migrate of job:1 as container!']);
  });

  test('a Fargate task needs no host and passes through every status', async () => {
    const session = await open([{ command: ['true'] }], {}, 'awsvpc');
    const arn = await run(session, { launchType: 'FARGATE', networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } });

    const task = await untilStatus(session, arn, 'STOPPED');

    expect(task).toMatchObject({ launchType: 'FARGATE', platformVersion: '1.4.0', containers: [{ exitCode: 0 }] });
    expect(task.containerInstanceArn).toBeUndefined();
    const statuses = session.events.flatMap((event) => (event['detail-type'] === 'ECS Task State Change' ? [event.detail.lastStatus] : []));
    expect(statuses.filter((status, index) => status !== statuses[index - 1])).toEqual([
      'PROVISIONING',
      'PENDING',
      'RUNNING',
      'DEPROVISIONING',
      'STOPPED',
    ]);
  });

  test('closing the endpoint ends its processes and what those started', async () => {
    const session = await open([{ entryPoint: ['/bin/sh', '-c'], command: ['sleep 600 & echo $! $$; wait'] }]);
    const arn = await run(session);
    const [line] = await until(async () => {
      const lines = await logOf(session, 'main', arn).catch(() => []);
      return lines.length > 0 ? lines : undefined;
    });

    await session.endpoint.close();

    for (const pid of (line ?? '').split(' ').map(Number)) {
      await until(() => (isAlive(pid) ? undefined : true));
    }
  });

  test('what leaves the process group does not hold up the end of its container', async () => {
    const session = await open([{ entryPoint: ['/bin/sh', '-c'], command: ['setsid sh -c "echo $$; sleep 5" & sleep 0.1; exit 4'] }]);
    const arn = await run(session);
    expect(await untilStatus(session, arn, 'STOPPED')).toMatchObject({ containers: [{ exitCode: 4 }] });
  });

  test('every event of its life is one that event-schemas reads', async () => {
    const session = await open([{ command: ['true'] }, { essential: false, command: SLEEP }], {}, 'awsvpc');
    const arn = await run(session, { launchType: 'FARGATE', networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } });
    await untilStatus(session, arn, 'STOPPED');
    const events = session.events.filter((event) => event['detail-type'] === 'ECS Task State Change');
    expect(events.length).toBeGreaterThan(4);
    expect(events.map((event) => parseTaskStateChange(JSON.parse(JSON.stringify(event))).ok)).toEqual(events.map(() => true));
    expect(events.map(({ detail }) => detail.version)).toEqual(events.map((_, index) => index + 1));
  });

  test('a host deregistered by force takes its processes with it', async () => {
    const session = await open([{ entryPoint: ['/bin/sh', '-c'], command: ['echo $$; exec sleep 600'] }]);
    const arn = await run(session);
    const task = await untilStatus(session, arn, 'RUNNING');
    const [line] = await until(async () => {
      const lines = await logOf(session, 'main', arn);
      return lines.length > 0 ? lines : undefined;
    });

    session.endpoint.ecs('DeregisterContainerInstance', { containerInstance: task.containerInstanceArn, force: true });

    expect(await describe1(session, arn)).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'TerminationNotice' });
    await until(() => (isAlive(Number(line)) ? undefined : true));
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
