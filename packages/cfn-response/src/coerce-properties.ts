import { type PropertyIssue, type PropertyShape, type PropertyValues, readShape } from './property-kind.js';

/** Properties that are not what a shape says. */
export interface PropertiesError {
  readonly code: 'PROPERTIES_INVALID';
  /** Everything that is wrong, in the order of the shape; of a list, its first 20 wrong items. */
  readonly issues: readonly PropertyIssue[];
  /** The issues in one line; names properties, never their values. */
  readonly message: string;
}

/** Outcome of {@link coerceProperties}. */
export type CoercedProperties<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: PropertiesError };

/**
 * Reads a resource's properties as typed values.
 *
 * CloudFormation sends every scalar as a string: `"false"` is true to an `if`,
 * `"42" + 1` is `"421"`. Properties the shape does not name, `ServiceToken` among
 * them, are ignored. Use it on Create and Update; Deletes and rollbacks bring
 * properties in the form they had before.
 *
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1037
 * @example
 * coerceProperties({ Wait: 'false', Count: '3' }, { Wait: booleanProperty(), Count: integerProperty({ minimum: 1 }) });
 * // { ok: true, value: { Wait: false, Count: 3 } }
 */
export function coerceProperties<S extends PropertyShape>(properties: unknown, shape: S): CoercedProperties<PropertyValues<S>> {
  const read = readShape(properties, shape, '');
  if (read.ok) return read;
  const message = read.issues
    .map((issue) => `${issue.property || 'the properties'} must be ${issue.expected} but is ${issue.found}`)
    .join(', ');
  return { ok: false, error: { code: 'PROPERTIES_INVALID', issues: read.issues, message: `invalid properties: ${message}` } };
}
