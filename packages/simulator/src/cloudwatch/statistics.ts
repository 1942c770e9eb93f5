/** What CloudWatch keeps of a set of samples: enough for each of the five statistics. */
export interface StatisticSet {
  /** Number of samples; more than 0 unless the caller published less. */
  readonly sampleCount: number;
  /** Sum of the samples, in the metric's unit. */
  readonly sum: number;
  /** Smallest sample, in the metric's unit. */
  readonly minimum: number;
  /** Largest sample, in the metric's unit. */
  readonly maximum: number;
}

/** The statistics other than percentiles, in the order of the model (`Statistic`). */
export const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;

/** Name of a statistic. */
export type Statistic = (typeof STATISTICS)[number];

/** Whether the text names one of the five statistics. */
export function isStatistic(text: string): text is Statistic {
  return (STATISTICS as readonly string[]).includes(text);
}

/** A sample and how often it occurred. */
export interface WeightedValue {
  readonly value: number;
  /** Times the value occurred; at least 0. */
  readonly count: number;
}

/** Statistics of values with counts; `undefined` if there is no value. */
export function statisticsOf(values: readonly WeightedValue[]): StatisticSet | undefined {
  return values
    .map(({ value, count }) => ({ sampleCount: count, sum: value * count, minimum: value, maximum: value }))
    .reduce<StatisticSet | undefined>(mergeStatistics, undefined);
}

/** Statistics of both sets of samples together. */
export function mergeStatistics(a: StatisticSet | undefined, b: StatisticSet): StatisticSet {
  if (a === undefined) return b;
  return {
    sampleCount: a.sampleCount + b.sampleCount,
    sum: a.sum + b.sum,
    minimum: Math.min(a.minimum, b.minimum),
    maximum: Math.max(a.maximum, b.maximum),
  };
}

/** One statistic of a set of samples; the average of no sample is 0. */
export function statistic(name: Statistic, set: StatisticSet): number {
  switch (name) {
    case 'SampleCount':
      return set.sampleCount;
    case 'Sum':
      return set.sum;
    case 'Minimum':
      return set.minimum;
    case 'Maximum':
      return set.maximum;
    case 'Average':
      return set.sampleCount === 0 ? 0 : set.sum / set.sampleCount;
  }
}
