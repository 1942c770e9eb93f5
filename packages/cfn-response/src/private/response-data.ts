import type { FitError } from '../response.js';
import { isRecord, kindOf } from './safe-read.js';

type NotSerialisable = Extract<FitError, { code: 'DATA_NOT_SERIALISABLE' }>;

/**
 * `Data` as JSON text, or what of it JSON would lose.
 *
 * `JSON.stringify` alone is too lenient: it drops functions and symbols and
 * turns NaN into null without a word.
 */
export function writeData(
  data: unknown,
): { readonly ok: true; readonly json: string } | { readonly ok: false; readonly error: NotSerialisable } {
  if (!isRecord(data)) return notSerialisable('', `${kindOf(data)} instead of an object`);
  const members: string[] = [];
  let attribute = '';
  try {
    for (attribute of Object.keys(data)) {
      const json = writeAttribute(data[attribute]);
      if (json !== undefined) members.push(`${JSON.stringify(attribute)}:${json}`);
    }
  } catch (thrown) {
    return notSerialisable(
      attribute,
      thrown instanceof Unwritable ? thrown.found : 'a value that cannot be read, has a cycle or is too deep',
    );
  }
  return { ok: true, json: `{${members.join(',')}}` };
}

/** Thrown through `JSON.stringify` to its caller above. */
class Unwritable {
  public constructor(public readonly found: string) {}
}

function writeAttribute(value: unknown): string | undefined {
  return JSON.stringify(value, function (this: unknown, _key, member: unknown) {
    if (typeof member === 'bigint' || typeof member === 'function' || typeof member === 'symbol') throw new Unwritable(typeof member);
    if (typeof member === 'number' && !Number.isFinite(member)) throw new Unwritable('non-finite number');
    // In an object undefined means absent; in a list it would become null.
    if (member === undefined && Array.isArray(this)) throw new Unwritable('undefined in a list');
    // JSON shows these as {}, without what they hold.
    if (member instanceof Map || member instanceof Set || member instanceof Promise) throw new Unwritable('Map, Set or Promise');
    return member;
  });
}

function notSerialisable(attribute: string, found: string): { readonly ok: false; readonly error: NotSerialisable } {
  const where = attribute === '' ? 'Data' : `Data attribute ${JSON.stringify(attribute)}`;
  const message = `${where} is or holds ${found}, which JSON cannot carry: return strings, numbers, booleans, lists and plain objects`;
  return { ok: false, error: { code: 'DATA_NOT_SERIALISABLE', attribute, found, message } };
}
