import {
  type Datapoint,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  type MetricDatum,
  PutMetricDataCommand,
  type Statistic,
} from '@aws-sdk/client-cloudwatch';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { createCloudWatch } from '../../src/index.js';
import { sdk } from '../helpers/cloudwatch-clients.js';
import { serve } from '../helpers/serve.js';

const NOW_MS = Date.parse('2026-03-01T10:00:00Z');
const STATISTICS: Statistic[] = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];

/** Whole numbers, so that a sum does not depend on its order. */
const value = fc.integer({ min: -1000, max: 1000 });

interface Datum {
  readonly atMs: number;
  readonly unit: 'Count' | 'None';
  readonly resolution: 1 | 60;
  /** The samples one by one. */
  readonly samples: readonly number[];
  readonly kind: 'Value' | 'Values' | 'StatisticValues';
}

const datum: fc.Arbitrary<Datum> = fc.record({
  atMs: fc.integer({ min: NOW_MS - 7_200_000, max: NOW_MS }),
  unit: fc.constantFrom('Count', 'None'),
  resolution: fc.constantFrom(1, 60),
  samples: fc.array(value, { minLength: 1, maxLength: 8 }),
  kind: fc.constantFrom('Value', 'Values', 'StatisticValues'),
});

const query = fc.record({
  startMs: fc.integer({ min: NOW_MS - 9_000_000, max: NOW_MS - 1 }),
  lengthMs: fc.integer({ min: 1, max: 7_200_000 }),
  period: fc.constantFrom(5, 10, 30, 60, 120, 300, 3600),
});

const samplesOf = ({ kind, samples }: Datum): readonly number[] => (kind === 'Value' ? samples.slice(0, 1) : samples);

function toMetricDatum(item: Datum): MetricDatum {
  const base = { MetricName: 'a', Timestamp: new Date(item.atMs), Unit: item.unit, StorageResolution: item.resolution };
  const samples = samplesOf(item);
  if (item.kind === 'Value') return { ...base, Value: samples[0] };
  if (item.kind === 'StatisticValues') {
    const [SampleCount, , Sum, Minimum, Maximum] = STATISTICS.map((name) => brute(name, samples));
    return { ...base, StatisticValues: { SampleCount, Sum, Minimum, Maximum } };
  }
  const distinct = [...new Set(samples)];
  return { ...base, Values: distinct, Counts: distinct.map((one) => samples.filter((other) => other === one).length) };
}

function brute(name: Statistic, samples: readonly number[]): number {
  const sum = samples.reduce((total, sample) => total + sample, 0);
  return {
    SampleCount: samples.length,
    Average: sum / samples.length,
    Sum: sum,
    Minimum: Math.min(...samples),
    Maximum: Math.max(...samples),
  }[name];
}

/** Goes through the periods one by one and through every datum in each. */
function expectedPeriods(
  data: readonly Datum[],
  { startMs, lengthMs, period }: { startMs: number; lengthMs: number; period: number },
): Map<number, Datum[]> {
  const granularityMs = Math.min(period, 60) * 1000;
  const periods = new Map<number, Datum[]>();
  for (let at = startMs - (startMs % granularityMs); at < startMs + lengthMs; at += period * 1000) {
    const found = data.filter(({ atMs, resolution }) => {
      const storedMs = atMs - (atMs % (resolution * 1000));
      return storedMs >= at && storedMs < Math.min(at + period * 1000, startMs + lengthMs);
    });
    if (found.length > 0) periods.set(at, found);
  }
  return periods;
}

const byTimeThenUnit = (points: readonly Datapoint[]): readonly Datapoint[] =>
  points.toSorted((a, b) => Number(a.Timestamp) - Number(b.Timestamp) || String(a.Unit).localeCompare(String(b.Unit)));

it('agrees with a recomputation from the samples, per unit, period by period', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(datum, { minLength: 1, maxLength: 30 }), query, async (data, { period, ...range }) => {
      const window = { ...range, period, lengthMs: Math.min(range.lengthMs, period * 1_000_000) };
      const served = await serve(createCloudWatch({ clock: () => new Date(NOW_MS) }));
      const client = sdk(served.endpoint);
      try {
        await client.send(new PutMetricDataCommand({ Namespace: 'x', MetricData: data.map(toMetricDatum) }));
        const StartTime = new Date(window.startMs);
        const EndTime = new Date(window.startMs + window.lengthMs);
        const metric = { Namespace: 'x', MetricName: 'a' };
        const statistics = await client.send(
          new GetMetricStatisticsCommand({ ...metric, StartTime, EndTime, Period: period, Statistics: STATISTICS }),
        );
        const MetricDataQueries = STATISTICS.map((Stat) => ({
          Id: Stat.toLowerCase(),
          MetricStat: { Metric: metric, Period: period, Stat },
        }));
        const values = await client.send(new GetMetricDataCommand({ StartTime, EndTime, MetricDataQueries, ScanBy: 'TimestampAscending' }));

        const periods = expectedPeriods(data, window);
        const expected = [...periods].flatMap(([at, found]) =>
          (['Count', 'None'] as const).flatMap((unit) => {
            const samples = found.filter((item) => item.unit === unit).flatMap(samplesOf);
            if (samples.length === 0) return [];
            return [{ Timestamp: new Date(at), Unit: unit, ...Object.fromEntries(STATISTICS.map((name) => [name, brute(name, samples)])) }];
          }),
        );
        expect(byTimeThenUnit(statistics.Datapoints ?? [])).toEqual(byTimeThenUnit(expected));
        for (const [index, name] of STATISTICS.entries()) {
          const result = values.MetricDataResults?.[index];
          expect(result?.Timestamps?.map((time) => time.getTime())).toEqual([...periods.keys()]);
          expect(result?.Values).toEqual([...periods.values()].map((found) => brute(name, found.flatMap(samplesOf))));
        }
      } finally {
        client.destroy();
        await served.close();
      }
    }),
    propertyParameters(60),
  );
}, 120_000);
