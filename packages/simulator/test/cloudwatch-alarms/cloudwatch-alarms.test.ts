import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { createCloudWatch, createCloudWatchAlarms, type LocalEndpoint, startLocalEndpoint } from '../../src/index.js';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const ALARM = {
  AlarmName: 'drainable',
  Namespace: 'Plimsoll/ECS',
  MetricName: 'DrainableHosts',
  Dimensions: [{ Name: 'ClusterName', Value: 'demo' }],
  Statistic: 'Minimum',
  Period: 60,
  EvaluationPeriods: 3,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
} satisfies PutMetricAlarmCommandInput;
const METRIC = { namespace: 'Plimsoll/ECS', name: 'DrainableHosts', dimensions: [{ name: 'ClusterName', value: 'demo' }] };

describe('createCloudWatchAlarms', () => {
  let now: number;
  let cloudWatch: ReturnType<typeof createCloudWatch>;
  let alarms: ReturnType<typeof createCloudWatchAlarms>;
  let endpoint: LocalEndpoint;
  let client: CloudWatchClient;
  const connect = (protocol: unknown = AwsJson1_0Protocol) =>
    new CloudWatchClient({
      endpoint: endpoint.url,
      region: endpoint.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
      protocol: protocol as never,
    });
  beforeEach(async () => {
    now = START;
    const clock = () => new Date(now);
    cloudWatch = createCloudWatch({ clock });
    alarms = createCloudWatchAlarms({ store: cloudWatch.store, clock });
    endpoint = await startLocalEndpoint({ services: [alarms, cloudWatch] });
    client = connect();
  });
  afterEach(async () => {
    client.destroy();
    await endpoint.close();
  });

  const put = (changed: Partial<PutMetricAlarmCommandInput> = {}) => client.send(new PutMetricAlarmCommand({ ...ALARM, ...changed }));
  const state = async () => (await client.send(new DescribeAlarmsCommand({ AlarmNames: ['drainable'] }))).MetricAlarms?.[0]?.StateValue;
  /** One minute each: a value, or nothing published. */
  const minutes = (...values: ReadonlyArray<number | undefined>) => {
    for (const value of values) {
      if (value !== undefined) {
        const statistics = { sampleCount: 1, sum: value, minimum: value, maximum: value };
        cloudWatch.store.put([{ metric: METRIC, points: [{ timestampMs: now, unit: 'Count', statistics }] }]);
      }
      now += 60_000;
    }
    return alarms.evaluate();
  };

  test.each([
    ['JSON', AwsJson1_0Protocol],
    ['Query', AwsQueryProtocol],
    ['CBOR', AwsSmithyRpcV2CborProtocol],
  ])('keeps an alarm, in %s', async (_, protocol) => {
    client.destroy();
    client = connect(protocol);
    await put();
    await put({ AlarmName: 'other', DatapointsToAlarm: 2, TreatMissingData: 'breaching' });
    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmNames: ['drainable'] }));
    expect(MetricAlarms).toMatchObject([{ ...ALARM, DatapointsToAlarm: 3, TreatMissingData: 'missing', StateValue: 'INSUFFICIENT_DATA' }]);
    expect((await client.send(new DescribeAlarmsCommand({}))).MetricAlarms).toHaveLength(2);
    expect((await client.send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'oth' }))).MetricAlarms).toHaveLength(1);
    expect((await client.send(new ListMetricsCommand({}))).Metrics).toEqual([]);
  });

  test('sets a state, which an update of the alarm keeps', async () => {
    await put();
    await client.send(new SetAlarmStateCommand({ AlarmName: 'drainable', StateValue: 'ALARM', StateReason: 'a test' }));
    await put({ Threshold: 2 });
    expect(await state()).toBe('ALARM');
    expect(alarms.stateOf('drainable')).toBe('ALARM');
    const unknown = client.send(new SetAlarmStateCommand({ AlarmName: 'none', StateValue: 'OK', StateReason: 'a test' }));
    await expect(unknown).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  test('raises the alarm when all of the last periods breach, and not before', async () => {
    await put();
    expect(minutes(1, 2)).toEqual([]);
    expect(minutes(1)).toEqual([{ alarmName: 'drainable', from: 'INSUFFICIENT_DATA', to: 'ALARM' }]);
    expect(minutes(0)).toEqual([{ alarmName: 'drainable', from: 'ALARM', to: 'OK' }]);
    expect(minutes(1, 1)).toEqual([]);
    expect(minutes(1)).toMatchObject([{ to: 'ALARM' }]);
    expect(await state()).toBe('ALARM');
  });

  test.each([
    ['missing', 'INSUFFICIENT_DATA'],
    ['ignore', 'ALARM'],
    ['breaching', 'ALARM'],
    ['notBreaching', 'OK'],
  ])('takes %s data, all of it, for %s', async (TreatMissingData, expected) => {
    await put({ TreatMissingData });
    minutes(1, 1, 1);
    minutes(undefined, undefined, undefined);
    expect(await state()).toBe(expected);
  });

  test('looks at M of N periods', async () => {
    await put({ DatapointsToAlarm: 2 });
    minutes(1, 0, 1);
    expect(await state()).toBe('ALARM');
    minutes(0);
    expect(await state()).toBe('OK');
  });

  test.each([
    [{ Period: 61 }, 'Period'],
    [{ EvaluationPeriods: 0 }, 'EvaluationPeriods'],
    [{ DatapointsToAlarm: 4 }, 'DatapointsToAlarm'],
    [{ Statistic: undefined }, 'Statistic'],
    [{ Threshold: undefined }, 'Threshold'],
    [{ MetricName: undefined }, 'MetricName'],
    [{ TreatMissingData: 'maybe' }, 'TreatMissingData'],
    [{ ComparisonOperator: 'GreaterThanUpperThreshold' as const }, 'GreaterThanUpperThreshold'],
  ])('refuses %j', async (changed, words) => {
    await expect(put(changed as Partial<PutMetricAlarmCommandInput>)).rejects.toMatchObject({ message: expect.stringContaining(words) });
    expect(await state()).toBeUndefined();
  });
});
