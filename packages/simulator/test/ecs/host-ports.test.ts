import { DescribeTasksCommand, type ECSClient, RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import type { LocalEndpoint } from '../../src/index.js';
import { addDefinition, addHost } from '../helpers/hosts.js';
import { closeAll, openSession } from '../helpers/open-endpoints.js';

let endpoint: LocalEndpoint;
let ecs: ECSClient;

beforeEach(async () => {
  ({ endpoint, ecs } = await openSession());
});

afterEach(closeAll);

test('a fixed port and one the agent assigns never meet, whichever is there first', async () => {
  const host = addHost(endpoint);
  addDefinition(endpoint, 'any', { portMappings: [{ containerPort: 80 }] });
  addDefinition(endpoint, 'fixed', { portMappings: [{ containerPort: 80, hostPort: 49153 }] });
  addDefinition(endpoint, 'udp', { portMappings: [{ containerPort: 80, hostPort: 49153, protocol: 'udp' }] });
  const run = async (taskDefinition: string) => {
    const { tasks, failures } = await ecs.send(new RunTaskCommand({ taskDefinition }));
    const [task] = (await ecs.send(new DescribeTasksCommand({ tasks: [tasks?.[0]?.taskArn ?? ''] }))).tasks ?? [];
    return { failures, task: task?.taskArn, port: task?.containers?.[0]?.networkBindings?.[0]?.hostPort };
  };
  const first = await run('any');
  expect(first.port).toBe(49153);
  expect((await run('fixed')).failures).toEqual([{ arn: host, reason: 'RESOURCE:PORTS' }]);
  const datagrams = await run('udp');
  await ecs.send(new StopTaskCommand({ task: datagrams.task }));
  expect((await run('fixed')).failures).toEqual([{ arn: host, reason: 'RESOURCE:PORTS' }]);
  await ecs.send(new StopTaskCommand({ task: first.task }));
  expect((await run('fixed')).port).toBe(49153);
  expect((await run('any')).port).toBe(49154);
});
