import { createCloudWatch } from '../../src/index.js';
import { jsonRequest } from '../helpers/cloudwatch-requests.js';

const NOW_MS = Date.parse('2026-06-01T10:00:00Z');
const DAY = 86_400;

const BASE = { Namespace: 'x', MetricName: 'a', Period: 60, Statistics: ['Sum'], StartTime: NOW_MS / 1000 - 3600, EndTime: NOW_MS / 1000 };

async function call(
  input: object,
  service = createCloudWatch({ clock: () => new Date(NOW_MS) }),
): Promise<string | readonly { readonly Timestamp: number; readonly Sum: number }[]> {
  const { status, headers, body } = await service.handle(jsonRequest('GetMetricStatistics', { ...BASE, ...input }));
  const output = JSON.parse(String(body));
  return status === 200 ? output.Datapoints : `${headers['x-amzn-query-error']?.split(';')[0]}: ${output.message}`;
}

describe('what is wrong', () => {
  it.each([
    [{ Namespace: undefined }, 'MissingParameter: The parameter Namespace is required.'],
    [{ MetricName: '' }, 'MissingParameter: The parameter MetricName is required.'],
    [{ Period: undefined, EndTime: undefined }, 'MissingParameter: The parameter EndTime is required.\nThe parameter Period is required.'],
    [{ Period: 0 }, 'InvalidParameterValue: The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60; it is 0.'],
    [{ Period: 90 }, 'InvalidParameterValue: The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60; it is 90.'],
    [{ Period: -60 }, 'InvalidParameterValue: The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60; it is -60.'],
    [{ EndTime: BASE.StartTime }, 'InvalidParameterValue: The parameter StartTime must not equal parameter EndTime.'],
    [{ EndTime: BASE.StartTime - 1 }, 'InvalidParameterValue: The parameter StartTime must be less than the parameter EndTime.'],
    [{ Statistics: [] }, 'InvalidParameterCombination: Must specify either Statistics or ExtendedStatistics.'],
    [
      { Statistics: ['Median'] },
      'InvalidParameterValue: The parameter Statistics must contain values in the set [ SampleCount, Average, Sum, Minimum, Maximum ].',
    ],
    [
      { ExtendedStatistics: ['p99'] },
      'InvalidParameterCombination: The parameters Statistics and ExtendedStatistics are mutually exclusive and you have specified both.',
    ],
    [
      { Statistics: [], ExtendedStatistics: ['p99'] },
      'InvalidParameterValue: The parameter ExtendedStatistics is not modelled by this local endpoint; use Statistics.',
    ],
    [{ Unit: 'Hosts' }, expect.stringMatching(/^InvalidParameterValue: The parameter Unit must be a value in the set/)],
    [{ EndTime: BASE.StartTime + 1440 * 60 }, []],
    [
      { EndTime: BASE.StartTime + 1440 * 60 + 1 },
      'InvalidParameterCombination: You have requested up to 1441 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
    ],
  ])('%j', async (input, expected) => {
    expect(await call(input)).toEqual(expected);
  });
});

describe('the start', () => {
  // The same age each time, so that it is published fresh and read when it is that old.
  it.each([
    [1, 60, 60],
    [1, 3600, 60],
    [1, 30, 30],
    [1, 10, 10],
    [16 * DAY, 300, 300],
    [64 * DAY, 3600, 3600],
  ])('%d seconds ago is, for a period of %d s, rounded down to %d s', async (ageSeconds, Period, granularity) => {
    const start = Math.floor((NOW_MS / 1000 - ageSeconds - 3600) / 3600) * 3600 + granularity - 1;
    let nowMs = (start + 1) * 1000;
    const service = createCloudWatch({ clock: () => new Date(nowMs) });
    const datum = { MetricName: 'a', Value: 7, StorageResolution: 1, Timestamp: start };
    await service.handle(jsonRequest('PutMetricData', { Namespace: 'x', MetricData: [datum] }));
    nowMs = NOW_MS;
    // Sub-minute data are kept for three hours only.
    if (Period < 60) nowMs = (start + ageSeconds) * 1000;
    const points = await call({ Period, StartTime: start, EndTime: start + 60 }, service);
    expect(points).toEqual([expect.objectContaining({ Timestamp: start - granularity + 1, Sum: 7 })]);
  });
});

describe('data are kept', () => {
  const HOUR = 3600;
  it.each([
    [2 * HOUR, 1, true],
    [2 * HOUR, 60, true],
    [4 * HOUR, 30, false],
    [4 * HOUR, 60, true],
    [14 * DAY, 60, true],
    [16 * DAY, 60, false],
    [16 * DAY, 300, true],
    [62 * DAY, 300, true],
    [64 * DAY, 300, false],
    [64 * DAY, 3600, true],
    [450 * DAY, 3600, true],
    [460 * DAY, 3600, false],
  ])('%d s old, for a period of %d s: %s', async (ageSeconds, Period, kept) => {
    const at = Math.floor((NOW_MS / 1000 - ageSeconds) / 3600) * 3600;
    let nowMs = at * 1000;
    const service = createCloudWatch({ clock: () => new Date(nowMs) });
    await service.handle(
      jsonRequest('PutMetricData', { Namespace: 'x', MetricData: [{ MetricName: 'a', Value: 1, StorageResolution: 1 }] }),
    );
    nowMs = NOW_MS;
    expect(await call({ Period, StartTime: at, EndTime: at + 60 }, service)).toHaveLength(kept ? 1 : 0);
  });
});

it('returns data points of one unit only if it is asked for', async () => {
  const service = createCloudWatch({ clock: () => new Date(NOW_MS) });
  const datum = { MetricName: 'a', Timestamp: BASE.StartTime };
  await service.handle(
    jsonRequest('PutMetricData', {
      Namespace: 'x',
      MetricData: [
        { ...datum, Value: 1, Unit: 'Count' },
        { ...datum, Value: 2, Unit: 'Bytes' },
      ],
    }),
  );
  expect(await call({ Unit: 'Bytes' }, service)).toEqual([{ Timestamp: BASE.StartTime, Sum: 2, Unit: 'Bytes' }]);
  expect(await call({}, service)).toHaveLength(2);
});

it('takes a metric with fewer dimensions for another', async () => {
  const service = createCloudWatch({ clock: () => new Date(NOW_MS) });
  const Dimensions = [{ Name: 'ClusterName', Value: 'main' }];
  await service.handle(
    jsonRequest('PutMetricData', { Namespace: 'x', MetricData: [{ MetricName: 'a', Value: 1, Timestamp: BASE.StartTime, Dimensions }] }),
  );
  expect(await call({}, service)).toEqual([]);
  expect(await call({ Dimensions }, service)).toHaveLength(1);
});

it('includes the start and excludes the end', async () => {
  const service = createCloudWatch({ clock: () => new Date(NOW_MS) });
  const MetricData = [BASE.StartTime - 60, BASE.StartTime, BASE.EndTime - 60, BASE.EndTime].map((Timestamp) => ({
    MetricName: 'a',
    Value: 1,
    Timestamp,
  }));
  await service.handle(jsonRequest('PutMetricData', { Namespace: 'x', MetricData }));
  expect(await call({}, service)).toMatchObject([{ Timestamp: BASE.StartTime }, { Timestamp: BASE.EndTime - 60 }]);
});
