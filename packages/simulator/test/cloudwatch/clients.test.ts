import { createCloudWatch } from '../../src/index.js';
import { CHILD_CLIENTS, type Client, type Json, SDK_CLIENTS } from '../helpers/cloudwatch-clients.js';
import { type Served, serve } from '../helpers/serve.js';

const CLIENTS = [...SDK_CLIENTS, ...CHILD_CLIENTS];

const NAMESPACE = 'Plimsoll/ECS';
// What is special to a URL, to XML or to JSON, all of it.
const DIMENSIONS = [
  { Name: 'TaskSize', Value: `a&b <c> "d" 'e' %41+\\ = ;#` },
  { Name: 'ClusterName', Value: 'main' },
];
const NOW = '2026-03-01T10:30:00Z';
const RANGE = { StartTime: '2026-03-01T10:00:00Z', EndTime: '2026-03-01T11:00:00Z' };

let served: Served;

beforeEach(async () => {
  served = await serve(createCloudWatch({ clock: () => new Date(NOW) }));
});
afterEach(() => served.close());

/** Three data points over two minutes: 4; then 1, 1 and 2.5; then four that add up to 100. */
function data(MetricName: string): Json {
  const base = { MetricName, Dimensions: DIMENSIONS };
  return {
    Namespace: NAMESPACE,
    MetricData: [
      { ...base, Timestamp: '2026-03-01T10:05:30Z', Value: 4, Unit: 'Count' },
      { ...base, Timestamp: '2026-03-01T10:05:59Z', Values: [1, 2.5], Counts: [2, 1], Unit: 'Count' },
      {
        ...base,
        Timestamp: '2026-03-01T10:06:00Z',
        StatisticValues: { SampleCount: 4, Sum: 100, Minimum: -5, Maximum: 1e21 },
        Unit: 'Count',
      },
    ],
  };
}

const DATAPOINTS = [
  { Timestamp: '2026-03-01T10:05:00.000Z', SampleCount: 4, Average: 2.125, Sum: 8.5, Minimum: 1, Maximum: 4, Unit: 'Count' },
  { Timestamp: '2026-03-01T10:06:00.000Z', SampleCount: 4, Average: 25, Sum: 100, Minimum: -5, Maximum: 1e21, Unit: 'Count' },
];

async function readsWhatWasPublished(reader: Client, MetricName: string): Promise<void> {
  const metric = { Namespace: NAMESPACE, MetricName, Dimensions: DIMENSIONS.toReversed() };
  const statistics = await reader.call(served.endpoint, 'GetMetricStatistics', {
    ...metric,
    ...RANGE,
    Period: 60,
    Statistics: ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'],
  });
  expect(statistics).toEqual({ output: { Label: MetricName, Datapoints: DATAPOINTS } });

  const values = await reader.call(served.endpoint, 'GetMetricData', {
    ...RANGE,
    MetricDataQueries: [
      { Id: 'sum', MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' } },
      { Id: 'hidden', MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' }, ReturnData: false },
      { Id: 'none', Label: 'Keine <Daten>', MetricStat: { Metric: { ...metric, Dimensions: [] }, Period: 300, Stat: 'Maximum' } },
    ],
    ScanBy: 'TimestampDescending',
  });
  expect(values).toEqual({
    output: {
      MetricDataResults: [
        {
          Id: 'sum',
          Label: MetricName,
          Timestamps: ['2026-03-01T10:06:00.000Z', '2026-03-01T10:05:00.000Z'],
          Values: [100, 8.5],
          StatusCode: 'Complete',
        },
        { Id: 'none', Label: 'Keine <Daten>', Timestamps: [], Values: [], StatusCode: 'Complete' },
      ],
      Messages: [],
    },
  });

  const listed = await reader.call(served.endpoint, 'ListMetrics', { Namespace: NAMESPACE, Dimensions: [{ Name: 'ClusterName' }] });
  expect(listed).toEqual({ output: { Metrics: [{ Namespace: NAMESPACE, MetricName, Dimensions: DIMENSIONS.toReversed() }] } });
}

describe.each(CLIENTS)('$name', (client) => {
  const test = client.missing === undefined ? it : it.skip;

  test('publishes what the SDK reads in every protocol', async () => {
    await expect(client.call(served.endpoint, 'PutMetricData', data('ContainerCapacity'))).resolves.toEqual({ output: {} });
    for (const reader of SDK_CLIENTS) await readsWhatWasPublished(reader, 'ContainerCapacity');
  }, 60_000);

  test('reads what the SDK publishes', async () => {
    const [writer] = SDK_CLIENTS;
    await writer?.call(served.endpoint, 'PutMetricData', data('HostsShort'));
    await readsWhatWasPublished(client, 'HostsShort');
  }, 60_000);

  test('is told what is wrong by its Query code', async () => {
    await expect(
      client.call(served.endpoint, 'PutMetricData', { Namespace: ':x', MetricData: [{ MetricName: 'a', Value: 1 }] }),
    ).resolves.toEqual({
      error: { code: 'InvalidParameterValue', message: 'The value :x for parameter Namespace is invalid.' },
    });
    await expect(client.call(served.endpoint, 'PutMetricData', { Namespace: 'x', MetricData: [{ MetricName: 'a' }] })).resolves.toEqual({
      error: { code: 'InvalidParameterCombination', message: expect.stringContaining('MetricData.member.1.Value') },
    });
    await expect(client.call(served.endpoint, 'PutMetricData', { Namespace: 'x', MetricData: [] })).resolves.toEqual({
      error: { code: 'MissingParameter', message: 'The parameter MetricData is required.' },
    });
    await expect(
      client.call(served.endpoint, 'GetMetricData', { ...RANGE, MetricDataQueries: [{ Id: 'a', Expression: 'SUM(METRICS()) < 1' }] }),
    ).resolves.toEqual({
      error: {
        code: 'ValidationError',
        message: 'The parameter MetricDataQueries.member.1.Expression is not modelled by this local endpoint; use MetricStat.',
      },
    });
    await expect(
      client.call(served.endpoint, 'GetMetricData', {
        ...RANGE,
        MetricDataQueries: [{ Id: 'a', MetricStat: { Metric: { Namespace: 'x', MetricName: 'a' }, Period: 60, Stat: 'Sum' } }],
        NextToken: 'nonsense',
      }),
    ).resolves.toEqual({ error: { code: 'InvalidNextToken', message: 'The value for parameter NextToken is invalid.' } });
  }, 60_000);
});
