import { createCloudWatch, type LambdaFunction, type LocalEndpoint, startLocalEndpoint } from '@plimsoll/simulator';
import { scheduledEvent } from '@plimsoll/test-support';
import { newestMetrics } from './helpers/local-clusters.js';
import { type LogFields, startShippedFunction } from './helpers/shipped-function.js';

const RESOURCES = [
  { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
  { name: 'MEMORY', type: 'INTEGER', integerValue: 7680 },
];

/** The shipped bundle that finds the sizes of tasks among the services of a cluster, as ECS lists and describes them. */
describe('services of a cluster, read by bundle/index.js', () => {
  const cloudWatch = createCloudWatch();
  const log: LogFields[] = [];
  let endpoint: LocalEndpoint;
  let lambda: LambdaFunction;

  const start = async (environment: Readonly<Record<string, string>> = {}) => {
    const settings = { PLIMSOLL_CLUSTERS: 'demo', PLIMSOLL_DISCOVER_SERVICES: 'true', PLIMSOLL_READ_TASKS: 'true', ...environment };
    lambda = await startShippedFunction(endpoint, settings, log);
  };
  /** The schedule's look at the cluster: the metrics published, and the decision's line. */
  const look = async () => {
    expect(await lambda.invoke(scheduledEvent({ detail: { clusterArn: 'demo' } }))).toMatchObject({ ok: true });
    return { metrics: newestMetrics(cloudWatch.store, 'demo'), line: log.findLast(({ message }) => message === 'capacity published') };
  };
  const define = (family: string, cpu: number, memory: number) =>
    endpoint.ecs('RegisterTaskDefinition', { family, containerDefinitions: [{ name: 'app', image: 'app:1', cpu, memory }] });
  const serve = (serviceName: string, desiredCount: number, more: object = {}) =>
    endpoint.setService({ cluster: 'demo', serviceName, taskDefinition: serviceName, desiredCount, ...more });
  const run = (family: string, count = 1) => {
    const outcome = endpoint.ecs('RunTask', { cluster: 'demo', taskDefinition: family, group: `service:${family}`, count });
    expect(outcome).toMatchObject({ ok: true, response: { failures: [] } });
  };
  const addHosts = (count: number) => {
    for (let index = 0; index < count; index += 1) {
      endpoint.ecs('RegisterContainerInstance', { cluster: 'demo', totalResources: RESOURCES });
    }
  };

  beforeEach(async () => {
    log.length = 0;
    endpoint = await startLocalEndpoint({ services: [cloudWatch] });
    endpoint.ecs('CreateCluster', { clusterName: 'demo' });
    define('web', 1024, 1024);
    define('api', 512, 512);
  });
  afterEach(async () => {
    await lambda.close();
    await endpoint.close();
  });

  test('each is a size under its own name, more than a page of them', async () => {
    addHosts(2);
    for (let index = 0; index < 12; index += 1) {
      define(`s${index}`, 256, 100);
      serve(`s${index}`, 0);
    }
    serve('web', 1);
    run('web');
    await start();
    const { metrics, line } = await look();
    expect(metrics).toMatchObject({ 'ContainerCapacity web': 3, 'ContainerCapacity s0': 12, 'ContainerCapacity s11': 12, HostsShort: 0 });
    expect(line).toMatchObject({ containerCapacity: 3, waitingTasks: 0 });
    expect(endpoint.calls().filter(({ operation }) => operation === 'DescribeServices')).toHaveLength(2);
  });

  test('a deployment changes the size; what the service wants and has not is short', async () => {
    addHosts(1);
    serve('web', 1);
    run('web');
    await start();
    expect((await look()).metrics).toMatchObject({ 'ContainerCapacity web': 1, HostsShort: 0 });
    define('web', 2048, 1024);
    serve('web', 2);
    const { metrics, line } = await look();
    expect(metrics).toMatchObject({ 'ContainerCapacity web': 0, HostsShort: 1 });
    expect(line).toMatchObject({ waitingTasks: 1 });
  });

  test('a service that goes takes its size along; without any the hosts are counted all the same', async () => {
    addHosts(1);
    serve('web', 0);
    serve('api', 0);
    await start();
    await look();
    serve('api', 0, { status: 'DRAINING' });
    const { line } = await look();
    expect(line).toMatchObject({ taskSizes: [{ name: 'web' }], containerCapacity: 2 });
    serve('web', 0, { status: 'INACTIVE' });
    const before = newestMetrics(cloudWatch.store, 'demo');
    addHosts(1);
    const after = await look();
    expect(after.line).toMatchObject({ taskSizes: [], hosts: { registered: 2, eligible: 2 }, hostsShort: 0, drainableHosts: 2 });
    // No room is claimed, nor denied, for what nobody wants.
    expect(after.metrics).toEqual({ ...before, ActiveHosts: 2, DrainableHosts: 2, StateAgeSeconds: expect.any(Number) });
  });

  test('from no host at all, what a daemon takes is kept free on the hosts that are added', async () => {
    define('agent', 1024, 512);
    serve('agent', 0, { schedulingStrategy: 'DAEMON' });
    serve('web', 3);
    await start({ PLIMSOLL_HOST_TYPE: '{"name":"m5.large","cpuUnits":2048,"memoryMiB":7680}' });
    const { metrics } = await look();
    // One task beside the daemon on each.
    expect(metrics).toMatchObject({ HostsShort: 3, ActiveHosts: 0, 'ContainerCapacity web': 0, ContainerCapacity: 0 });
    expect(Object.keys(metrics)).not.toContain('ContainerCapacity agent');
  });
});
