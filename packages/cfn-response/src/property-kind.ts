import { isRecord, kindOf, readOwn } from './private/safe-read.js';

/** One property that is not what it must be. */
export interface PropertyIssue {
  /** Name of the property, with position or member behind it: `Ports[1]`, `Retry.Limit`. */
  readonly property: string;
  /** What it must be. */
  readonly expected: string;
  /** Kind of what was found, never its value: it may be a secret. */
  readonly found: string;
}

/** How one property is read from what CloudFormation sends. */
export interface PropertyKind<T> {
  /** The value, or what is wrong with it. */
  readonly read: (value: unknown, property: string) => Read<T>;
}

/** Outcome of reading one property. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly PropertyIssue[] };

/** Range of {@link integerProperty}. */
export interface IntegerRange {
  /** Smallest value. @default -(2^53 - 1) */
  readonly minimum?: number;
  /** Largest value. @default 2^53 - 1 */
  readonly maximum?: number;
}

/** Limits of {@link stringProperty}. */
export interface StringLimits {
  /** Fewest UTF-16 units. @default 1 */
  readonly minLength?: number;
  /** Most UTF-16 units. @default no limit */
  readonly maxLength?: number;
}

/** `true` or `false`, or exactly those words as strings. Nothing else is true or false here. */
export function booleanProperty(): PropertyKind<boolean> {
  return {
    read: (value, property) => {
      if (value === true || value === 'true') return { ok: true, value: true };
      if (value === false || value === 'false') return { ok: true, value: false };
      return refused(property, "'true' or 'false'", found(value));
    },
  };
}

/** A whole number, or a string of its decimal digits without leading zeros, spaces, exponent or fraction. */
export function integerProperty(range: IntegerRange = {}): PropertyKind<number> {
  const minimum = range.minimum ?? Number.MIN_SAFE_INTEGER;
  const maximum = range.maximum ?? Number.MAX_SAFE_INTEGER;
  const bounds = [
    ...(range.minimum === undefined ? [] : [`at least ${range.minimum}`]),
    ...(range.maximum === undefined ? [] : [`at most ${range.maximum}`]),
  ];
  const expected = ['a whole number', ...bounds].join(', ');
  return {
    read: (value, property) => {
      const isDigits = typeof value === 'string' && /^(?:0|-?[1-9][0-9]*)$/.test(value);
      const number = isDigits ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isInteger(number)) return refused(property, expected, found(value));
      if (!Number.isSafeInteger(number) || number < minimum || number > maximum)
        return refused(property, expected, 'a number out of range');
      // JSON can say -0, which prints the same as 0 and compares otherwise.
      return { ok: true, value: number === 0 ? 0 : number };
    },
  };
}

/** A string; by default not an empty one. */
export function stringProperty(limits: StringLimits = {}): PropertyKind<string> {
  const minLength = limits.minLength ?? 1;
  const maxLength = limits.maxLength ?? Number.POSITIVE_INFINITY;
  const most = maxLength === Number.POSITIVE_INFINITY ? '' : `, at most ${maxLength} characters`;
  const expected =
    (minLength > 1 ? `a string, at least ${minLength} characters` : minLength === 1 ? 'a non-empty string' : 'a string') + most;
  return {
    read: (value, property) => {
      if (typeof value !== 'string') return refused(property, expected, found(value));
      if (value.length >= minLength && value.length <= maxLength) return { ok: true, value };
      return refused(property, expected, value === '' ? 'empty string' : `a string of ${value.length} characters`);
    },
  };
}

/** One of the given strings, exactly as written. */
export function oneOfProperty<const T extends string>(choices: readonly T[]): PropertyKind<T> {
  const expected = `one of ${choices.map((choice) => `'${choice}'`).join(', ')}`;
  return {
    read: (value, property) => {
      const chosen = choices.find((choice) => choice === value);
      return chosen === undefined ? refused(property, expected, found(value)) : { ok: true, value: chosen };
    },
  };
}

/** A list, every item of one kind. A single value is no list. At most 20 wrong items are reported. */
export function listProperty<T>(item: PropertyKind<T>): PropertyKind<readonly T[]> {
  return {
    read: (value, property) => {
      if (kindOf(value) !== 'array') return refused(property, 'a list', found(value));
      const items = itemsOf(value as readonly unknown[]);
      return items === undefined ? refused(property, 'a list', 'a list that cannot be read') : readItems(items, item, property);
    },
  };
}

