import {
  DescribeTasksCommand,
  type ECSClient,
  type PlacementStrategy,
  RunTaskCommand,
  type RunTaskCommandInput,
} from '@aws-sdk/client-ecs';
import type { LocalEndpoint } from '../../src/index.js';
import { addDefinition, addHost, expectAccepted } from '../helpers/hosts.js';
import { closeAll, openSession } from '../helpers/open-endpoints.js';

let endpoint: LocalEndpoint;
let ecs: ECSClient;

beforeEach(async () => {
  ({ endpoint, ecs } = await openSession());
});

afterEach(closeAll);

/** Runs tasks one by one or at once and names their hosts by place of registration. */
async function hostsOf(hosts: readonly string[], input: Partial<RunTaskCommandInput> = {}): Promise<readonly number[]> {
  const { tasks } = await ecs.send(new RunTaskCommand({ taskDefinition: 'web', ...input }));
  return tasks?.map(({ containerInstanceArn }) => hosts.indexOf(containerInstanceArn ?? '')) ?? [];
}

async function failuresOf(input: Partial<RunTaskCommandInput> = {}): Promise<readonly unknown[]> {
  const { failures } = await ecs.send(new RunTaskCommand({ taskDefinition: 'web', ...input }));
  return failures?.map(({ arn, reason }) => [arn, reason]) ?? [];
}

