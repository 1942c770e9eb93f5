import type { Attribute } from './attribute.js';
import type { HostError } from './host-error.js';
import { kindOf, ownFields } from './read-resources.js';
import { failure, type Result, success } from './result.js';

type Problem = Pick<HostError, 'path' | 'message'> & { readonly code: 'WRONG_TYPE' };

/** Reads a list of attributes; fields other than `name` and `value` are ignored, and a value of `null` is none. */
export function readAttributes(input: unknown, path: string): Result<readonly Attribute[], Problem> {
  if (!Array.isArray(input)) return wrong(path, input, 'an array of attributes');
  const attributes: Attribute[] = [];
  for (const [index, item] of input.entries()) {
    const fields = ownFields(item);
    if (fields === undefined) return wrong(`${path}[${index}]`, item, 'an attribute');
    const { name, value } = fields;
    if (typeof name !== 'string' || name === '') return wrong(`${path}[${index}].name`, name, 'a name');
    if (value !== undefined && value !== null && typeof value !== 'string') return wrong(`${path}[${index}].value`, value, 'a string');
    attributes.push(typeof value === 'string' ? { name, value } : { name });
  }
  return success(attributes);
}

function wrong(path: string, found: unknown, expected: string): { readonly ok: false; readonly error: Problem } {
  const what = found === '' ? 'empty' : kindOf(found);
  return failure({ code: 'WRONG_TYPE', path, message: `${path} is ${what}: expected ${expected}` });
}
