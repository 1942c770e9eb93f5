import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { createCloudWatch } from '../../src/index.js';
import { sdk } from '../helpers/cloudwatch-clients.js';
import { jsonRequest } from '../helpers/cloudwatch-requests.js';
import { serve } from '../helpers/serve.js';

const NOW_MS = Date.parse('2026-03-01T10:30:30Z');
const SECONDS = NOW_MS / 1000;
const HOUR = 3600;

const DATUM = { MetricName: 'a', Value: 1 };

async function put(input: unknown, service = createCloudWatch({ clock: () => new Date(NOW_MS) })): Promise<string> {
  const { status, headers, body } = await service.handle(jsonRequest('PutMetricData', input));
  if (status === 200) return 'ok';
  return `${headers['x-amzn-query-error']?.split(';')[0]}: ${JSON.parse(String(body)).message}`;
}

const putDatum = (datum: object) => put({ Namespace: 'x', MetricData: [{ ...DATUM, ...datum }] });
const dimension = (Name: string, Value: string) => putDatum({ Dimensions: [{ Name, Value }] });
const repeat = <T>(count: number, item: T): T[] => new Array<T>(count).fill(item);

const INVALID = 'InvalidParameterValue: ';

describe('the namespace', () => {
  it.each([
    ['Plimsoll/ECS', 'ok'],
    ['a'.repeat(255), 'ok'],
    ['a'.repeat(256), `${INVALID}The value for parameter Namespace has 256 characters; at most 255 are allowed.`],
    [':a', `${INVALID}The value :a for parameter Namespace is invalid.`],
    ['ä', `${INVALID}The value ä for parameter Namespace is invalid.`],
    ['a\tb', `${INVALID}The value a\tb for parameter Namespace is invalid.`],
    ['AWS/ECS', `${INVALID}The value AWS/ for parameter Namespace is invalid.`],
    ['', 'MissingParameter: The parameter Namespace is required.'],
    [undefined, 'MissingParameter: The parameter Namespace is required.'],
  ])('%p: %s', async (Namespace, expected) => {
    expect(await put({ Namespace, MetricData: [DATUM] })).toBe(expected);
  });
});

describe('the number of metrics', () => {
  it.each([
    [{ MetricData: repeat(1000, DATUM) }, 'ok'],
    [{ MetricData: repeat(1001, DATUM) }, `${INVALID}The collection MetricData must not have a size greater than 1000.`],
    [
      { MetricData: repeat(999, DATUM), EntityMetricData: [{ MetricData: [DATUM, DATUM] }] },
      `${INVALID}The collection MetricData must not have a size greater than 1000.`,
    ],
    [{ MetricData: [] }, 'MissingParameter: The parameter MetricData is required.'],
    [
      { EntityMetricData: repeat(3, { MetricData: [DATUM] }) },
      `${INVALID}The collection EntityMetricData must not have a size greater than 2.`,
    ],
    [
      { EntityMetricData: [{ MetricData: [{}] }] },
      'MissingParameter: The parameter EntityMetricData.member.1.MetricData.member.1.MetricName is required.',
    ],
  ])('case %#', async (input, expected) => {
    expect(await put({ Namespace: 'x', ...input })).toBe(expected);
  });
});

describe('the samples of a datum', () => {
  const set = { SampleCount: 1, Sum: 1, Minimum: 1, Maximum: 1 };
  const path = 'MetricData.member.1';
  const both = (a: string, b: string) =>
    `InvalidParameterCombination: The parameters ${path}.${a} and ${path}.${b} are mutually exclusive and you have specified both.`;

  it.each([
    [{ Value: 2 ** 360 }, 'ok'],
    [{ Value: -(2 ** 360) }, 'ok'],
    [{ Value: 2 ** 361 }, `${INVALID}The value ${2 ** 361} for parameter ${path}.Value is invalid.`],
    [{ Value: '-Infinity' }, `${INVALID}The value -Infinity for parameter ${path}.Value is invalid.`],
    [{ Value: undefined, Values: repeat(150, 1) }, 'ok'],
    [{ Value: undefined, Values: repeat(151, 1) }, `${INVALID}The collection ${path}.Values must not have a size greater than 150.`],
    [{ Value: undefined, Values: [1, 'NaN'] }, `${INVALID}The value NaN for parameter ${path}.Values.member.2 is invalid.`],
    [
      { Value: undefined, Values: [1, 2], Counts: [1] },
      `InvalidParameterCombination: The parameters ${path}.Values and ${path}.Counts must be of the same size.`,
    ],
    [{ Value: undefined, Values: [1], Counts: [-1] }, `${INVALID}The value -1 for parameter ${path}.Counts.member.1 is invalid.`],
    [
      { Value: undefined, Values: [1], Counts: ['Infinity'] },
      `${INVALID}The value Infinity for parameter ${path}.Counts.member.1 is invalid.`,
    ],
    [{ Value: undefined, StatisticValues: set }, 'ok'],
    [
      { Value: undefined, StatisticValues: { ...set, Sum: undefined } },
      `MissingParameter: The parameter ${path}.StatisticValues.Sum is required.`,
    ],
    [
      { Value: undefined, StatisticValues: { ...set, Minimum: 'NaN' } },
      `${INVALID}The value NaN for parameter ${path}.StatisticValues.Minimum is invalid.`,
    ],
    [{ StatisticValues: set }, both('Value', 'StatisticValues')],
    [{ Values: [1] }, both('Value', 'Values')],
    [{ Value: undefined, Values: [1], StatisticValues: set }, both('Values', 'StatisticValues')],
    [
      { Value: undefined },
      `InvalidParameterCombination: One of the parameters ${path}.Value, ${path}.Values and ${path}.StatisticValues must be specified.`,
    ],
    [{ Values: [] }, 'ok'],
  ])('%j', async (datum, expected) => {
    expect(await putDatum(datum)).toBe(expected);
  });
});

