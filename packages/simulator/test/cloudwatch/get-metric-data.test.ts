import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import type { GetMetricDataOutput, MetricDataResult } from '../../src/cloudwatch/get-metric-data.js';
import { createCloudWatch } from '../../src/index.js';
import { jsonRequest } from '../helpers/cloudwatch-requests.js';

const NOW = new Date('2026-03-01T10:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const RANGE = { StartTime: SECONDS - 7200, EndTime: SECONDS };

const stat = (MetricName: string, more: object = {}) => ({ Metric: { Namespace: 'x', MetricName }, Period: 60, Stat: 'Sum', ...more });

async function call(
  input: object,
  service = createCloudWatch({ clock: () => NOW }),
): Promise<{ readonly error?: string; readonly output: GetMetricDataOutput }> {
  const { status, headers, body } = await service.handle(jsonRequest('GetMetricData', input));
  const output = JSON.parse(String(body));
  return status === 200 ? { output } : { output, error: `${headers['x-amzn-query-error']?.split(';')[0]}: ${output.message}` };
}

/** A service with some minutes of data for each of some metrics. */
async function filled(minutes: readonly number[]): Promise<ReturnType<typeof createCloudWatch>> {
  const service = createCloudWatch({ clock: () => NOW });
  const MetricData = minutes.flatMap((count, metric) =>
    Array.from({ length: count }, (_, minute) => ({ MetricName: `m${metric}`, Value: minute, Timestamp: SECONDS - 60 * (minute + 1) })),
  );
  if (MetricData.length > 0) await service.handle(jsonRequest('PutMetricData', { Namespace: 'x', MetricData }));
  return service;
}

it('delivers over its pages exactly what one page delivers, each data point once', async () => {
  const minutes = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      minutes,
      fc.integer({ min: 1, max: 15 }),
      fc.constantFrom('TimestampAscending', 'TimestampDescending'),
      async (counts, MaxDatapoints, ScanBy) => {
        const service = await filled(counts);
        const input = {
          ...RANGE,
          ScanBy,
          MetricDataQueries: counts.map((_, index) => ({ Id: `q${index}`, MetricStat: stat(`m${index}`) })),
        };
        const whole = (await call(input, service)).output;
        const pages: GetMetricDataOutput[] = [];
        let NextToken: string | undefined;
        do {
          const { output } = await call({ ...input, MaxDatapoints, NextToken }, service);
          pages.push(output);
          NextToken = output.NextToken;
        } while (NextToken !== undefined);

        expect(whole.NextToken).toBeUndefined();
        expect(whole.MetricDataResults.map(({ Values }) => Values.length)).toEqual(counts);
        for (const page of pages.slice(0, -1)) expect(sizeOf(page)).toBe(MaxDatapoints);
        expect(sizeOf(pages.at(-1) ?? whole)).toBeLessThanOrEqual(MaxDatapoints);
        for (const result of whole.MetricDataResults) {
          const parts = pages.flatMap((page) => page.MetricDataResults.filter(({ Id }) => Id === result.Id));
          expect(parts.flatMap(({ Timestamps }) => Timestamps)).toEqual(result.Timestamps);
          expect(parts.flatMap(({ Values }) => Values)).toEqual(result.Values);
          expect(parts.map(({ StatusCode }) => StatusCode)).toEqual(
            parts.map((_, index) => (index < parts.length - 1 ? 'PartialData' : 'Complete')),
          );
        }
      },
    ),
    propertyParameters(100),
  );
});

function sizeOf({ MetricDataResults }: GetMetricDataOutput): number {
  return MetricDataResults.reduce((sum: number, { Values }: MetricDataResult) => sum + Values.length, 0);
}

it('takes units together unless one is asked for', async () => {
  const service = createCloudWatch({ clock: () => NOW });
  const datum = { MetricName: 'a', Timestamp: SECONDS - 60 };
  const MetricData = [
    { ...datum, Value: 1, Unit: 'Count' },
    { ...datum, Value: 2 },
  ];
  await service.handle(jsonRequest('PutMetricData', { Namespace: 'x', MetricData }));
  const MetricDataQueries = [
    { Id: 'all', MetricStat: stat('a') },
    { Id: 'counts', MetricStat: stat('a', { Unit: 'Count' }) },
    { Id: 'bytes', MetricStat: stat('a', { Unit: 'Bytes' }) },
  ];
  const { output } = await call({ ...RANGE, MetricDataQueries }, service);
  expect(output.MetricDataResults.map(({ Values }) => Values)).toEqual([[3], [1], []]);
});

describe('what is wrong is a ValidationError', () => {
  const query = { Id: 'a', MetricStat: stat('a') };
  it.each([
    [{ MetricDataQueries: [] }, 'The parameter MetricDataQueries is required.'],
    [
      { MetricDataQueries: Array.from({ length: 501 }, (_, index) => ({ ...query, Id: `a${index}` })) },
      'must not have a size greater than 500',
    ],
    [{ MetricDataQueries: [query, query] }, 'must be unique; a is repeated'],
    [{ MetricDataQueries: [{ ...query, Id: 'A' }] }, 'The value A for parameter MetricDataQueries.member.1.Id is invalid.'],
    [{ MetricDataQueries: [{ ...query, Id: undefined }] }, 'The parameter MetricDataQueries.member.1.Id is required.'],
    [{ MetricDataQueries: [{ ...query, Expression: 'a' }] }, 'are mutually exclusive'],
    [{ MetricDataQueries: [{ Id: 'a' }] }, 'The parameter MetricDataQueries.member.1.MetricStat is required.'],
    [{ MetricDataQueries: [{ ...query, AccountId: '111122223333' }] }, 'AccountId is not modelled by this local endpoint'],
    [
      { MetricDataQueries: [{ Id: 'a', MetricStat: stat('a', { Stat: 'p99' }) }] },
      'The value p99 for parameter MetricDataQueries.member.1.MetricStat.Stat is not a valid statistic.',
    ],
    [
      { MetricDataQueries: [{ Id: 'a', MetricStat: stat('a', { Period: 7 }) }] },
      'MetricStat.Period must be 1, 5, 10, 20, 30 or a multiple of 60; it is 7.',
    ],
    [{ MetricDataQueries: [{ Id: 'a', MetricStat: stat('a', { Period: undefined }) }] }, 'MetricStat.Period is required.'],
    [{ MetricDataQueries: [query], EndTime: RANGE.StartTime }, 'The parameter StartTime must not equal parameter EndTime.'],
    [{ MetricDataQueries: [query], EndTime: 0 }, 'The parameter StartTime must be less than the parameter EndTime.'],
    [{ MetricDataQueries: [query], StartTime: undefined }, 'The parameter StartTime is required.'],
    [{ MetricDataQueries: [query], MaxDatapoints: 0 }, 'The parameter MaxDatapoints must be between 1 and 100800; it is 0.'],
    [{ MetricDataQueries: [query], ScanBy: 'Random' }, 'The parameter ScanBy must be a value in the set'],
  ])('%j', async (input, message) => {
    const { error } = await call({ ...RANGE, ...input });
    expect(error).toContain('ValidationError: ');
    expect(error).toContain(message);
  });

  it.each(['', 'x', Buffer.from('-1').toString('base64url'), Buffer.from('"a"').toString('base64url')])(
    'but a NextToken that is none (%p) is InvalidNextToken',
    async (NextToken) => {
      expect((await call({ ...RANGE, MetricDataQueries: [query], NextToken })).error).toBe(
        'InvalidNextToken: The value for parameter NextToken is invalid.',
      );
    },
  );
});
