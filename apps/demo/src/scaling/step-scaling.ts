/** One step of a step scaling policy: bounds are counted from the alarm's threshold. */
export interface StepAdjustment {
  /** Least breach, inclusive where the metric is above the threshold; negative infinity if left out. */
  readonly MetricIntervalLowerBound?: number;
  /** Most breach, exclusive where the metric is above the threshold; infinity if left out. */
  readonly MetricIntervalUpperBound?: number;
  /** Change in capacity. */
  readonly ScalingAdjustment: number;
}

/**
 * What a step scaling policy adds, or takes away if negative, at a value of its metric; 0 where no step is meant. Pure.
 *
 * A bound on the side of the threshold is inclusive, the one beyond it exclusive.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html
 */
export function adjustmentAt(steps: readonly StepAdjustment[], threshold: number, value: number): number {
  const breach = value - threshold;
  const step = steps.find(
    ({ MetricIntervalLowerBound: lower = Number.NEGATIVE_INFINITY, MetricIntervalUpperBound: upper = Number.POSITIVE_INFINITY }) =>
      breach >= 0 && lower >= 0 ? lower <= breach && breach < upper : lower < breach && breach <= upper,
  );
  return step?.ScalingAdjustment ?? 0;
}
