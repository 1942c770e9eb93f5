import { type Field, leaf } from './field.js';

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

/** Whether a value is an object and not an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, not an array, whatever it holds. */
export const object = leaf(OBJECT, isRecord);

/** A field that may be missing. */
export function optional<T>(field: Field<T>): OptionalField<T> {
  return { ...field, isOptional: true };
}

/** An object, not an array, with these entries; what else it holds is not looked at. */
export function record<const E extends Entries>(entries: E): Field<CheckedRecord<E>> {
  const named = Object.entries(entries).map(([key, field]) => ({ key, field, isOptional: 'isOptional' in field }));
  // What a prototype holds was not in the JSON.
  const own = (value: Readonly<Record<string, unknown>>, key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined);
  const lacks = (value: Readonly<Record<string, unknown>>, key: string): boolean => !Object.hasOwn(value, key);
  return {
    is: (value): value is CheckedRecord<E> => {
      if (!isRecord(value)) return false;
      for (const { key, field, isOptional } of named) {
        if (!field.is(own(value, key)) && !(isOptional && lacks(value, key))) return false;
      }
      return true;
    },
    explain: (value, path, report) => {
      if (!isRecord(value)) return report.add(path, OBJECT, value);
      for (const { key, field, isOptional } of named) {
        if (!(isOptional && lacks(value, key))) field.explain(own(value, key), path === '' ? key : `${path}.${key}`, report);
      }
    },
  };
}

/** An array of items; explained until more issues are found than an error lists. */
export function list<T>(item: Field<T>): Field<readonly T[]> {
  return {
    is: (value): value is readonly T[] => {
      if (!Array.isArray(value)) return false;
      for (let index = 0; index < value.length; index += 1) {
        if (!item.is(value[index])) return false;
      }
      return true;
    },
    explain: (value, path, report) => {
      if (!Array.isArray(value)) return report.add(path, ARRAY, value);
      for (let index = 0; index < value.length && !report.isFull; index += 1) {
        // Asked first, so that sound items cost no path.
        if (!item.is(value[index])) item.explain(value[index], `${path}[${index}]`, report);
      }
    },
  };
}
