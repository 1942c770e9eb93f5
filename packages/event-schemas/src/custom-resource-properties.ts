import type { CustomResourceProperties } from './custom-resource-request.js';
import type { ParseResult } from './parse-result.js';
import { invalidEvent } from './private/parse-with.js';
import { isRecord, ownField } from './private/safe-read.js';
import { valueKind } from './private/value-kind.js';

/**
 * Reads one boolean property of a custom resource.
 *
 * @param name name of the property; it is the path in the error
 * @returns for `"true"`, `"false"` and booleans their value; undefined if the property is missing or null
 */
export function readBoolean(properties: CustomResourceProperties | null | undefined, name: string): ParseResult<boolean | undefined> {
  const value = ownProperty(properties, name);
  if (value === undefined || value === null) return { ok: true, value: undefined };
  if (value === true || value === 'true') return { ok: true, value: true };
  if (value === false || value === 'false') return { ok: true, value: false };
  return refused(name, "'true' or 'false'", value);
}

/**
 * Reads one whole number among the properties of a custom resource.
 *
 * A string must be the digits a number is written with: `"007"`, `"+7"`, `"-0"` and `" 7"` are names or mistakes, and refused.
 *
 * @param name name of the property; it is the path in the error
 * @returns for `"42"`, `"-1"` and whole numbers their value, from -(2^53 - 1) to 2^53 - 1; undefined if the property is missing or null
 */
export function readInteger(properties: CustomResourceProperties | null | undefined, name: string): ParseResult<number | undefined> {
  const value = ownProperty(properties, name);
  if (value === undefined || value === null) return { ok: true, value: undefined };
  const number = typeof value === 'string' && /^(?:0|-?[1-9]\d{0,15})$/.test(value) ? Number(value) : value;
  // JSON can say -0, which prints the same as 0 and compares otherwise.
  if (typeof number === 'number' && Number.isSafeInteger(number)) return { ok: true, value: number === 0 ? 0 : number };
  return refused(name, "a whole number such as '42'", value);
}

/**
 * Reads one string property of a custom resource; the empty string is one.
 *
 * @param name name of the property; it is the path in the error
 * @returns the string; undefined if the property is missing or null
 */
export function readString(properties: CustomResourceProperties | null | undefined, name: string): ParseResult<string | undefined> {
  const value = ownProperty(properties, name);
  if (value === undefined || value === null) return { ok: true, value: undefined };
  return typeof value === 'string' ? { ok: true, value } : refused(name, 'a string', value);
}

/** The property's value; undefined where there are no properties or it is not among them. */
function ownProperty(properties: unknown, name: string): unknown {
  return isRecord(properties) ? ownField(properties, name).value : undefined;
}

function refused(name: string, expected: string, value: unknown): ParseResult<never> {
  const found = typeof value === 'string' && value !== '' ? 'another string' : valueKind(value);
  return { ok: false, error: invalidEvent('custom-resource-request', [{ path: name, expected, found }]) };
}