/** Issues a list reports; what is wrong with more items would only repeat them. */
const MAX_ITEM_ISSUES = 20;

/** Most items a list is read with, far more than a request can hold: holes cost nothing, and could be thousands of millions. */
const MAX_ITEMS = 1_048_576;

/** The items, with `undefined` for a hole; `undefined` if one cannot be read, or they are too many. */
function itemsOf(list: readonly unknown[]): readonly unknown[] | undefined {
  try {
    const { length } = list;
    // By place: an iterator of its own might never end.
    return length > MAX_ITEMS ? undefined : Array.from({ length }, (_, index) => list[index]);
  } catch {
    return undefined;
  }
}

function readItems<T>(items: readonly unknown[], item: PropertyKind<T>, property: string): Read<readonly T[]> {
  const reads: Read<T>[] = [];
  let faults = 0;
  for (const [index, element] of items.entries()) {
    const read = readWith(item, element, `${property}[${index}]`);
    reads.push(read);
    if (!read.ok) faults += 1;
    if (faults === MAX_ITEM_ISSUES) break;
  }
  return collect(reads);
}

/** An object with the given members; others are ignored. */
export function objectProperty<S extends PropertyShape>(shape: S): PropertyKind<PropertyValues<S>> {
  return {
    read: (value, property) => (isRecord(value) ? readShape(value, shape, property) : refused(property, 'an object', found(value))),
  };
}

/** A property that may be missing or null, and what it is then; `undefined` without a fallback. */
export function optionalProperty<T>(kind: PropertyKind<T>): PropertyKind<T | undefined>;
export function optionalProperty<T, F>(kind: PropertyKind<T>, fallback: F): PropertyKind<T | F>;
export function optionalProperty<T, F>(kind: PropertyKind<T>, fallback?: F): PropertyKind<T | F | undefined> {
  return {
    read: (value, property) => (value === undefined || value === null ? { ok: true, value: fallback } : readWith(kind, value, property)),
  };
}

/** Names of properties and what each must be. */
export type PropertyShape = Readonly<Record<string, PropertyKind<unknown>>>;

/** The values a shape reads. */
export type PropertyValues<S extends PropertyShape> = { readonly [K in keyof S]: S[K] extends PropertyKind<infer T> ? T : never };

/** Reads the members of a shape; own properties only, so that prototypes are inert. */
export function readShape<S extends PropertyShape>(record: unknown, shape: S, path: string): Read<PropertyValues<S>> {
  const kinds = kindsOf(shape);
  if (kinds === undefined) return refused(path, 'read by a shape, an object of kinds', `read by ${kindOf(shape)}`);
  const entries = kinds.map(([name, kind]) => {
    const read = readWith(kind, readOwn(record, name), path === '' ? name : `${path}.${name}`);
    return read.ok ? ({ ok: true, value: [name, read.value] } as const) : read;
  });
  const all = collect(entries);
  return all.ok ? { ok: true, value: Object.fromEntries(all.value) as PropertyValues<S> } : all;
}

function kindsOf(shape: PropertyShape): readonly (readonly [string, PropertyKind<unknown>])[] | undefined {
  try {
    return isRecord(shape) ? Object.entries(shape) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a value with a kind; what is no kind, or one that throws, makes an issue as a value does. */
function readWith<T>(kind: PropertyKind<T>, value: unknown, property: string): Read<T> {
  try {
    const read = kind.read(value, property);
    if (read.ok === true || Array.isArray(read.issues)) return read;
  } catch {
    // Told of below.
  }
  return refused(property, 'read by a kind, such as stringProperty()', `read by ${kindOf(kind)} that cannot`);
}

function collect<T>(reads: readonly Read<T>[]): Read<readonly T[]> {
  const issues = reads.flatMap((read) => (read.ok ? [] : read.issues));
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, value: reads.flatMap((read) => (read.ok ? [read.value] : [])) };
}

function refused(property: string, expected: string, kind: string): Read<never> {
  return { ok: false, issues: [{ property, expected, found: kind }] };
}

function found(value: unknown): string {
  if (value === undefined) return 'missing';
  return typeof value === 'string' && value !== '' ? 'another string' : kindOf(value);
}
