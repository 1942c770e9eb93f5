import { type Field, leaf, MAX_ITEMS, passes } from './field.js';
import { isArray, isRecord, ownField, UNREADABLE } from './safe-read.js';

/** A field an object may lack; `undefined` as its value is not lacking it. */
export interface OptionalField<T> extends Field<T> {
  /** Tells it from a field that must be there. */
  readonly isOptional: true;
}

type Entries = Readonly<Record<string, Field<unknown>>>;
type Checked<F> = F extends Field<infer T> ? T : never;
type OptionalKeys<E extends Entries> = { [K in keyof E]: E[K] extends OptionalField<unknown> ? K : never }[keyof E];

/** The type of an object whose entries were checked. */
export type CheckedRecord<E extends Entries> = {
  readonly [K in Exclude<keyof E, OptionalKeys<E>>]: Checked<E[K]>;
} & { readonly [K in OptionalKeys<E>]?: Checked<E[K]> };

const OBJECT = 'an object';
const ARRAY = 'an array';
const BOUNDED_ARRAY = `an array of at most ${MAX_ITEMS} items`;

/** An object, not an array, whatever it holds. */
export const object = leaf(OBJECT, isRecord);

/** A field that may be missing. */
export function optional<T>(field: Field<T>): OptionalField<T> {
  return { ...field, isOptional: true };
}

/** A field that may be null as well. */
export function nullable<T>(field: Field<T>, expected: string): Field<T | null> {
  return leaf(expected, (value, budget): value is T | null => value === null || field.is(value, budget));
}

/** An object, not an array, with these entries; what else it holds is not looked at. */
export function record<const E extends Entries>(entries: E): Field<CheckedRecord<E>> {
  const named = Object.entries(entries).map(([key, field]) => ({ key, field, isOptional: 'isOptional' in field }));
  // What a prototype holds was not in the JSON.
  const own = (value: Readonly<Record<string, unknown>>, key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined);
  return {
    is: (value, budget): value is CheckedRecord<E> => {
      if (!isRecord(value)) return false;
      for (const { key, field, isOptional } of named) {
        if (!field.is(own(value, key), budget) && !(isOptional && !Object.hasOwn(value, key))) return false;
      }
      return true;
    },
    explain: (value, path, report) => {
      if (!isRecord(value)) return report.add(path, OBJECT, value);
      for (const { key, field, isOptional } of named) {
        const found = ownField(value, key);
        if (found.isThere || !isOptional) field.explain(found.value, path === '' ? key : `${path}.${key}`, report);
      }
    },
  };
}

/** An array of items; explained until more issues are found than an error lists. */
export function list<T>(item: Field<T>): Field<readonly T[]> {
  return {
    is: (value, budget): value is readonly T[] => {
      if (!Array.isArray(value)) return false;
      const length: unknown = value.length;
      if (!isLength(length)) return false;
      budget.items -= length;
      if (budget.items < 0) return false;
      for (let index = 0; index < length; index += 1) {
        if (!item.is(value[index], budget)) return false;
      }
      return true;
    },
    explain: (value, path, report) => {
      if (isArray(value) !== true) return report.add(path, ARRAY, value);
      const length = ownField(value, 'length').value;
      if (!isLength(length)) return report.add(path, ARRAY, UNREADABLE);
      if (length > MAX_ITEMS) return report.add(path, BOUNDED_ARRAY, value);
      const { budget } = report;
      for (let index = 0; index < length && budget.items > 0 && !report.isFull; index += 1) {
        budget.items -= 1;
        const found = ownField(value, index).value;
        // Asked first, so that sound items cost no path.
        if (!passes(item, found, budget)) item.explain(found, `${path}[${index}]`, report);
      }
    },
  };
}

/** Whether it is the length of a list; that of a Proxy can be anything. */
function isLength(length: unknown): length is number {
  return typeof length === 'number' && length >= 0 && length < 2 ** 32;
}
