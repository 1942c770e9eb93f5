import {
  CreateClusterCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  type ECSClient,
  ListServicesCommand,
  paginateListServices,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { type LocalEndpoint, UnknownResourceError } from '../../src/index.js';
import { countingIds, steppingClock } from '../helpers/fixed-inputs.js';
import { addDefinition, addHost } from '../helpers/hosts.js';
import { closeAll, openSession } from '../helpers/open-endpoints.js';

const ARN = 'arn:aws:ecs:us-east-1:111122223333:service/default/web';

let endpoint: LocalEndpoint;
let ecs: ECSClient;

beforeEach(async () => {
  ({ endpoint, ecs } = await openSession({ clock: steppingClock(), newId: countingIds() }));
  await ecs.send(new CreateClusterCommand({}));
  addDefinition(endpoint, 'web');
});

afterEach(closeAll);

const list = async (filters: object = {}) => (await ecs.send(new ListServicesCommand(filters))).serviceArns;

test('a service is described with its definition, and with the tasks of its group', async () => {
  addHost(endpoint);
  endpoint.setService({ serviceName: 'web', taskDefinition: 'web', desiredCount: 3, placementConstraints: [{ type: 'distinctInstance' }] });
  await ecs.send(new RunTaskCommand({ taskDefinition: 'web', count: 2, group: 'service:web' }));
  await ecs.send(new RunTaskCommand({ taskDefinition: 'web', group: 'family:web' }));
  expect(await list()).toEqual([ARN]);

  const { services, failures } = await ecs.send(new DescribeServicesCommand({ services: ['web', ARN, 'other'] }));

  expect(failures).toEqual([{ arn: 'arn:aws:ecs:us-east-1:111122223333:service/default/other', reason: 'MISSING' }]);
  expect(services).toMatchObject([
    {
      serviceArn: ARN,
      serviceName: 'web',
      status: 'ACTIVE',
      launchType: 'EC2',
      schedulingStrategy: 'REPLICA',
      taskDefinition: 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:1',
      desiredCount: 3,
      runningCount: 2,
      pendingCount: 0,
      placementConstraints: [{ type: 'distinctInstance' }],
      deployments: [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }],
    },
  ]);
  expect(services?.[0]?.createdAt).toBeInstanceOf(Date);
});

test('one that is set again keeps its place; one that drains is described, and listed no more', async () => {
  for (const serviceName of ['web', 'api']) endpoint.setService({ serviceName, taskDefinition: 'web' });
  addDefinition(endpoint, 'web');
  endpoint.setService({ serviceName: 'web', taskDefinition: 'web:2', desiredCount: 0 });
  expect(await list()).toEqual([ARN, ARN.replace('web', 'api')]);
  endpoint.setService({ serviceName: 'web', taskDefinition: 'web:2', status: 'DRAINING' });
  expect(await list()).toEqual([ARN.replace('web', 'api')]);
  const { services } = await ecs.send(new DescribeServicesCommand({ services: ['web'] }));
  expect(services).toMatchObject([{ status: 'DRAINING', taskDefinition: expect.stringMatching(/web:2$/) }]);
  const { clusters } = await ecs.send(new DescribeClustersCommand({}));
  expect(clusters).toMatchObject([{ activeServicesCount: 1 }]);
});

test('a page holds ten unless told otherwise, and filters take what they say', async () => {
  const names = Array.from({ length: 25 }, (_, index) => `s${index}`);
  for (const [index, serviceName] of names.entries()) {
    endpoint.setService({
      serviceName,
      taskDefinition: 'web',
      ...(index % 5 === 0 ? { schedulingStrategy: 'DAEMON' } : {}),
      ...(index % 2 === 0 ? { capacityProviderStrategy: [{ capacityProvider: 'hosts', weight: 1 }] } : {}),
    });
  }
  const pages: (string[] | undefined)[] = [];
  for await (const page of paginateListServices({ client: ecs }, {})) pages.push(page.serviceArns);
  expect(pages.map((page) => page?.length)).toEqual([10, 10, 5]);
  expect(pages.flat().map((arn) => arn?.split('/').at(-1))).toEqual(names);
  expect(await list({ maxResults: 100 })).toHaveLength(25);
  expect(await list({ schedulingStrategy: 'DAEMON' })).toHaveLength(5);
  expect(await list({ launchType: 'EC2', maxResults: 100 })).toHaveLength(12);
  expect(await list({ launchType: 'FARGATE' })).toEqual([]);
  const { nextToken } = await ecs.send(new ListServicesCommand({ maxResults: 1 }));
  await expect(list({ nextToken, launchType: 'EC2' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('what ECS refuses is refused', async () => {
  const cluster = 'other';
  await expect(list({ cluster })).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  await expect(ecs.send(new DescribeServicesCommand({ cluster, services: ['web'] }))).rejects.toMatchObject({
    name: 'ClusterNotFoundException',
  });
  const eleven = Array.from({ length: 11 }, (_, index) => `s${index}`);
  for (const services of [[], eleven]) {
    await expect(ecs.send(new DescribeServicesCommand({ services }))).rejects.toMatchObject({ name: 'InvalidParameterException' });
  }
  for (const filter of [{ maxResults: 0 }, { maxResults: 101 }, { launchType: 'EC3' }, { schedulingStrategy: 'SOME' }]) {
    await expect(list(filter)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  }
  expect(() => endpoint.setService({ serviceName: 'web', taskDefinition: 'nothing' })).toThrow(UnknownResourceError);
  expect(() => endpoint.setService({ cluster, serviceName: 'web', taskDefinition: 'web' })).toThrow(UnknownResourceError);
});

test('IAM is asked for the service where it is named, and for the cluster by condition', async () => {
  endpoint.setService({ serviceName: 'web', taskDefinition: 'web' });
  endpoint.clearCalls();
  await list();
  await ecs.send(new DescribeServicesCommand({ services: ['web'] }));
  const conditionKeys = { 'ecs:cluster': 'arn:aws:ecs:us-east-1:111122223333:cluster/default' };
  expect(endpoint.recordedCalls().map(({ iamActions }) => iamActions)).toEqual([
    [{ action: 'ecs:ListServices', resources: ['*'], conditionKeys }],
    [{ action: 'ecs:DescribeServices', resources: [ARN], conditionKeys }],
  ]);
});