describe('want of room', () => {
  test.each([
    ['CPU', { cpu: 4096 }],
    ['MEMORY', { memory: 8000 }],
    ['PORTS', { portMappings: [{ containerPort: 22, hostPort: 22 }] }],
    ['GPU', { resourceRequirements: [{ type: 'GPU', value: '1' }] }],
  ])('is a failure RESOURCE:%s of the host, not an error', async (resource, container) => {
    const host = addHost(endpoint);
    addDefinition(endpoint, 'web', container);
    expect(await failuresOf()).toEqual([[host, `RESOURCE:${resource}`]]);
  });

  test.each([
    ['CPU', { cpu: 256 }, { cpu: 255 }],
    ['MEMORY', { memory: 512 }, { memory: 511 }],
    ['GPU', { gpus: ['g0', 'g1'] }, { gpus: ['g0'] }],
  ])('begins one unit below what the task takes: %s', async (resource, enough, less) => {
    addDefinition(endpoint, 'web', { resourceRequirements: [{ type: 'GPU', value: '2' }] });
    const gpus = ['g0', 'g1'];
    addHost(endpoint, { cluster: 'enough', gpus, ...enough });
    const host = addHost(endpoint, { cluster: 'less', gpus, ...less });
    expect(await failuresOf({ cluster: 'enough' })).toEqual([]);
    expect(await failuresOf({ cluster: 'less' })).toEqual([[host, `RESOURCE:${resource}`]]);
  });

  test('a disconnected agent is a failure AGENT', async () => {
    const [first, second] = [addHost(endpoint), addHost(endpoint, { cpu: 128 })];
    addDefinition(endpoint, 'web');
    endpoint.setAgentConnected(first, false);
    expect(await failuresOf()).toEqual([
      [first, 'AGENT'],
      [second, 'RESOURCE:CPU'],
    ]);
  });

  test('a run that fits in part places that part', async () => {
    const host = addHost(endpoint, { cpu: 600 });
    addDefinition(endpoint, 'web');
    const { tasks, failures } = await ecs.send(new RunTaskCommand({ taskDefinition: 'web', count: 5 }));
    expect(tasks).toHaveLength(2);
    expect(failures).toEqual([{ arn: host, reason: 'RESOURCE:CPU' }]);
  });

  test('a demand of 0 CPU fits a host without CPU', async () => {
    const host = addHost(endpoint, { cpu: 0 });
    addDefinition(endpoint, 'web', { cpu: 0 });
    expect(await hostsOf([host])).toEqual([0]);
  });

  test('a fixed port is taken once a host, a udp port of the same number apart from it, an awsvpc port not at all', async () => {
    const hosts = [addHost(endpoint), addHost(endpoint)];
    addDefinition(endpoint, 'web', { portMappings: [{ containerPort: 80, hostPort: 8080 }] });
    addDefinition(endpoint, 'dns', { portMappings: [{ containerPort: 80, hostPort: 8080, protocol: 'udp' }] });
    expectAccepted(
      endpoint.ecs('RegisterTaskDefinition', {
        family: 'vpc',
        networkMode: 'awsvpc',
        containerDefinitions: [{ name: 'app', image: 'app', memory: 1, portMappings: [{ containerPort: 8080 }] }],
      }),
    );
    expect([...(await hostsOf(hosts, { count: 2 }))].sort()).toEqual([0, 1]);
    expect((await failuresOf()).map((failure) => (failure as string[])[1])).toEqual(['RESOURCE:PORTS', 'RESOURCE:PORTS']);
    expect(await hostsOf(hosts, { taskDefinition: 'dns' })).toHaveLength(1);
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'] } };
    expect(await hostsOf(hosts, { taskDefinition: 'vpc', count: 4, networkConfiguration })).toHaveLength(4);
    await expect(hostsOf(hosts, { taskDefinition: 'vpc' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('GPUs are handed out by id, container by container, and never twice', async () => {
    const host = addHost(endpoint, { gpus: ['g0', 'g1', 'g2'] });
    const gpus = (value: string) => ({ image: 'app', memory: 10, resourceRequirements: [{ type: 'GPU', value }] });
    const containerDefinitions = [
      { ...gpus('2'), name: 'two' },
      { ...gpus('1'), name: 'one' },
    ];
    expectAccepted(endpoint.ecs('RegisterTaskDefinition', { family: 'web', containerDefinitions }));
    const { tasks } = await ecs.send(new RunTaskCommand({ taskDefinition: 'web', count: 2 }));
    const described = await ecs.send(new DescribeTasksCommand({ tasks: [tasks?.[0]?.taskArn ?? ''] }));
    expect(tasks).toHaveLength(1);
    expect(described.tasks?.[0]?.containers?.map(({ gpuIds }) => gpuIds)).toEqual([['g0', 'g1'], ['g2']]);
    expect(await failuresOf()).toEqual([[host, 'RESOURCE:GPU']]);
  });
});

describe('strategies', () => {
  test('binpack fills the host with the least room left that still fits', async () => {
    const hosts = [addHost(endpoint, { cpu: 2048 }), addHost(endpoint, { cpu: 600 }), addHost(endpoint, { cpu: 1024 })];
    addDefinition(endpoint, 'web');
    const placementStrategy: PlacementStrategy[] = [{ type: 'binpack', field: 'cpu' }];
    expect(await hostsOf(hosts, { count: 7, placementStrategy })).toEqual([1, 1, 2, 2, 2, 2, 0]);
  });

  test('binpack by memory looks at memory only', async () => {
    const hosts = [addHost(endpoint, { cpu: 512, memory: 3000 }), addHost(endpoint, { cpu: 2048, memory: 1000 })];
    addDefinition(endpoint, 'web');
    expect(await hostsOf(hosts, { placementStrategy: [{ type: 'binpack', field: 'MEMORY' }] })).toEqual([1]);
  });

  test('spread by instance counts tasks of the same group only', async () => {
    const hosts = [addHost(endpoint), addHost(endpoint)];
    addDefinition(endpoint, 'web');
    addDefinition(endpoint, 'job');
    const placementStrategy: PlacementStrategy[] = [{ type: 'spread', field: 'instanceId' }];
    expect(await hostsOf(hosts, { count: 3, placementStrategy })).toEqual([0, 1, 0]);
    expect(await hostsOf(hosts, { taskDefinition: 'job', count: 2, placementStrategy })).toEqual([0, 1]);
    expect(await hostsOf(hosts, { placementStrategy })).toEqual([1]);
  });

  test('spread over zones, then binpack within one', async () => {
    const zone = (name: string, cpu: number) => addHost(endpoint, { zone: name, cpu });
    const hosts = [zone('a', 2048), zone('a', 1024), zone('a', 512), zone('b', 2048)];
    addDefinition(endpoint, 'web');
    const placementStrategy: PlacementStrategy[] = [
      { type: 'spread', field: 'attribute:ecs.availability-zone' },
      { type: 'binpack', field: 'cpu' },
    ];
    expect(await hostsOf(hosts, { count: 6, placementStrategy })).toEqual([2, 3, 2, 3, 1, 3]);
  });

  test('without a strategy tasks are scattered at random, the same for the same seed', async () => {
    const placed = async (seed: number) => {
      const { endpoint: seeded, ecs: client } = await openSession({ seed });
      const hosts = Array.from({ length: 20 }, () => addHost(seeded));
      addDefinition(seeded, 'web');
      const { tasks } = await client.send(new RunTaskCommand({ taskDefinition: 'web', count: 10 }));
      return tasks?.map(({ containerInstanceArn }) => hosts.indexOf(containerInstanceArn ?? ''));
    };
    const [first, again, other] = [await placed(7), await placed(7), await placed(8)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(4);
  });

  test.each([[{ type: 'binpack', field: 'disk' }], [{ type: 'spread', field: '' }], [{ type: 'nearest' }]])(
    '%j is refused',
    async (rule) => {
      addHost(endpoint);
      addDefinition(endpoint, 'web');
      await expect(failuresOf({ placementStrategy: [rule as PlacementStrategy] })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    },
  );
});

describe('constraints', () => {
  test('distinctInstance puts at most one task of a group on a host', async () => {
    const hosts = [addHost(endpoint), addHost(endpoint)];
    addDefinition(endpoint, 'web');
    const placementConstraints = [{ type: 'distinctInstance' as const }];
    const { tasks, failures } = await ecs.send(new RunTaskCommand({ taskDefinition: 'web', count: 3, placementConstraints }));
    expect(tasks).toHaveLength(2);
    expect(failures).toEqual(hosts.map((arn) => ({ arn, reason: 'DistinctInstance placement constraint unsatisfied.' })));
    expect(await hostsOf(hosts, { group: 'other', count: 2, placementConstraints })).toHaveLength(2);
  });

  test('a task told to stop makes room for its group', async () => {
    const hosts = [addHost(endpoint)];
    addDefinition(endpoint, 'web');
    const placementConstraints = [{ type: 'distinctInstance' as const }];
    const { tasks } = await ecs.send(new RunTaskCommand({ taskDefinition: 'web', placementConstraints }));
    expectAccepted(endpoint.ecs('StopTask', { task: tasks?.[0]?.taskArn }));
    expect(await hostsOf(hosts, { placementConstraints })).toEqual([0]);
  });

  test('memberOf is refused clearly, in the run and in the definition', async () => {
    addHost(endpoint);
    addDefinition(endpoint, 'web');
    const memberOf = { type: 'memberOf' as const, expression: 'attribute:ecs.instance-type == c5.large' };
    const containerDefinitions = [{ name: 'app', image: 'app', memory: 1 }];
    expectAccepted(endpoint.ecs('RegisterTaskDefinition', { family: 'choosy', placementConstraints: [memberOf], containerDefinitions }));
    const message = expect.stringContaining('memberOf is not modelled');
    await expect(failuresOf({ placementConstraints: [memberOf] })).rejects.toMatchObject({ name: 'InvalidParameterException', message });
    await expect(failuresOf({ taskDefinition: 'choosy' })).rejects.toMatchObject({ name: 'InvalidParameterException', message });
  });
});

describe('refused runs', () => {
  test.each<[string, Partial<RunTaskCommandInput>, string]>([
    ['an unknown definition', { taskDefinition: 'nobody' }, 'ClientException'],
    ['an unknown revision', { taskDefinition: 'web:2' }, 'ClientException'],
    ['no task', { count: 0 }, 'InvalidParameterException'],
    ['eleven tasks', { count: 11 }, 'InvalidParameterException'],
    ['Fargate', { launchType: 'FARGATE' }, 'InvalidParameterException'],
    ['a capacity provider', { capacityProviderStrategy: [{ capacityProvider: 'cp' }] }, 'InvalidParameterException'],
    ['a starter with spaces', { startedBy: 'some one' }, 'InvalidParameterException'],
    ['a client token above 64 characters', { clientToken: 'x'.repeat(65) }, 'InvalidParameterException'],
    ['overrides that are no size', { overrides: { cpu: 'much' } }, 'InvalidParameterException'],
  ])('%s', async (_name, input, name) => {
    addHost(endpoint);
    addDefinition(endpoint, 'web');
    await expect(failuresOf(input)).rejects.toMatchObject({ name });
  });

  test('a cluster without hosts', async () => {
    expectAccepted(endpoint.ecs('CreateCluster', {}));
    addDefinition(endpoint, 'web');
    await expect(failuresOf()).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'No Container Instances were found in your cluster.',
    });
  });
});
