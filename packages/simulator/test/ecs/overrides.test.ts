import { DescribeContainerInstancesCommand, type ECSClient, RunTaskCommand } from '@aws-sdk/client-ecs';
import type { LocalEndpoint } from '../../src/index.js';
import { addDefinition, addHost, resourceValue } from '../helpers/hosts.js';
import { closeAll, openSession } from '../helpers/open-endpoints.js';

let endpoint: LocalEndpoint;
let ecs: ECSClient;

beforeEach(async () => {
  ({ endpoint, ecs } = await openSession());
});

afterEach(closeAll);

test.each([
  ['GPUs below 1', { resourceRequirements: [{ type: 'GPU' as const, value: '-1' }] }],
  ['GPUs that are no number', { resourceRequirements: [{ type: 'GPU' as const, value: 'all' }] }],
  ['memory of 0', { memory: 0 }],
  ['a reservation of 0', { memoryReservation: 0 }],
  ['a reservation above the limit', { memoryReservation: 513 }],
  ['CPU units below 0', { cpu: -1 }],
])('overrides are checked as the containers of a definition are: %s', async (_name, override) => {
  const host = addHost(endpoint, { gpus: ['a', 'b', 'c', 'd'] });
  addDefinition(endpoint, 'web');
  const run = new RunTaskCommand({ taskDefinition: 'web', overrides: { containerOverrides: [{ name: 'app', ...override }] } });
  await expect(ecs.send(run)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringMatching(/^overrides: /),
  });
  const { containerInstances } = await ecs.send(new DescribeContainerInstancesCommand({ containerInstances: [host] }));
  expect(resourceValue(containerInstances?.[0]?.remainingResources, 'GPU')).toEqual(['a', 'b', 'c', 'd']);
});

test('one container is overridden once', async () => {
  addHost(endpoint);
  addDefinition(endpoint, 'web');
  const containerOverrides = [
    { name: 'app', cpu: 1 },
    { name: 'app', cpu: 2 },
  ];
  const run = new RunTaskCommand({ taskDefinition: 'web', overrides: { containerOverrides } });
  await expect(ecs.send(run)).rejects.toMatchObject({ name: 'InvalidParameterException', message: expect.stringContaining('twice') });
});
