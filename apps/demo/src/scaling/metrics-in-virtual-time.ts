import { createCloudWatch, type MetricStore } from '@plimsoll/simulator';

/** The cluster's numbers of one minute. */
export type Published = ReadonlyMap<string, number>;

/**
 * Metrics by the play's own minutes.
 *
 * The function publishes with the machine's time, for it is the shipped one; each minute's points are put to the minute they are for.
 */
export class MetricsInVirtualTime {
  /** What alarms look at. */
  public readonly store: MetricStore = createCloudWatch().store;
  private readonly seen = new Map<string, number>();

  /** @param received the metrics as they arrive */
  public constructor(private readonly received: MetricStore) {}

  /** Takes over what arrived since the last call; gives back what concerns the cluster as a whole, by name of the metric. */
  public takeOver(timestampMs: number): Published {
    const published = new Map<string, number>();
    for (const metric of this.received.metrics()) {
      const key = JSON.stringify([metric.namespace, metric.name, metric.dimensions]);
      const points = this.received.points(metric);
      const fresh = points.slice(this.seen.get(key) ?? 0);
      this.seen.set(key, points.length);
      this.store.put([{ metric, points: fresh.map((point) => ({ ...point, timestampMs })) }]);
      const latest = fresh.at(-1);
      if (latest !== undefined && metric.dimensions.length === 1) published.set(metric.name, latest.statistics.maximum);
    }
    return published;
  }

  /** Adds a value that AWS itself would publish. */
  public add(
    namespace: string,
    name: string,
    about: {
      readonly dimensions: ReadonlyArray<{ readonly Name: string; readonly Value: string }>;
      readonly value: number;
      readonly timestampMs: number;
    },
  ): void {
    const { dimensions, value, timestampMs } = about;
    const metric = { namespace, name, dimensions: dimensions.map(({ Name, Value }) => ({ name: Name, value: Value })) };
    const statistics = { sampleCount: 1, sum: value, minimum: value, maximum: value };
    this.store.put([{ metric, points: [{ timestampMs, unit: 'Percent', statistics }] }]);
  }
}
