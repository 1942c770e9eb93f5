/**
 * The units CloudWatch knows, in the order its own error message lists them
 * (`StandardUnit` in the model of `@aws-sdk/client-cloudwatch`).
 */
export const STANDARD_UNITS = [
  'Seconds',
  'Microseconds',
  'Milliseconds',
  'Bytes',
  'Kilobytes',
  'Megabytes',
  'Gigabytes',
  'Terabytes',
  'Bits',
  'Kilobits',
  'Megabits',
  'Gigabits',
  'Terabits',
  'Percent',
  'Count',
  'Bytes/Second',
  'Kilobytes/Second',
  'Megabytes/Second',
  'Gigabytes/Second',
  'Terabytes/Second',
  'Bits/Second',
  'Kilobits/Second',
  'Megabits/Second',
  'Gigabits/Second',
  'Terabits/Second',
  'Count/Second',
  'None',
] as const;

/** Unit of a data point. */
export type StandardUnit = (typeof STANDARD_UNITS)[number];

/** Whether the text is a unit CloudWatch knows. */
export function isStandardUnit(text: string): text is StandardUnit {
  return (STANDARD_UNITS as readonly string[]).includes(text);
}