describe('the other members of a datum', () => {
  it.each([
    [{ Timestamp: SECONDS - 14 * 24 * HOUR }, 'ok'],
    [
      { Timestamp: SECONDS - 14 * 24 * HOUR - 1 },
      `${INVALID}The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks.`,
    ],
    [{ Timestamp: SECONDS + 2 * HOUR }, 'ok'],
    [
      { Timestamp: SECONDS + 2 * HOUR + 1 },
      `${INVALID}The parameter MetricData.member.1.Timestamp must specify a time no more than two hours in the future.`,
    ],
    [{ StorageResolution: 1 }, 'ok'],
    [{ StorageResolution: 60 }, 'ok'],
    [{ StorageResolution: 5 }, `${INVALID}The parameter MetricData.member.1.StorageResolution must be a value in the set [ 1, 60 ].`],
    [{ Unit: 'Count/Second' }, 'ok'],
    [
      { MetricName: 'a'.repeat(256) },
      `${INVALID}The value for parameter MetricData.member.1.MetricName has 256 characters; at most 255 are allowed.`,
    ],
    [{ MetricName: undefined }, 'MissingParameter: The parameter MetricData.member.1.MetricName is required.'],
    [{ Dimensions: repeat(30, { Name: 'a', Value: 'b' }) }, 'ok'],
    [
      { Dimensions: repeat(31, { Name: 'a', Value: 'b' }) },
      `${INVALID}The collection MetricData.member.1.Dimensions must not have a size greater than 30.`,
    ],
    [{ Dimensions: [{ Name: 'a' }] }, 'MissingParameter: The parameter MetricData.member.1.Dimensions.member.1.Value is required.'],
  ])('%j', async (datum, expected) => {
    expect(await putDatum(datum)).toBe(expected);
  });

  it.each([
    ['a', 'a'.repeat(1024), 'ok'],
    ['a', 'a'.repeat(1025), 'has 1025 characters'],
    ['a'.repeat(256), 'b', 'has 256 characters'],
    [':a', 'b', 'The value :a for parameter MetricData.member.1.Dimensions.member.1.Name is invalid.'],
    ['a', ':b', 'ok'],
    ['ä', 'b', '.Name is invalid.'],
    ['a', 'ö', '.Value is invalid.'],
    ['a', 'b\u0007', '.Value is invalid.'],
    [' ', 'b', '.Name is invalid.'],
    ['a', '  ', '.Value is invalid.'],
  ])('dimension %j = %j', async (name, value, expected) => {
    expect(await dimension(name, value)).toContain(expected);
  });

  it('names every unit there is if one is unknown', async () => {
    expect(await putDatum({ Unit: 'count' })).toMatch(
      /Unit must be a value in the set \[ Seconds, Microseconds, .*, Count\/Second, None \]\.$/,
    );
  });
});

describe('a request', () => {
  it('is published whole or not at all, and names each wrong parameter of a kind on a line', async () => {
    const service = createCloudWatch({ clock: () => new Date(NOW_MS) });
    const wrong = { Namespace: 'x', MetricData: [DATUM, { ...DATUM, Unit: 'x' }, { ...DATUM, Value: 'NaN' }, { Value: 1 }] };
    const answer = await put(wrong, service);
    expect(answer.split('\n')).toHaveLength(2);
    expect(answer).toMatch(/^InvalidParameterValue: .*member\.2\.Unit.*\n.*member\.3\.Value is invalid\.$/);
    expect(service.store.metrics()).toEqual([]);
  });

  it('gives data without a time stamp the present one, at the start of its minute or second', async () => {
    const service = createCloudWatch({ clock: () => new Date(NOW_MS + 999) });
    await put({ Namespace: 'x', MetricData: [DATUM, { ...DATUM, StorageResolution: 1 }] }, service);
    const points = service.store.points({ namespace: 'x', name: 'a', dimensions: [] });
    expect(points.map(({ timestampMs }) => timestampMs)).toEqual([NOW_MS - 30_000, NOW_MS]);
    expect(points[0]?.unit).toBe('None');
  });

  it('keeps metric data that come with entities', async () => {
    const service = createCloudWatch({ clock: () => new Date(NOW_MS) });
    const EntityMetricData = [{ Entity: { KeyAttributes: { Type: 'Service' } }, MetricData: [{ ...DATUM, MetricName: 'b' }] }];
    expect(await put({ Namespace: 'x', MetricData: [DATUM], EntityMetricData, StrictEntityValidation: false }, service)).toBe('ok');
    expect(service.store.metrics().map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('of a thousand metrics comes compressed from the SDK and is published', async () => {
    const service = createCloudWatch({ clock: () => new Date(NOW_MS) });
    const served = await serve(service);
    const client = sdk(served.endpoint);
    const MetricData = Array.from({ length: 1000 }, (_, index) => ({ MetricName: `metric-${index}`, Value: index }));
    await client.send(new PutMetricDataCommand({ Namespace: 'x', MetricData }));
    client.destroy();
    await served.close();
    expect(served.requests[0]?.headers['content-encoding']).toBe('gzip');
    expect(service.store.metrics()).toHaveLength(1000);
  });
});
