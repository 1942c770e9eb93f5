import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { createRequestQuota } from '../../src/ecs/request-quota.js';
import { createVirtualTime, ECS_QUOTAS, type LocalEndpointOptions } from '../../src/index.js';
import { closeAll, openSession } from '../helpers/open-endpoints.js';
import { makeCluster, registerJob } from '../helpers/task-setup.js';

afterEach(closeAll);

const NETWORK = { awsvpcConfiguration: { subnets: ['subnet-1'] } };

async function open(options: LocalEndpointOptions = {}, networkMode = 'awsvpc') {
  const session = await openSession(options);
  registerJob(session.endpoint, [{}], { networkMode });
  const run = (input: Partial<RunTaskCommandInput> = {}) =>
    session.ecs.send(
      new RunTaskCommand({ taskDefinition: 'job', ...(networkMode === 'awsvpc' ? { networkConfiguration: NETWORK } : {}), ...input }),
    );
  return { ...session, run };
}

describe('where RunTask runs tasks', () => {
  test('on Fargate without any host, on EC2 not', async () => {
    const { endpoint, ecs, run } = await open();
    endpoint.ecs('CreateCluster', {});
    await expect(run()).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'No Container Instances were found in your cluster.',
    });
    const { tasks, failures } = await run({ launchType: 'FARGATE', count: 2 });
    expect(failures).toEqual([]);
    expect(tasks).toMatchObject([{ launchType: 'FARGATE', platformVersion: '1.4.0' }, { launchType: 'FARGATE' }]);
    const [task] = tasks ?? [];
    expect((await ecs.send(new ListTasksCommand({ launchType: 'FARGATE' }))).taskArns).toHaveLength(2);
    expect((await ecs.send(new ListTasksCommand({ launchType: 'EC2' }))).taskArns).toEqual([]);
    await ecs.send(new StopTaskCommand({ task: task?.taskArn, reason: 'enough' }));
    expect((await ecs.send(new DescribeTasksCommand({ tasks: [task?.taskArn ?? ''] }))).tasks).toMatchObject([
      { lastStatus: 'STOPPED', stoppedReason: 'enough' },
    ]);
    expect(endpoint.ecs('DescribeClusters', {})).toMatchObject({ response: { clusters: [{ runningTasksCount: 1 }] } });
  });

  test('by a strategy, the cluster’s own where none is given', async () => {
    const { ecs, run } = await open();
    await ecs.send(
      new CreateClusterCommand({
        capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
        defaultCapacityProviderStrategy: [
          { capacityProvider: 'FARGATE', weight: 1 },
          { capacityProvider: 'FARGATE_SPOT', weight: 2 },
        ],
      }),
    );
    expect((await run()).tasks).toMatchObject([{ launchType: 'FARGATE', capacityProviderName: 'FARGATE_SPOT' }]);
    expect((await run({ capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] })).tasks).toMatchObject([
      { capacityProviderName: 'FARGATE' },
    ]);
    await expect(run({ capacityProviderStrategy: [{ capacityProvider: 'hosts' }] })).rejects.toThrow(
      "'hosts' is not associated with the cluster",
    );
    await expect(run({ launchType: 'FARGATE', capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] })).rejects.toThrow(
      'Specifying both a launch type and capacity provider strategy',
    );
    await expect(
      ecs.send(new CreateClusterCommand({ clusterName: 'x', defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('a platform version and a launch type that cannot be are refused', async () => {
    const { endpoint, run } = await open();
    makeCluster(endpoint);
    await expect(run({ launchType: 'FARGATE', platformVersion: '9.9' })).rejects.toMatchObject({ name: 'PlatformUnknownException' });
    await expect(run({ platformVersion: '1.4.0' })).rejects.toThrow('platform version must be null');
    await expect(run({ launchType: 'EXTERNAL' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const bridge = await open({}, 'bridge');
    makeCluster(bridge.endpoint);
    await expect(bridge.run({ launchType: 'FARGATE' })).rejects.toThrow('does not support launch_type FARGATE');
  });
});

describe('eventual consistency', () => {
  test('a new task is MISSING for so many calls', async () => {
    const { endpoint, ecs, run } = await open({ newTasksHidden: { calls: 2 } }, 'bridge');
    makeCluster(endpoint);
    const { tasks } = await run();
    const arn = tasks?.[0]?.taskArn ?? '';
    const look = () => ecs.send(new DescribeTasksCommand({ tasks: [arn] }));
    expect(await look()).toMatchObject({ tasks: [], failures: [{ arn, reason: 'MISSING' }] });
    expect((await look()).failures).toHaveLength(1);
    expect((await look()).tasks).toHaveLength(1);
    expect((await ecs.send(new ListTasksCommand({}))).taskArns).toEqual([arn]);
  });

  test('a new task is MISSING and unlisted for so long, and a stopped one goes after an hour', async () => {
    const time = createVirtualTime();
    const { endpoint, ecs, run } = await open({ clock: time.now, newTasksHidden: { milliseconds: 3000 } }, 'bridge');
    makeCluster(endpoint);
    const arn = (await run({ startedBy: 'me' })).tasks?.[0]?.taskArn ?? '';
    const seen = async () => {
      const { tasks } = await ecs.send(new DescribeTasksCommand({ tasks: [arn] }));
      const running = await ecs.send(new ListTasksCommand({ startedBy: 'me' }));
      const stopped = await ecs.send(new ListTasksCommand({ startedBy: 'me', desiredStatus: 'STOPPED' }));
      return [tasks?.length, running.taskArns?.length, stopped.taskArns?.length];
    };
    expect(await seen()).toEqual([0, 0, 0]);
    await time.advance(3000);
    expect(await seen()).toEqual([1, 1, 0]);
    await ecs.send(new StopTaskCommand({ task: arn }));
    expect(await seen()).toEqual([1, 0, 1]);
    await time.advance(3_600_000);
    expect(await seen()).toEqual([1, 0, 1]);
    await time.advance(1);
    expect(await seen()).toEqual([0, 0, 0]);
  });

  test('startedBy beside another filter is refused, beside a status not', async () => {
    const { endpoint, ecs } = await open({}, 'bridge');
    makeCluster(endpoint);
    for (const other of [{ family: 'job' }, { launchType: 'EC2' as const }, { serviceName: 'web' }]) {
      await expect(ecs.send(new ListTasksCommand({ startedBy: 'me', ...other }))).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    }
  });
});

describe('client tokens', () => {
  test('are per cluster and last 24 hours', async () => {
    const time = createVirtualTime();
    const { endpoint, run } = await open({ clock: time.now }, 'bridge');
    makeCluster(endpoint);
    endpoint.ecs('CreateCluster', { clusterName: 'other', capacityProviders: [] });
    const first = (await run({ clientToken: 'once' })).tasks?.[0]?.taskArn;
    await expect(run({ clientToken: 'once', cluster: 'other' })).rejects.toThrow('No Container Instances');
    await time.advance(24 * 3_600_000);
    expect((await run({ clientToken: 'once' })).tasks?.[0]?.taskArn).toBe(first);
    await expect(run({ clientToken: 'once', count: 2 })).rejects.toMatchObject({ name: 'ConflictException', resourceIds: [first] });
    await time.advance(1);
    expect((await run({ clientToken: 'once' })).tasks?.[0]?.taskArn).not.toBe(first);
  });
});

describe('throttling', () => {
  test('by ECS’s own quotas, shared by the operations of a group, refilled with time', async () => {
    const time = createVirtualTime();
    const { endpoint, ecs } = await open({ clock: time.now, throttling: true }, 'bridge');
    makeCluster(endpoint);
    const read = () =>
      ecs.send(new ListTasksCommand({})).then(
        () => 'accepted',
        (error: Error) => error.name,
      );
    const answers = [];
    for (let call = 0; call < 101; call += 1) {
      answers.push(await read());
    }
    expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(100);
    expect(answers.at(-1)).toBe('ThrottlingException');
    await expect(ecs.send(new DescribeTasksCommand({ tasks: ['x'] }))).rejects.toMatchObject({ message: 'Rate exceeded' });
    await time.advance(50);
    expect([await read(), await read()]).toEqual(['accepted', 'ThrottlingException']);
  });

  test('a bucket never holds more than its burst, nor admits more than it was given', () => {
    const quota = createRequestQuota(ECS_QUOTAS);
    const admitted = (operation: string, atMs: number): boolean => quota.admits(operation, new Date(atMs));
    const burst = Array.from({ length: 25 }, () => admitted('CreateCluster', 0)).filter(Boolean).length;
    const later = Array.from({ length: 25 }, () => admitted('CreateCluster', 3_600_000)).filter(Boolean).length;
    expect([burst, later]).toEqual([20, 20]);
    expect(admitted('NoGroup', 0)).toBe(true);
  });
});
