import {
  CreateClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListContainerInstancesCommand,
  ListTasksCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateContainerInstancesStateCommand,
} from '@aws-sdk/client-ecs';
import type { LocalEndpoint } from '../../src/index.js';
import { countingIds, steppingClock } from '../helpers/fixed-inputs.js';
import { AGENT_PORTS, addDefinition, addHost, resources, resourceValue, roomOf } from '../helpers/hosts.js';
import { closeAll, openSession } from '../helpers/open-endpoints.js';

let endpoint: LocalEndpoint;
let ecs: ECSClient;

beforeEach(async () => {
  ({ endpoint, ecs } = await openSession({ clock: steppingClock(), newId: countingIds() }));
});

afterEach(closeAll);

describe('clusters', () => {
  test('default is not there until it is created', async () => {
    await expect(ecs.send(new ListTasksCommand({}))).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    });
    const before = await ecs.send(new DescribeClustersCommand({}));
    expect(before.failures).toEqual([{ arn: 'arn:aws:ecs:us-east-1:111122223333:cluster/default', reason: 'MISSING' }]);

    await ecs.send(new CreateClusterCommand({}));

    const after = await ecs.send(
      new DescribeClustersCommand({ clusters: ['default', 'arn:aws:ecs:us-east-1:111122223333:cluster/other'] }),
    );
    expect(after.clusters?.map(({ clusterName, status }) => [clusterName, status])).toEqual([['default', 'ACTIVE']]);
    expect(after.failures).toEqual([{ arn: 'arn:aws:ecs:us-east-1:111122223333:cluster/other', reason: 'MISSING' }]);
  });

  test('creating one again answers the one that is there', async () => {
    await ecs.send(new CreateClusterCommand({ clusterName: 'shop', tags: [{ key: 'team', value: 'a' }] }));
    addHost(endpoint, { cluster: 'shop' });
    const again = await ecs.send(new CreateClusterCommand({ clusterName: 'shop' }));
    expect(again.cluster).toMatchObject({ registeredContainerInstancesCount: 1, tags: [{ key: 'team', value: 'a' }] });
  });

  test('an ARN of another region or account is not found', async () => {
    await ecs.send(new CreateClusterCommand({}));
    const cluster = 'arn:aws:ecs:eu-west-1:111122223333:cluster/default';
    await expect(ecs.send(new ListTasksCommand({ cluster }))).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});

