import { compareText, type MetricIdentity, metricKey, sortDimensions } from './metric.js';
import type { StatisticSet } from './statistics.js';
import type { StandardUnit } from './unit.js';

/**
 * One published data point.
 *
 * `Value` and `Values` with `Counts` are kept as the statistic set they amount to:
 * percentiles, which need the values themselves, are not modelled.
 */
export interface DataPoint {
  /**
   * Unix time in milliseconds, at the start of the second or minute it falls in:
   * CloudWatch stores with a resolution of one or of sixty seconds
   * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html).
   */
  readonly timestampMs: number;
  readonly unit: StandardUnit;
  readonly statistics: StatisticSet;
}

/** A metric and the data points of one `PutMetricData` for it. */
export interface PublishedMetric {
  readonly metric: MetricIdentity;
  readonly points: readonly DataPoint[];
}

/** A metric the store holds. */
export interface StoredMetric extends MetricIdentity {
  /** Unix time of the newest data point, in milliseconds. */
  readonly newestTimestampMs: number;
}

/**
 * Metrics and their data points, in memory, in the order they were published.
 *
 * Holds what it is given: requests are validated before. Nothing expires from it;
 * what is too old to be returned is left out when it is read.
 */
export interface MetricStore {
  /** Adds data points; a metric comes to be with its first. */
  put(published: readonly PublishedMetric[]): void;
  /** Every metric with its dimensions sorted, by namespace, name and dimensions. */
  metrics(): readonly StoredMetric[];
  /** Data points of one metric as published; empty if there is no such metric. */
  points(metric: MetricIdentity): readonly DataPoint[];
}

interface Entry {
  readonly key: string;
  readonly metric: MetricIdentity;
  readonly points: DataPoint[];
  newestTimestampMs: number;
}

/** An empty store. */
export function createMetricStore(): MetricStore {
  const entries = new Map<string, Entry>();

  const entryOf = (metric: MetricIdentity): Entry => {
    const key = metricKey(metric);
    const known = entries.get(key);
    if (known !== undefined) return known;
    const { namespace, name } = metric;
    const entry = {
      key,
      metric: { namespace, name, dimensions: sortDimensions(metric.dimensions) },
      points: [],
      newestTimestampMs: -Infinity,
    };
    entries.set(key, entry);
    return entry;
  };

  return {
    put(published) {
      for (const { metric, points } of published) {
        if (points.length === 0) continue;
        const entry = entryOf(metric);
        for (const point of points) {
          entry.points.push(point);
          entry.newestTimestampMs = Math.max(entry.newestTimestampMs, point.timestampMs);
        }
      }
    },
    metrics: () =>
      [...entries.values()]
        .sort((a, b) => compareText(a.key, b.key))
        .map(({ metric, newestTimestampMs }) => ({ ...metric, newestTimestampMs })),
    points: (metric) => entries.get(metricKey(metric))?.points ?? [],
  };
}
