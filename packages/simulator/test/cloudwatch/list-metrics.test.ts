import { type Metric, paginateListMetrics } from '@aws-sdk/client-cloudwatch';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { createCloudWatch, type MetricIdentity } from '../../src/index.js';
import { sdk } from '../helpers/cloudwatch-clients.js';
import { jsonRequest } from '../helpers/cloudwatch-requests.js';
import { serve } from '../helpers/serve.js';

const NOW_MS = Date.parse('2026-03-01T10:00:00Z');
const POINT = { timestampMs: NOW_MS, unit: 'None', statistics: { sampleCount: 1, sum: 1, minimum: 1, maximum: 1 } } as const;

const service = (metrics: readonly MetricIdentity[]) => {
  const cloudWatch = createCloudWatch({ clock: () => new Date(NOW_MS) });
  cloudWatch.store.put(metrics.map((metric) => ({ metric, points: [POINT] })));
  return cloudWatch;
};

async function call(
  input: object,
  cloudWatch: ReturnType<typeof service>,
): Promise<{ readonly Metrics: readonly Metric[]; readonly NextToken?: string; readonly message?: string }> {
  return JSON.parse(String((await cloudWatch.handle(jsonRequest('ListMetrics', input))).body));
}

const name = fc.constantFrom('a', 'b', 'B', '__proto__', 'ä', '\u{1f600}', '"', ',');
const identity = fc.record({
  namespace: name,
  name: fc.oneof(name, fc.string({ minLength: 1, unit: 'binary' })),
  dimensions: fc.uniqueArray(fc.record({ name, value: name }), { maxLength: 3, selector: ({ name: dimension }) => dimension }),
});

const key = (metric: MetricIdentity): string =>
  JSON.stringify([metric.namespace, metric.name, metric.dimensions.map((dimension) => [dimension.name, dimension.value]).sort()]);
const keyOf = ({ Namespace = '', MetricName = '', Dimensions = [] }: Metric): string =>
  key({
    namespace: Namespace,
    name: MetricName,
    dimensions: Dimensions.map(({ Name = '', Value = '' }) => ({ name: Name, value: Value })),
  });

it('lists over the pages of the SDK every metric once, 500 a page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(identity, { maxLength: 5 }), fc.integer({ min: 0, max: 1600 }), async (some, more) => {
      const many = Array.from({ length: more }, (_, index) => ({ namespace: 'a', name: `m${index}`, dimensions: [] }));
      const all = [...some, ...many];
      const served = await serve(service([...all, ...some]));
      const client = sdk(served.endpoint);
      const pages: Metric[][] = [];
      for await (const page of paginateListMetrics({ client }, {})) pages.push(page.Metrics ?? []);
      client.destroy();
      await served.close();
      expect(pages.flat().map(keyOf).sort()).toEqual([...new Set(all.map(key))].sort());
      for (const page of pages.slice(0, -1)) expect(page).toHaveLength(500);
    }),
    propertyParameters(15),
  );
}, 60_000);

it('neither repeats nor hides a metric if others are published between the pages', async () => {
  const metrics = Array.from({ length: 600 }, (_, index) => ({
    namespace: 'x',
    name: `m${String(index).padStart(4, '0')}`,
    dimensions: [],
  }));
  const cloudWatch = service(metrics);
  const first = await call({}, cloudWatch);
  cloudWatch.store.put([{ metric: { namespace: 'x', name: 'a-first', dimensions: [] }, points: [POINT] }]);
  const second = await call({ NextToken: first.NextToken }, cloudWatch);
  expect([...first.Metrics, ...second.Metrics].map(({ MetricName }) => MetricName)).toEqual(metrics.map((metric) => metric.name));
});

describe('filters', () => {
  const dimension = (dimensionName: string, value: string) => ({ name: dimensionName, value });
  const metrics = [
    { namespace: 'x', name: 'a', dimensions: [] },
    { namespace: 'x', name: 'a', dimensions: [dimension('ClusterName', 'main')] },
    { namespace: 'x', name: 'b', dimensions: [dimension('TaskSize', 'web'), dimension('ClusterName', 'main')] },
    { namespace: 'y', name: 'a', dimensions: [dimension('ClusterName', 'other')] },
  ];

  it.each([
    [{}, [0, 1, 2, 3]],
    [{ Namespace: 'x' }, [0, 1, 2]],
    [{ Namespace: 'X' }, []],
    [{ MetricName: 'a' }, [0, 1, 3]],
    [{ Dimensions: [{ Name: 'ClusterName' }] }, [1, 2, 3]],
    [{ Dimensions: [{ Name: 'ClusterName', Value: 'main' }] }, [1, 2]],
    [{ Dimensions: [{ Name: 'ClusterName', Value: 'main' }, { Name: 'TaskSize' }] }, [2]],
    [{ Namespace: 'y', MetricName: 'a', Dimensions: [{ Name: 'TaskSize' }] }, []],
  ])('%j lists the metrics %j', async (input, expected) => {
    const { Metrics } = await call(input, service(metrics));
    expect(Metrics.map(keyOf).sort()).toEqual(expected.map((index) => key(metrics[index] as MetricIdentity)).sort());
  });

  it.each([
    [{ Dimensions: [{}] }, 'The parameter Dimensions.member.1.Name is required.'],
    [{ Dimensions: Array.from({ length: 11 }, () => ({ Name: 'a' })) }, 'The collection Dimensions must not have a size greater than 10.'],
    [{ RecentlyActive: 'PT1H' }, 'The parameter RecentlyActive must be a value in the set [ PT3H ].'],
    [{ NextToken: 'x' }, 'The value for parameter NextToken is invalid.'],
    [{ IncludeLinkedAccounts: true }, 'Linked accounts are not modelled by this local endpoint.'],
  ])('%j is refused: %s', async (input, message) => {
    expect((await call(input, service([]))).message).toBe(message);
  });
});

describe('a metric that is silent', () => {
  const listed = async (ageMs: number, input: object) => {
    const cloudWatch = service([]);
    cloudWatch.store.put([{ metric: { namespace: 'x', name: 'a', dimensions: [] }, points: [{ ...POINT, timestampMs: NOW_MS - ageMs }] }]);
    return (await call(input, cloudWatch)).Metrics.length === 1;
  };
  const HOUR_MS = 3_600_000;

  it('is listed for two weeks', async () => {
    expect(await listed(14 * 24 * HOUR_MS, {})).toBe(true);
    expect(await listed(14 * 24 * HOUR_MS + 1, {})).toBe(false);
  });

  it('is recently active for three hours', async () => {
    expect(await listed(3 * HOUR_MS, { RecentlyActive: 'PT3H' })).toBe(true);
    expect(await listed(3 * HOUR_MS + 1, { RecentlyActive: 'PT3H' })).toBe(false);
  });
});
