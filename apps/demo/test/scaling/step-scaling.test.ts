import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { adjustmentAt } from '../../src/scaling/step-scaling.js';

const OUT = [
  { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 1, ScalingAdjustment: 1 },
  { MetricIntervalLowerBound: 1, MetricIntervalUpperBound: 4, ScalingAdjustment: 2 },
  { MetricIntervalLowerBound: 4, ScalingAdjustment: 5 },
];
const IN = [
  { MetricIntervalUpperBound: -10, ScalingAdjustment: -2 },
  { MetricIntervalLowerBound: -10, MetricIntervalUpperBound: 0, ScalingAdjustment: -1 },
];

test.each([
  [OUT, 1, 0.5, 0],
  [OUT, 1, 1, 1],
  [OUT, 1, 2, 2],
  [OUT, 1, 4.9, 2],
  [OUT, 1, 5, 5],
  [OUT, 1, 1000, 5],
  [IN, 20, 20, -1],
  [IN, 20, 10.5, -1],
  [IN, 20, 10, -2],
  [IN, 20, 0, -2],
  [IN, 20, 21, 0],
])('%j from %d at %d: %d', (steps, threshold, value, adjustment) => {
  expect(adjustmentAt(steps, threshold, value)).toBe(adjustment);
});

test('only the distance from the threshold counts', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -100, max: 100 }),
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: -500, max: 500 }),
      (threshold, breach, shift) => {
        expect(adjustmentAt(OUT, threshold + shift, threshold + shift + breach)).toBe(adjustmentAt(OUT, threshold, threshold + breach));
      },
    ),
    propertyParameters(100),
  );
});
