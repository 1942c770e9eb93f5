import type { Dimension } from './metric.js';
import type { DimensionsInput } from './operation-inputs.js';
import type { Problems } from './problems.js';
import { isStandardUnit, STANDARD_UNITS, type StandardUnit } from './unit.js';

/*
 * Readers of parameters that several operations share. Each answers a value that can be used
 * whatever was wrong with the parameter, and says what was wrong; the caller looks at the problems
 * before it acts. Limits are those of
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html,
 * API_MetricDatum.html and API_Dimension.html, and of the model of @aws-sdk/client-cloudwatch.
 */

/** Most characters of a namespace, a metric name and a dimension name. */
const MAX_NAME_LENGTH = 255;
/** Most characters of a dimension value. */
const MAX_DIMENSION_VALUE_LENGTH = 1024;
/** Most dimensions of a metric. */
const MAX_DIMENSIONS = 30;

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** A text that must be there and not be empty. */
export function requiredText(problems: Problems, path: string, value: string | undefined, maxLength = MAX_NAME_LENGTH): string {
  if (value === undefined || value === '') {
    problems.missing(path);
    return '';
  }
  if (value.length > maxLength) {
    problems.invalid(`The value for parameter ${path} has ${value.length} characters; at most ${maxLength} are allowed.`);
  }
  return value;
}

/** A time that must be there, as Unix milliseconds. */
export function requiredTime(problems: Problems, path: string, value: Date | undefined): number {
  if (value === undefined) problems.missing(path);
  return value?.getTime() ?? 0;
}

/** A namespace: printable ASCII that does not begin with a colon. */
export function requiredNamespace(problems: Problems, path: string, value: string | undefined): string {
  const namespace = requiredText(problems, path, value);
  if (namespace.startsWith(':') || !PRINTABLE_ASCII.test(namespace))
    problems.invalid(`The value ${namespace} for parameter ${path} is invalid.`);
  return namespace;
}

/** Dimensions: at most 30, of printable ASCII that is not blank. */
export function dimensionsOf(problems: Problems, path: string, value: DimensionsInput | undefined): readonly Dimension[] {
  const dimensions = value ?? [];
  if (dimensions.length > MAX_DIMENSIONS) problems.invalid(`The collection ${path} must not have a size greater than ${MAX_DIMENSIONS}.`);
  return dimensions.map(({ Name, Value }, index) => {
    const at = `${path}.member.${index + 1}`;
    const name = requiredText(problems, `${at}.Name`, Name);
    const dimensionValue = requiredText(problems, `${at}.Value`, Value, MAX_DIMENSION_VALUE_LENGTH);
    if (name.startsWith(':') || !isDimensionText(name)) problems.invalid(`The value ${name} for parameter ${at}.Name is invalid.`);
    if (!isDimensionText(dimensionValue)) problems.invalid(`The value ${dimensionValue} for parameter ${at}.Value is invalid.`);
    return { name, value: dimensionValue };
  });
}

function isDimensionText(text: string): boolean {
  return text === '' || (PRINTABLE_ASCII.test(text) && text.trim() !== '');
}

/** A unit, if one is given. */
export function unitOf(problems: Problems, path: string, value: string | undefined): StandardUnit | undefined {
  if (value === undefined) return undefined;
  if (isStandardUnit(value)) return value;
  problems.invalid(`The parameter ${path} must be a value in the set [ ${STANDARD_UNITS.join(', ')} ].`);
  return undefined;
}
