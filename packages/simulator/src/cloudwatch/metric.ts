/** One dimension of a metric: a name/value pair that is part of the metric's identity. */
export interface Dimension {
  /** ASCII, 1 to 255 characters. */
  readonly name: string;
  /** ASCII, 1 to 1,024 characters. */
  readonly value: string;
}

/**
 * What tells one metric from another: namespace, name and the set of dimensions.
 *
 * The order of the dimensions does not matter; a metric with fewer dimensions is another metric
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Dimension).
 */
export interface MetricIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly Dimension[];
}

/** Key of a metric: equal for equal metrics, whatever the order of their dimensions. */
export function metricKey(metric: MetricIdentity): string {
  const dimensions = sortDimensions(metric.dimensions).map(({ name, value }) => [name, value]);
  return JSON.stringify([metric.namespace, metric.name, dimensions]);
}

/** The dimensions by name, then value, in code-unit order. */
export function sortDimensions(dimensions: readonly Dimension[]): readonly Dimension[] {
  return dimensions.toSorted((a, b) => compareText(a.name, b.name) || compareText(a.value, b.value));
}

/** Code-unit order, which no locale changes. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
