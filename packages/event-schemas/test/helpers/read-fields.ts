/** One field a parser reads, in the terms of a synthetic event. */
export interface ReadField {
  /** Keys that lead to it. */
  readonly path: readonly (string | number)[];
  /** Whether an event without it is refused. */
  readonly required: boolean;
  /** Type as JSON has it; `natural` is a whole number of at least 0, `identifier` a string that is not empty, `exact` one string only. */
  readonly type:
    | 'string'
    | 'stringOrNull'
    | 'identifier'
    | 'exact'
    | 'boolean'
    | 'flagOrName'
    | 'natural'
    | 'whole'
    | 'number'
    | 'array'
    | 'object'
    | 'objectOrNull';
}

/** A field without which the event is refused. */
export const required = (type: ReadField['type'], ...path: (string | number)[]): ReadField => ({ path, required: true, type });

/** A field that may be missing. */
export const optional = (type: ReadField['type'], ...path: (string | number)[]): ReadField => ({ path, required: false, type });

/** The fields of the envelope of an event with one element in `resources`. */
export const ENVELOPE_FIELDS: readonly ReadField[] = [
  required('exact', 'detail-type'),
  required('exact', 'source'),
  required('object', 'detail'),
  ...['version', 'id', 'account', 'time', 'region'].map((key) => optional('string', key)),
  optional('array', 'resources'),
  required('string', 'resources', 0),
];

const isString = (value: unknown): boolean => typeof value === 'string';

const CHECKS: Readonly<Record<ReadField['type'], (value: unknown) => boolean>> = {
  exact: () => false,
  string: isString,
  stringOrNull: (value) => value === null || isString(value),
  identifier: (value) => isString(value) && value !== '',
  boolean: (value) => typeof value === 'boolean',
  flagOrName: (value) => [true, false, 'true', 'false'].includes(value as string | boolean),
  natural: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  whole: Number.isInteger,
  number: (value) => typeof value === 'number',
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  objectOrNull: (value) => typeof value === 'object' && !Array.isArray(value),
};

/** Whether a JSON value has the type of the field. */
export function matches(type: ReadField['type'], value: unknown): boolean {
  return CHECKS[type](value);
}