describe('container instances', () => {
  test('registration reads the identity document and answers in the shape of Describe', async () => {
    await ecs.send(new CreateClusterCommand({}));
    const document = { instanceId: 'i-0123456789abcdef0', availabilityZone: 'us-east-1b', instanceType: 'c5.large', imageId: 'ami-1' };
    const { containerInstance } = await ecs.send(
      new RegisterContainerInstanceCommand({
        instanceIdentityDocument: JSON.stringify(document),
        totalResources: resources({ gpus: ['GPU-0'] }),
        attributes: [{ name: 'ecs.os-type', value: 'linux' }, { name: 'com.amazonaws.ecs.capability.ecr-auth' }],
        versionInfo: { agentVersion: '1.68.2', agentHash: '4943e4d8', dockerVersion: 'DockerVersion: 20.10.17' },
      }),
    );

    expect(containerInstance).toMatchObject({
      ec2InstanceId: 'i-0123456789abcdef0',
      status: 'ACTIVE',
      agentConnected: true,
      version: 1,
      runningTasksCount: 0,
      pendingTasksCount: 0,
      attachments: [],
      tags: [],
    });
    expect(containerInstance?.registeredAt).toBeInstanceOf(Date);
    expect(containerInstance?.attributes).toEqual([
      { name: 'ecs.availability-zone', value: 'us-east-1b' },
      { name: 'ecs.instance-type', value: 'c5.large' },
      { name: 'ecs.ami-id', value: 'ami-1' },
      { name: 'ecs.os-type', value: 'linux' },
      { name: 'com.amazonaws.ecs.capability.ecr-auth' },
    ]);
    expect(containerInstance?.remainingResources?.[0]).toEqual({
      name: 'CPU',
      type: 'INTEGER',
      doubleValue: 0,
      longValue: 0,
      integerValue: 2048,
    });
    expect(containerInstance?.remainingResources?.[2]).toEqual({
      name: 'PORTS',
      type: 'STRINGSET',
      doubleValue: 0,
      longValue: 0,
      integerValue: 0,
      stringSetValue: AGENT_PORTS,
    });
    expect(containerInstance?.remainingResources).toEqual(containerInstance?.registeredResources);
  });

  test('an agent that registers again under its ARN keeps its tasks and is connected', async () => {
    const containerInstanceArn = addHost(endpoint);
    addDefinition(endpoint, 'web');
    await ecs.send(new RunTaskCommand({ taskDefinition: 'web' }));
    endpoint.setAgentConnected(containerInstanceArn, false);

    const { containerInstance } = await ecs.send(
      new RegisterContainerInstanceCommand({ containerInstanceArn, totalResources: resources() }),
    );

    expect(containerInstance).toMatchObject({ containerInstanceArn, agentConnected: true, runningTasksCount: 1, version: 4 });
    expect(roomOf(containerInstance)).toEqual([1792, 3256]);
    const grown = new RegisterContainerInstanceCommand({ containerInstanceArn, totalResources: resources({ cpu: 4096 }) });
    await expect(ecs.send(grown)).rejects.toMatchObject({
      name: 'ClientException',
      message: 'Container instance type changes are not supported.',
    });
  });

  test('describe answers what is there and names what is missing, by id or ARN', async () => {
    const arn = addHost(endpoint);
    const id = arn.slice(arn.lastIndexOf('/') + 1);
    const abroad = arn.replace('us-east-1', 'eu-west-1');
    const answer = await ecs.send(new DescribeContainerInstancesCommand({ containerInstances: [id, arn, 'gone', abroad] }));
    expect(answer.containerInstances?.map(({ containerInstanceArn }) => containerInstanceArn)).toEqual([arn]);
    expect(answer.failures).toEqual([
      { arn: 'arn:aws:ecs:us-east-1:111122223333:container-instance/default/gone', reason: 'MISSING' },
      { arn: abroad, reason: 'MISSING' },
    ]);
  });

  test.each([0, 101])('describing %i at once is refused', async (count) => {
    addHost(endpoint);
    const containerInstances = Array.from({ length: count }, (_, index) => `id-${index}`);
    await expect(ecs.send(new DescribeContainerInstancesCommand({ containerInstances }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('a listing without status leaves out INACTIVE hosts only', async () => {
    const [active, draining, gone] = [addHost(endpoint), addHost(endpoint), addHost(endpoint)];
    await ecs.send(new UpdateContainerInstancesStateCommand({ containerInstances: [draining], status: 'DRAINING' }));
    await ecs.send(new DeregisterContainerInstanceCommand({ containerInstance: gone }));

    const all = await ecs.send(new ListContainerInstancesCommand({}));
    const only = await ecs.send(new ListContainerInstancesCommand({ status: 'DRAINING' }));

    expect(all.containerInstanceArns).toEqual([active, draining]);
    expect(only.containerInstanceArns).toEqual([draining]);
    await expect(ecs.send(new ListContainerInstancesCommand({ filter: 'agentConnected==true' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('filter is not modelled'),
    });
  });

  test('DRAINING hosts take no task, and ACTIVE ones take them again', async () => {
    const host = addHost(endpoint);
    addDefinition(endpoint, 'web');
    const drained = await ecs.send(new UpdateContainerInstancesStateCommand({ containerInstances: [host, 'gone'], status: 'DRAINING' }));
    expect(drained.containerInstances?.[0]).toMatchObject({ status: 'DRAINING', version: 2 });
    expect(drained.failures).toMatchObject([{ reason: 'MISSING' }]);
    await expect(ecs.send(new RunTaskCommand({ taskDefinition: 'web' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'No Container Instances were found in your cluster.',
    });

    const again = await ecs.send(new UpdateContainerInstancesStateCommand({ containerInstances: [host], status: 'ACTIVE' }));
    const twice = await ecs.send(new UpdateContainerInstancesStateCommand({ containerInstances: [host], status: 'ACTIVE' }));

    expect([again, twice].map(({ containerInstances }) => containerInstances?.[0]?.version)).toEqual([3, 3]);
    expect((await ecs.send(new RunTaskCommand({ taskDefinition: 'web' }))).tasks).toHaveLength(1);
  });

  test('deregistration needs force where tasks run, stops them, and leaves the host describable as INACTIVE', async () => {
    const containerInstance = addHost(endpoint);
    addDefinition(endpoint, 'web');
    const { tasks } = await ecs.send(new RunTaskCommand({ taskDefinition: 'web' }));
    await expect(ecs.send(new DeregisterContainerInstanceCommand({ containerInstance }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Found running tasks on the instance.',
    });

    const gone = await ecs.send(new DeregisterContainerInstanceCommand({ containerInstance, force: true }));

    expect(gone.containerInstance).toMatchObject({ status: 'INACTIVE', runningTasksCount: 0 });
    const described = await ecs.send(new DescribeContainerInstancesCommand({ containerInstances: [containerInstance] }));
    expect(described.containerInstances?.[0]).toEqual(gone.containerInstance);
    const stopped = await ecs.send(new DescribeTasksCommand({ tasks: [tasks?.[0]?.taskArn ?? ''] }));
    expect(stopped.tasks?.[0]).toMatchObject({ lastStatus: 'STOPPED', stoppedReason: 'Container instance deregistration forced by user' });
    await expect(ecs.send(new DeregisterContainerInstanceCommand({ containerInstance }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    const drained = await ecs.send(new UpdateContainerInstancesStateCommand({ containerInstances: [containerInstance], status: 'ACTIVE' }));
    expect(drained.failures).toEqual([{ arn: containerInstance, reason: 'INACTIVE' }]);
  });
});

describe('task definitions', () => {
  test('revisions count up, defaults are filled in, and sizes become integers', async () => {
    const register = (cpu: string) =>
      ecs.send(
        new RegisterTaskDefinitionCommand({
          family: 'web',
          cpu,
          memory: '1 GB',
          networkMode: 'host',
          containerDefinitions: [{ name: 'app', image: 'app:1', portMappings: [{ containerPort: 80 }], dockerLabels: { a: 'b' } }],
        }),
      );
    await register('256');
    await register('.5 vCPU');

    const newest = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web' }));
    const first = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:1' }),
    );

    expect(newest.taskDefinition).toMatchObject({ revision: 2, cpu: '512', memory: '1024', status: 'ACTIVE' });
    expect(newest.taskDefinition?.containerDefinitions?.[0]).toMatchObject({
      essential: true,
      cpu: 0,
      environment: [],
      portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }],
    });
    expect(first.taskDefinition).toMatchObject({ revision: 1, cpu: '256' });
    await expect(ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web:3' }))).rejects.toMatchObject({
      name: 'ClientException',
      message: 'Unable to describe task definition.',
    });
  });

  const container = { name: 'app', image: 'app:1', memory: 128 };
  test.each([
    ['no containers', []],
    ['a container without memory', [{ name: 'app', image: 'app:1' }]],
    ['a container without a name', [{ image: 'app:1', memory: 128 }]],
    ['a reservation above the limit', [{ ...container, memoryReservation: 256 }]],
    ['no essential container', [{ ...container, essential: false }]],
    ['one name twice', [container, container]],
    [
      'one host port twice',
      [
        {
          ...container,
          portMappings: [
            { containerPort: 1, hostPort: 80 },
            { containerPort: 2, hostPort: 80 },
          ],
        },
      ],
    ],
    ['a port above 65535', [{ ...container, portMappings: [{ containerPort: 65_536 }] }]],
    ['half a GPU', [{ ...container, resourceRequirements: [{ type: 'GPU' as const, value: '0.5' }] }]],
    ['CPU below 0', [{ ...container, cpu: -1 }]],
  ])('%s is refused', async (_name, containerDefinitions) => {
    await expect(ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions }))).rejects.toMatchObject({
      name: 'ClientException',
    });
    await expect(ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web' }))).rejects.toMatchObject({ name: 'ClientException' });
  });
});

describe('tasks', () => {
  test('a run answers PENDING, then the task is RUNNING with its ports bound', async () => {
    const host = addHost(endpoint, { zone: 'us-east-1a' });
    addDefinition(endpoint, 'web', {
      portMappings: [{ containerPort: 80, hostPort: 8080 }, { containerPort: 81 }, { containerPort: 82, protocol: 'udp', hostPort: 53 }],
    });
    const run = await ecs.send(
      new RunTaskCommand({ taskDefinition: 'web', startedBy: 'me', enableExecuteCommand: true, tags: [{ key: 'a', value: 'b' }] }),
    );
    expect(run.failures).toEqual([]);
    expect(run.tasks?.[0]).toMatchObject({
      lastStatus: 'PENDING',
      desiredStatus: 'RUNNING',
      group: 'family:web',
      tags: [{ key: 'a', value: 'b' }],
    });

    const { tasks } = await ecs.send(new DescribeTasksCommand({ tasks: [run.tasks?.[0]?.taskArn ?? ''] }));

    expect(tasks?.[0]).toMatchObject({
      lastStatus: 'RUNNING',
      availabilityZone: 'us-east-1a',
      containerInstanceArn: host,
      cpu: '256',
      memory: '512',
      startedBy: 'me',
      enableExecuteCommand: true,
      tags: [],
      version: 2,
    });
    expect(tasks?.[0]?.containers?.[0]?.networkBindings).toEqual([
      { bindIP: '0.0.0.0', containerPort: 80, hostPort: 8080, protocol: 'tcp' },
      { bindIP: '0.0.0.0', containerPort: 81, hostPort: 49153, protocol: 'tcp' },
      { bindIP: '0.0.0.0', containerPort: 82, hostPort: 53, protocol: 'udp' },
    ]);
    const described = await ecs.send(new DescribeContainerInstancesCommand({ containerInstances: [host] }));
    expect(resourceValue(described.containerInstances?.[0]?.remainingResources, 'PORTS')).toEqual([...AGENT_PORTS, '8080']);
    expect(resourceValue(described.containerInstances?.[0]?.remainingResources, 'PORTS_UDP')).toEqual(['53']);
  });

  test('stopping gives everything back and keeps the task describable', async () => {
    const host = addHost(endpoint);
    addDefinition(endpoint, 'web', { portMappings: [{ containerPort: 80, hostPort: 8080 }, { containerPort: 81 }] });
    const run = async () => (await ecs.send(new RunTaskCommand({ taskDefinition: 'web' }))).tasks?.[0]?.taskArn ?? '';
    const task = await run();

    const stop = await ecs.send(new StopTaskCommand({ task, reason: 'enough' }));

    expect(stop.task).toMatchObject({
      desiredStatus: 'STOPPED',
      lastStatus: 'RUNNING',
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
    });
    const { tasks } = await ecs.send(new DescribeTasksCommand({ tasks: [task, 'gone'] }));
    expect(tasks?.[0]).toMatchObject({ lastStatus: 'STOPPED', stoppedReason: 'enough', version: 4, containers: [{ exitCode: 143 }] });
    expect((await ecs.send(new StopTaskCommand({ task }))).task).toMatchObject({ stoppedReason: 'enough', version: 4 });
    const described = await ecs.send(new DescribeContainerInstancesCommand({ containerInstances: [host] }));
    expect(described.containerInstances?.[0]?.remainingResources).toEqual(described.containerInstances?.[0]?.registeredResources);
    expect(described.containerInstances?.[0]).toMatchObject({ runningTasksCount: 0 });
    const again = await ecs.send(new DescribeTasksCommand({ tasks: [await run()] }));
    expect(again.tasks?.[0]?.containers?.[0]?.networkBindings?.map(({ hostPort }) => hostPort)).toEqual([8080, 49153]);
    await expect(ecs.send(new StopTaskCommand({ task: 'gone' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The referenced task was not found.',
    });
  });

  test('a held task stays PENDING until it is started', async () => {
    const { endpoint: held, ecs: client } = await openSession({ taskStart: 'held' });
    const host = addHost(held);
    addDefinition(held, 'web');
    const { tasks } = await client.send(new RunTaskCommand({ taskDefinition: 'web', count: 2 }));
    const count = async () => {
      const { containerInstances } = await client.send(new DescribeContainerInstancesCommand({ containerInstances: [host] }));
      return [containerInstances?.[0]?.pendingTasksCount, containerInstances?.[0]?.runningTasksCount];
    };
    expect(await count()).toEqual([2, 0]);

    held.startPendingTask(tasks?.[0]?.taskArn ?? '');

    expect(await count()).toEqual([1, 1]);
    const { task } = await client.send(new StopTaskCommand({ task: tasks?.[1]?.taskArn }));
    const stopped = await client.send(new DescribeTasksCommand({ tasks: [task?.taskArn ?? ''] }));
    expect(stopped.tasks?.[0]?.containers?.[0]).not.toHaveProperty('exitCode');
    expect(() => held.startPendingTask('arn:nobody')).toThrow(expect.objectContaining({ code: 'UNKNOWN_RESOURCE' }));
  });

  test('overrides change what a task takes', async () => {
    const host = addHost(endpoint);
    addDefinition(endpoint, 'web');
    await ecs.send(
      new RunTaskCommand({
        taskDefinition: 'web',
        overrides: { containerOverrides: [{ name: 'app', cpu: 100, memory: 1000, memoryReservation: 300, command: ['x'] }] },
      }),
    );
    const { tasks } = await ecs.send(new RunTaskCommand({ taskDefinition: 'web', overrides: { cpu: '1 vCPU', memory: '2 GB' } }));
    expect(tasks?.[0]).toMatchObject({
      cpu: '1024',
      memory: '2048',
      overrides: { cpu: '1024', memory: '2048', containerOverrides: [{ name: 'app' }] },
    });
    const { containerInstances } = await ecs.send(new DescribeContainerInstancesCommand({ containerInstances: [host] }));
    expect(roomOf(containerInstances?.[0])).toEqual([2048 - 100 - 1024, 3768 - 300 - 2048]);
    const unknown = new RunTaskCommand({ taskDefinition: 'web', overrides: { containerOverrides: [{ name: 'other' }] } });
    await expect(ecs.send(unknown)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('listings filter by host, family, starter, service and desired status', async () => {
    const host = addHost(endpoint);
    addDefinition(endpoint, 'web');
    addDefinition(endpoint, 'job');
    const run = async (input: object) =>
      (await ecs.send(new RunTaskCommand({ taskDefinition: 'web', ...input }))).tasks?.[0]?.taskArn ?? '';
    const web = await run({ startedBy: 'me' });
    const job = await run({ taskDefinition: 'job' });
    const served = await run({ group: 'service:shop' });
    await ecs.send(new StopTaskCommand({ task: job }));
    const list = async (input: object) => (await ecs.send(new ListTasksCommand(input))).taskArns;

    expect(await list({})).toEqual([web, served]);
    expect(await list({ desiredStatus: 'STOPPED' })).toEqual([job]);
    expect(await list({ desiredStatus: 'PENDING' })).toEqual([]);
    expect(await list({ family: 'web' })).toEqual([web, served]);
    expect(await list({ startedBy: 'me' })).toEqual([web]);
    expect(await list({ serviceName: 'shop' })).toEqual([served]);
    expect(await list({ containerInstance: host, family: 'web' })).toEqual([web, served]);
    expect(await list({ launchType: 'FARGATE' })).toEqual([]);
    await expect(list({ startedBy: 'me', family: 'web' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(list({ containerInstance: 'gone' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('stopped tasks are forgotten oldest first', async () => {
    const { endpoint: small, ecs: client } = await openSession({ retainedStoppedTasks: 2 });
    addHost(small);
    addDefinition(small, 'web');
    const { tasks } = await client.send(new RunTaskCommand({ taskDefinition: 'web', count: 3 }));
    const arns = tasks?.map(({ taskArn }) => taskArn ?? '') ?? [];
    for (const task of arns) {
      await client.send(new StopTaskCommand({ task }));
    }
    const described = await client.send(new DescribeTasksCommand({ tasks: arns }));
    expect(described.tasks?.map(({ taskArn }) => taskArn)).toEqual(arns.slice(1));
    expect(described.failures).toEqual([{ arn: arns[0], reason: 'MISSING' }]);
  });
});

describe('client tokens', () => {
  beforeEach(() => {
    addHost(endpoint);
    addDefinition(endpoint, 'web');
  });

  test('the same request twice runs one task and answers the same', async () => {
    const input = { taskDefinition: 'web', clientToken: 'once' };
    const first = await ecs.send(new RunTaskCommand(input));
    const second = await ecs.send(new RunTaskCommand(input));
    expect(second.tasks).toEqual(first.tasks);
    expect((await ecs.send(new ListTasksCommand({}))).taskArns).toHaveLength(1);
  });

  test('another request under the token conflicts and names the tasks', async () => {
    const { tasks } = await ecs.send(new RunTaskCommand({ taskDefinition: 'web', clientToken: 'once' }));
    await expect(ecs.send(new RunTaskCommand({ taskDefinition: 'web', clientToken: 'once', count: 2 }))).rejects.toMatchObject({
      name: 'ConflictException',
      resourceIds: [tasks?.[0]?.taskArn],
    });
  });

  test('a token is forgotten after 24 hours', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const { endpoint: timed, ecs: client } = await openSession({ clock: () => now });
    addHost(timed);
    addDefinition(timed, 'web');
    const run = async () => (await client.send(new RunTaskCommand({ taskDefinition: 'web', clientToken: 'once' }))).tasks?.[0]?.taskArn;
    const first = await run();
    now = new Date('2026-01-02T00:00:00Z');
    expect(await run()).toBe(first);
    now = new Date('2026-01-02T00:00:00.001Z');
    expect(await run()).not.toBe(first);
  });
});
