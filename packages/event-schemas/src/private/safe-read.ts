/** Whether a value is an object and not an array. A revoked Proxy, of which nobody can tell, is neither. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && isArray(value) === false;
}

/** Whether a value is an array; `undefined` for a revoked Proxy. */
export function isArray(value: unknown): boolean | undefined {
  try {
    return Array.isArray(value);
  } catch {
    return undefined;
  }
}

/** What an object says of one of its own fields. */
export interface OwnField {
  /** Whether the object has the field itself; what a prototype holds was not in the JSON. */
  readonly isThere: boolean;
  /** Its value; {@link UNREADABLE} where reading it throws. */
  readonly value: unknown;
}

/** Stands for a value that cannot be read: behind a getter that throws, or in a Proxy that does not answer. Right for no field. */
export const UNREADABLE: unique symbol = Symbol('unreadable');

/** Reads an own field, whatever the object is. */
export function ownField(object: unknown, key: string | number): OwnField {
  try {
    const isThere = Object.hasOwn(object as object, key);
    return { isThere, value: isThere ? (object as Readonly<Record<string, unknown>>)[key] : undefined };
  } catch {
    return { isThere: true, value: UNREADABLE };
  }
}

/** The value of an own field of an object; `undefined` if it is missing, cannot be read, or the object is none. */
export function readOwn(object: unknown, key: string): unknown {
  try {
    return isRecord(object) && Object.hasOwn(object, key) ? object[key] : undefined;
  } catch {
    return undefined;
  }
}
