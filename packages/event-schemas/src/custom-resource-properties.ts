import type { CustomResourceProperties } from './custom-resource-request.js';
import type { ParseResult } from './parse-result.js';
import { invalidEvent } from './private/parse-with.js';
import { valueKind } from './private/value-kind.js';

/**
 * Reads one boolean property of a custom resource.
 *
 * @param name name of the property; it is the path in the error
 * @returns for `"true"`, `"false"` and booleans their value; undefined if the property is missing or null
 */
export function readBoolean(properties: CustomResourceProperties | undefined, name: string): ParseResult<boolean | undefined> {
  const value = ownProperty(properties, name);
  if (value === undefined || value === null) return { ok: true, value: undefined };
  if (value === true || value === 'true') return { ok: true, value: true };
  if (value === false || value === 'false') return { ok: true, value: false };
  return refused(name, "'true' or 'false'", value);
}

/**
 * Reads one whole number among the properties of a custom resource.
 *
 * @param name name of the property; it is the path in the error
 * @returns for `"42"`, `"-1"` and whole numbers their value, from -(2^53 - 1) to 2^53 - 1; undefined if the property is missing or null
 */
export function readInteger(properties: CustomResourceProperties | undefined, name: string): ParseResult<number | undefined> {
  const value = ownProperty(properties, name);
  if (value === undefined || value === null) return { ok: true, value: undefined };
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  // `"-0"` is 0, not the number that prints the same and compares otherwise.
  if (typeof number === 'number' && Number.isSafeInteger(number)) return { ok: true, value: number === 0 ? 0 : number };
  return refused(name, "a whole number such as '42'", value);
}

/**
 * Reads one string property of a custom resource; the empty string is one.
 *
 * @param name name of the property; it is the path in the error
 * @returns the string; undefined if the property is missing or null
 */
export function readString(properties: CustomResourceProperties | undefined, name: string): ParseResult<string | undefined> {
  const value = ownProperty(properties, name);
  if (value === undefined || value === null) return { ok: true, value: undefined };
  return typeof value === 'string' ? { ok: true, value } : refused(name, 'a string', value);
}

function ownProperty(properties: CustomResourceProperties | undefined, name: string): unknown {
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

function refused(name: string, expected: string, value: unknown): ParseResult<never> {
  const found = typeof value === 'string' && value !== '' ? 'another string' : valueKind(value);
  return { ok: false, error: invalidEvent('custom-resource-request', [{ path: name, expected, found }]) };
}
