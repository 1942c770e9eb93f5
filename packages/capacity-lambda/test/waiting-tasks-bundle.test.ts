import { type AwsEndpoint, startAwsEndpoint } from './helpers/aws-endpoint.js';
import { clusterArn, host, hosts } from './helpers/hosts.js';
import { type LambdaProcess, lambdaEnvironment, startLambda } from './helpers/lambda-process.js';
import { batchOf } from './helpers/sqs.js';
import { definition, definitionArn, service, task } from './helpers/tasks.js';

/** What ECS counts against the bucket that all readers of an account share. */
const BUDGETED = new Set(['ListContainerInstances', 'DescribeContainerInstances', 'ListTasks', 'DescribeTasks']);

const EVENT = { version: '0', id: 'e', source: 'aws.ecs', account: '111122223333', region: 'eu-west-1' };

/** The event of a task for which ECS has no host yet. */
function provisioning(id: string, time: string) {
  const detail = { ...task(id), clusterArn: clusterArn('demo'), createdAt: time, updatedAt: time };
  return { ...EVENT, 'detail-type': 'ECS Task State Change', time, resources: [detail.taskArn], detail };
}

/** The event of a service whose task found no room. */
function notPlaced(name: string, time: string) {
  const detail = {
    eventType: 'ERROR',
    eventName: 'SERVICE_TASK_PLACEMENT_FAILURE',
    clusterArn: clusterArn('demo'),
    reason: 'RESOURCE:CPU',
    createdAt: time,
  };
  return { ...EVENT, 'detail-type': 'ECS Service Action', time, resources: [service(name).serviceArn], detail };
}

/** The shipped bundle, told of tasks that wait, as the rules of `ClusterCapacity` with `followEvents` tell it. */
describe('tasks that wait, told to bundle/index.js by events', () => {
  let endpoint: AwsEndpoint;
  let lambda: LambdaProcess;
  const budgeted = () => endpoint.calls.filter(({ operation }) => BUDGETED.has(operation)).length;
  const short = () =>
    endpoint
      .published()
      .flatMap(({ data }) => data)
      .filter(({ MetricName }) => MetricName === 'HostsShort')
      .map(({ Value, StorageResolution }) => ({ Value, StorageResolution }));
  beforeEach(async () => {
    endpoint = await startAwsEndpoint({ demo: hosts(3) });
    lambda = startLambda({
      ...lambdaEnvironment(endpoint.url),
      PLIMSOLL_CLUSTERS: clusterArn('demo'),
      PLIMSOLL_READ_TASKS: 'true',
      PLIMSOLL_STORAGE_RESOLUTION_SECONDS: '1',
    });
  });
  afterEach(async () => {
    await lambda.end();
    await endpoint.close();
  });

  test('a burst of a thousand is one reading, and counts in full', async () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `waiting-${index}`);
    endpoint.tasks.set(
      'demo',
      ids.map((id) => task(id, { group: 'family:job' })),
    );
    for (let start = 0; start < ids.length; start += 40) {
      const time = new Date().toISOString();
      const batch = batchOf(...ids.slice(start, start + 40).map((id) => provisioning(id, time)));
      expect(await lambda.invoke(batch)).toEqual({ value: { batchItemFailures: [] } });
    }
    // Three hosts take six of them, and two go on each that is added.
    expect(short()).toEqual([{ Value: 497, StorageResolution: 1 }]);
    // One page of hosts and ten of tasks, listed and described. The next look by events is due half a minute later.
    expect(budgeted()).toBe(22);
  });

  test('what came before the last reading began asks for no other', async () => {
    const before = new Date(Date.now() - 10_000).toISOString();
    endpoint.tasks.set('demo', [task('waiting')]);
    await lambda.invoke(provisioning('waiting', before));
    expect(short()).toEqual([{ Value: 0, StorageResolution: 1 }]);
    const calls = budgeted();
    expect(await lambda.invoke(batchOf(provisioning('another', before), notPlaced('web', before)))).toEqual({
      value: { batchItemFailures: [] },
    });
    expect(budgeted()).toBe(calls);
  });

  test('one that only hosts of another capacity provider can take is not short', async () => {
    const told = { ...lambdaEnvironment(endpoint.url), PLIMSOLL_READ_TASKS: 'true', PLIMSOLL_CLUSTERS: clusterArn('demo') };
    endpoint.clusters.set('demo', [{ ...host(1, { cpuUnits: 0 }), capacityProviderName: 'blue' }]);
    endpoint.tasks.set('demo', [task('waiting', { capacityProviderName: 'green', group: 'family:job' })]);
    for (const [capacityProvider, hostsShort] of [
      ['blue', 0],
      ['green', 1],
    ] as const) {
      await lambda.end();
      lambda = startLambda({ ...told, PLIMSOLL_CAPACITY_PROVIDER: capacityProvider });
      await lambda.invoke(provisioning('waiting', new Date().toISOString()));
      expect(short().at(-1)?.Value).toBe(hostsShort);
    }
  });

  test('a service whose task could not be placed is looked at, and what it lacks is short', async () => {
    endpoint.taskDefinitions.set(definitionArn('web'), definition('web', 2048));
    endpoint.services.set('demo', [service('web', { desiredCount: 5 })]);
    await lambda.end();
    lambda = startLambda({
      ...lambdaEnvironment(endpoint.url),
      PLIMSOLL_TASK_SIZES: '',
      PLIMSOLL_DISCOVER_SERVICES: 'true',
      PLIMSOLL_CLUSTERS: clusterArn('demo'),
      PLIMSOLL_READ_TASKS: 'true',
      PLIMSOLL_STORAGE_RESOLUTION_SECONDS: '1',
    });
    expect(await lambda.invoke(batchOf(notPlaced('web', new Date().toISOString())))).toEqual({ value: { batchItemFailures: [] } });
    expect(short()).toEqual([{ Value: 2, StorageResolution: 1 }]);
  });
});
