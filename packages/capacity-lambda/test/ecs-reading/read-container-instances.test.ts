import { readContainerInstances } from '../../src/ecs-reading/read-container-instances.js';
import { type AwsEndpoint, startAwsEndpoint } from '../helpers/aws-endpoint.js';
import { clientsOf } from '../helpers/clients.js';
import { clusterArn, host, hosts } from '../helpers/hosts.js';

describe('readContainerInstances', () => {
  let endpoint: AwsEndpoint;
  beforeEach(async () => {
    endpoint = await startAwsEndpoint();
  });
  afterEach(() => endpoint.close());

  const read = (options = {}) => readContainerInstances(clientsOf(endpoint.url).ecs, { cluster: clusterArn('demo'), ...options });

  test.each([
    { count: 0, list: 1, describe: 0 },
    { count: 1, list: 1, describe: 1 },
    { count: 100, list: 1, describe: 1 },
    { count: 101, list: 2, describe: 2 },
    { count: 250, list: 3, describe: 3 },
    { count: 5_000, list: 50, describe: 50 },
  ])('reads $count hosts with $list lists and $describe describes', async ({ count, list, describe }) => {
    const all = hosts(count);
    endpoint.clusters.set('demo', all);
    const reading = await read();
    expect(reading.records.map((record) => record.containerInstanceArn)).toEqual(all.map((record) => record.containerInstanceArn));
    expect(reading).toMatchObject({ gone: 0, retries: 0, calls: { list, describe } });
    expect([endpoint.count('ListContainerInstances'), endpoint.count('DescribeContainerInstances')]).toEqual([list, describe]);
  });

  test('gives records as ECS wrote them', async () => {
    endpoint.clusters.set('demo', [host(1, { cpuUnits: 24, status: 'DRAINING' })]);
    const reading = await read();
    expect(reading.records).toEqual([host(1, { cpuUnits: 24, status: 'DRAINING' })]);
  });

  test('describes an instance once that two pages list', async () => {
    const all = hosts(150);
    endpoint.clusters.set('demo', all);
    endpoint.intercept = ({ operation, body }) =>
      operation === 'ListContainerInstances' && body.nextToken !== undefined
        ? { body: { containerInstanceArns: all.slice(90).map((record) => record.containerInstanceArn) } }
        : undefined;
    const reading = await read();
    expect(reading.records).toHaveLength(150);
    expect(new Set(reading.records.map((record) => record.containerInstanceArn)).size).toBe(150);
    expect(reading.calls).toEqual({ list: 2, describe: 2 });
  });

  test('describes at most four batches at once, or as many as asked', async () => {
    endpoint.clusters.set('demo', hosts(1_000));
    // Nothing is answered until four batches have been asked for.
    const asked = new Set<string>();
    let release = (): void => undefined;
    const four = new Promise<void>((resolve) => {
      release = resolve;
    });
    endpoint.intercept = async ({ operation, body }) => {
      if (operation !== 'DescribeContainerInstances') return undefined;
      asked.add(body.containerInstances[0]);
      if (asked.size === 4) release();
      await four;
      return undefined;
    };
    await read();
    expect(endpoint.mostDescribesAtOnce()).toBe(4);
    const single = await startAwsEndpoint({ demo: hosts(500) });
    await readContainerInstances(clientsOf(single.url).ecs, { cluster: 'demo', concurrency: 1 });
    expect(single.mostDescribesAtOnce()).toBe(1);
    await single.close();
  });

  test('counts an instance as gone that vanished after it was listed', async () => {
    const all = hosts(120);
    endpoint.clusters.set('demo', all);
    endpoint.intercept = ({ operation }) => {
      if (operation === 'DescribeContainerInstances') endpoint.clusters.set('demo', all.slice(1));
      return undefined;
    };
    const reading = await read();
    expect(reading.records).toHaveLength(119);
    expect(reading.gone).toBe(1);
  });

  test('tries again when throttled, without missing or doubling a host', async () => {
    endpoint.clusters.set('demo', hosts(101));
    let throttled = 0;
    endpoint.intercept = ({ operation }) =>
      operation === 'DescribeContainerInstances' && throttled++ === 0 ? { status: 400, error: 'ThrottlingException' } : undefined;
    const reading = await read();
    expect(reading.records).toHaveLength(101);
    expect(reading).toMatchObject({ retries: 1, calls: { list: 2, describe: 2 } });
  });

  test.each([
    {
      name: 'another failure than MISSING',
      body: { containerInstances: [], failures: [{ arn: host(1).containerInstanceArn, reason: 'INACTIVE', detail: 'no such cluster' }] },
      message: /DescribeContainerInstances of .*: .*container-instance\/demo\/0+1 failed with INACTIVE \(no such cluster\)/,
    },
    {
      name: 'an answer that leaves an instance out',
      body: { containerInstances: [], failures: [] },
      message: /left out arn:.* without a reason/,
    },
  ])('faults on $name', async ({ body, message }) => {
    endpoint.clusters.set('demo', hosts(1));
    endpoint.intercept = ({ operation }) => (operation === 'DescribeContainerInstances' ? { body } : undefined);
    await expect(read()).rejects.toMatchObject({ code: 'CLUSTER_READ_FAILED', source: 'service', message: expect.stringMatching(message) });
  });

  test.each([
    { operation: 'ListContainerInstances', field: 'containerInstanceArns' },
    { operation: 'DescribeContainerInstances', field: 'containerInstances' },
  ])('faults on a $operation answer without $field', async ({ operation, field }) => {
    endpoint.clusters.set('demo', hosts(1));
    for (const body of [{}, null, { [field]: null }, { failures: [{ arn: host(1).containerInstanceArn, reason: 'MISSING' }] }]) {
      endpoint.intercept = (call) => (call.operation === operation ? { body } : undefined);
      await expect(read()).rejects.toMatchObject({
        code: 'CLUSTER_READ_FAILED',
        message: `${operation} of ${clusterArn('demo')} answered without ${field}: is it Amazon ECS?`,
      });
    }
  });

  test('faults on a list that runs in a circle', async () => {
    endpoint.intercept = () => ({ body: { containerInstanceArns: [], nextToken: 'again' } });
    await expect(read()).rejects.toMatchObject({
      code: 'CLUSTER_READ_FAILED',
      message: expect.stringContaining('page already read after 2 calls'),
    });
  });

  test('names the operation and the error that ECS gave', async () => {
    endpoint.intercept = () => ({ status: 400, error: 'ClusterNotFoundException', message: 'Cluster not found.' });
    await expect(read()).rejects.toMatchObject({
      code: 'CLUSTER_READ_FAILED',
      message: `ListContainerInstances of ${clusterArn('demo')} failed: ClusterNotFoundException: Cluster not found.`,
    });
    expect(endpoint.calls).toHaveLength(1);
  });

  test('stops describing after one batch failed', async () => {
    endpoint.clusters.set('demo', hosts(1_000));
    endpoint.intercept = ({ operation }) =>
      operation === 'DescribeContainerInstances' ? { status: 400, error: 'AccessDeniedException', message: 'no' } : undefined;
    await expect(read({ concurrency: 1 })).rejects.toMatchObject({ code: 'CLUSTER_READ_FAILED' });
    expect(endpoint.count('DescribeContainerInstances')).toBe(1);
  });

  test('rejects with the reason of its signal', async () => {
    const controller = new AbortController();
    endpoint.intercept = () => {
      controller.abort('enough');
      return 'hang';
    };
    await expect(read({ abortSignal: controller.signal })).rejects.toBe('enough');
    await expect(read({ abortSignal: controller.signal })).rejects.toBe('enough');
    expect(endpoint.calls).toHaveLength(1);
  });

  test('faults when nothing listens', async () => {
    const { url, close } = await startAwsEndpoint();
    await close();
    const reading = readContainerInstances(clientsOf(url).ecs, { cluster: 'demo' });
    await expect(reading).rejects.toMatchObject({ code: 'CLUSTER_READ_FAILED', message: expect.stringContaining('ECONNREFUSED') });
  });
});
