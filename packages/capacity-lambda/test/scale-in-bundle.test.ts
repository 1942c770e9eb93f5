import {
  createAutoScaling,
  createCloudWatch,
  createCloudWatchAlarms,
  type LambdaFunction,
  type LocalEndpoint,
  startLocalEndpoint,
} from '@plimsoll/simulator';
import { scheduledEvent } from '@plimsoll/test-support';
import { type LogFields, startShippedFunction } from './helpers/shipped-function.js';

const ALARM = {
  AlarmName: 'drainable',
  Namespace: 'Plimsoll/ECS',
  MetricName: 'DrainableHosts',
  Statistic: 'Minimum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};
const TICK = scheduledEvent({ detail: { clusterArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/demo' } });

/** The shipped bundle against ECS, CloudWatch's alarms and Auto Scaling, as a deployed function meets them. */
describe('scale-in by bundle/index.js', () => {
  let endpoint: LocalEndpoint;
  let lambda: LambdaFunction;
  let cloudWatch: ReturnType<typeof createCloudWatch>;
  const autoScaling = createAutoScaling({
    // A capacity provider with managed draining.
    onTerminate: (instanceId) => {
      const containerInstances = [arnOf.get(instanceId) ?? ''];
      endpoint.ecs('UpdateContainerInstancesState', { cluster: 'demo', containerInstances, status: 'DRAINING' });
    },
  });
  const arnOf = new Map<string, string>();
  const log: LogFields[] = [];

  const callCloudWatch = async (operation: string, input: object) => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `GraniteServiceVersion20100801.${operation}` };
    expect((await fetch(endpoint.url, { method: 'POST', headers, body: JSON.stringify(input) })).status).toBe(200);
  };
  /** Has it published what the last minutes needed, given the hosts of the minute before this one first. */
  const publishPast = async (occupied: readonly number[]) => {
    const datum = (MetricName: string, Value: number, index: number) => ({
      ...{ MetricName, Value, Unit: 'Count', Dimensions: [{ Name: 'ClusterName', Value: 'demo' }] },
      Timestamp: Math.floor(Date.now() / 1000) - 60 * (index + 1),
    });
    const MetricData = occupied.flatMap((hosts, index) => [datum('OccupiedHosts', hosts, index), datum('NeededHosts', hosts, index)]);
    await callCloudWatch('PutMetricData', { Namespace: 'Plimsoll/ECS', MetricData });
  };
  const setAlarm = async (StateValue: string) => {
    for (const [operation, input] of [
      ['PutMetricAlarm', ALARM],
      ['SetAlarmState', { AlarmName: 'drainable', StateValue, StateReason: 'a test' }],
    ] as const) {
      await callCloudWatch(operation, input);
    }
  };
  const start = async (scaleIn: Readonly<Record<string, unknown>>) =>
    startShippedFunction(
      endpoint,
      {
        PLIMSOLL_TASK_SIZES: '[{"name":"web","cpuUnits":1024,"memoryMiB":1024,"headroom":1}]',
        PLIMSOLL_SCALE_IN: JSON.stringify({
          ...(scaleIn.patience === undefined && { alarmName: 'drainable' }),
          autoScalingGroupName: 'hosts',
          ...scaleIn,
        }),
      },
      log,
    );
  const hosts = () =>
    ['ACTIVE', 'DRAINING'].map((status) => {
      const listed = endpoint.ecs('ListContainerInstances', { cluster: 'demo', status });
      return (listed as unknown as { readonly response: { readonly containerInstanceArns: readonly string[] } }).response
        .containerInstanceArns.length;
    });

  beforeEach(async () => {
    log.length = 0;
    cloudWatch = createCloudWatch();
    const alarms = createCloudWatchAlarms({ store: cloudWatch.store });
    endpoint = await startLocalEndpoint({ services: [alarms, cloudWatch, autoScaling] });
    endpoint.ecs('CreateCluster', { clusterName: 'demo' });
    const instanceIds = [1, 2, 3].map(() => {
      const registered = endpoint.ecs('RegisterContainerInstance', {
        cluster: 'demo',
        totalResources: [
          { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
          { name: 'MEMORY', type: 'INTEGER', integerValue: 7680 },
        ],
      });
      const { containerInstanceArn = '', ec2InstanceId = '' } = (
        registered as unknown as {
          readonly response: { readonly containerInstance: Record<'containerInstanceArn' | 'ec2InstanceId', string> };
        }
      ).response.containerInstance;
      arnOf.set(ec2InstanceId, containerInstanceArn);
      return ec2InstanceId;
    });
    autoScaling.setGroup({ autoScalingGroupName: 'hosts', minSize: 1, desiredCapacity: 3, instanceIds });
  });
  afterEach(async () => {
    await lambda.close();
    await endpoint.close();
  });

  test('removes one named host a minute, never two at once, and none below the minimum or what is needed', async () => {
    lambda = await start({});
    await setAlarm('ALARM');
    expect(await lambda.invoke(TICK)).toMatchObject({ ok: true });
    const removed = log.find(({ message }) => message === 'host removed');
    expect(arnOf.get(String(removed?.ec2InstanceId))).toBe(removed?.containerInstanceArn);
    expect(hosts()).toEqual([2, 1]);
    expect(autoScaling.groups()).toMatchObject([{ desiredCapacity: 2 }]);
    await lambda.invoke(TICK);
    expect(log.at(-1)).toMatchObject({ message: 'no host removed', because: 'ENOUGH_DRAINING' });
    // Another execution environment, which does not know that a host was removed a moment ago, and to which ECS shows it active yet.
    endpoint.ecs('UpdateContainerInstancesState', {
      cluster: 'demo',
      containerInstances: [removed?.containerInstanceArn],
      status: 'ACTIVE',
    });
    await lambda.close();
    lambda = await start({});
    await lambda.invoke(TICK);
    expect(log.at(-1)).toMatchObject({ message: 'no host removed', because: 'NOT_REMOVABLE' });
    expect(autoScaling.groups()).toMatchObject([{ desiredCapacity: 2 }]);
    endpoint.ecs('DeregisterContainerInstance', { cluster: 'demo', containerInstance: removed?.containerInstanceArn });
    autoScaling.setGroup({ ...(autoScaling.groups()[0] as NonNullable<ReturnType<typeof autoScaling.groups>[0]>), minSize: 2 });
    await lambda.invoke(TICK);
    expect(log.at(-1)).toMatchObject({
      message: 'host not removed',
      error: { code: 'ValidationError', message: expect.stringContaining('desiredSize equals minSize (2)') },
    });
    await lambda.invoke(TICK);
    expect(log.at(-1)).toMatchObject({ message: 'no host removed', because: 'REFUSED_LATELY' });
    expect(hosts()).toEqual([2, 0]);
  });

  test('removes as many at once as may drain, and no more than can be emptied together', async () => {
    lambda = await start({ maxDraining: 3 });
    await setAlarm('ALARM');
    await lambda.invoke(TICK);
    expect(log.filter(({ message }) => message === 'host removed')).toHaveLength(2);
    expect(hosts()).toEqual([1, 2]);
    expect(autoScaling.groups()).toMatchObject([{ desiredCapacity: 1 }]);
  });

  // Each holds by a minute more, too: the clock may pass into the next one before the function looks.
  test.each([
    ['keeps the hosts that were needed two and three minutes ago', [1, 3, 3, ...Array(27).fill(1)], 'NEEDED_LATELY', [3, 0]],
    ['keeps the last host that was needed ten minutes ago', [...Array(9).fill(1), 3, ...Array(20).fill(1)], undefined, [2, 1]],
    ['lets go what a quarter of an hour did not need', [...Array(16).fill(1), 3, ...Array(13).fill(3)], undefined, [1, 2]],
    ['keeps all of which too little is known', [1], 'NEEDED_LATELY', [3, 0]],
  ])('with patience, %s', async (_, past, because, left) => {
    lambda = await start({ patience: {}, maxDraining: 10 });
    await publishPast(past);
    expect(await lambda.invoke(TICK)).toMatchObject({ ok: true });
    expect(hosts()).toEqual(left);
    expect(log.at(-1)).toMatchObject(because === undefined ? { message: 'host removed' } : { message: 'no host removed', because });
    const published = cloudWatch.store.metrics().map(({ name }) => name);
    expect(published).toEqual(expect.arrayContaining(['OccupiedHosts', 'NeededHosts']));
  });

  test.each(['throttle', 'accessDenied'] as const)(
    'with patience, keeps every host and says why where CloudWatch answers with %s',
    async (kind) => {
      endpoint.faults.set([{ operation: 'GetMetricData', kind }]);
      lambda = await start({ patience: {}, maxDraining: 10 });
      await publishPast(Array(30).fill(1));
      expect(await lambda.invoke(TICK)).toMatchObject({ ok: true });
      expect(log.at(-2)).toMatchObject({ level: 'ERROR', message: 'demand not read', error: { code: 'DEMAND_READ_FAILED' } });
      expect(log.at(-1)).toMatchObject({ message: 'no host removed', because: 'DEMAND_UNKNOWN' });
      expect(hosts()).toEqual([3, 0]);
    },
  );

  test('leaves every host while the alarm is not raised, and in a dry run', async () => {
    lambda = await start({ dryRun: true });
    await setAlarm('OK');
    await lambda.invoke(TICK);
    expect(log.at(-1)).toMatchObject({ message: 'no host removed', because: 'ALARM_NOT_RAISED' });
    await setAlarm('ALARM');
    await lambda.invoke(TICK);
    expect(log.at(-1)).toMatchObject({ message: 'host would be removed', because: 'dry run' });
    expect(hosts()).toEqual([3, 0]);
  });
});
