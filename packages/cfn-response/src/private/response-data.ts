import type { FitError } from '../response.js';
import { isPlain, isRecord, kindOf } from './safe-read.js';

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
    if (isOpaque(data)) throw new Unwritable(OPAQUE);
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
  return JSON.stringify(value, function (this: unknown, key, member: unknown) {
    const lost = lostIn(member) ?? lostAround(member, this, key);
    if (lost !== undefined) throw new Unwritable(lost);
    return member;
  });
}

/** What JSON would lose of a value by itself. */
function lostIn(member: unknown): string | undefined {
  if (typeof member === 'bigint' || typeof member === 'function' || typeof member === 'symbol') return typeof member;
  const number = member instanceof Number ? member.valueOf() : member;
  if (typeof number === 'number' && !Number.isFinite(number)) return 'non-finite number';
  return isOpaque(member) ? OPAQUE : undefined;
}

/** What JSON would lose of a value where it stands. */
function lostAround(member: unknown, holder: unknown, key: string): string | undefined {
  // In an object undefined means absent; in a list it would become null.
  if (member === undefined && Array.isArray(holder)) return 'undefined in a list';
  // `toJSON` of a date that is none.
  if (member === null && (holder as Readonly<Record<string, unknown>>)[key] instanceof Date) return 'invalid date';
  return undefined;
}

const OPAQUE = 'an object that JSON shows as {} (Map, Set, Promise, Error or the like)';

/** Whether JSON would show the value as {} though it is more than a plain empty object. */
function isOpaque(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length > 0) return false;
  if (value instanceof Number || value instanceof String || value instanceof Boolean) return false;
  return !isPlain(value);
}

function notSerialisable(attribute: string, found: string): { readonly ok: false; readonly error: NotSerialisable } {
  const where = attribute === '' ? 'Data' : `Data attribute ${JSON.stringify(attribute)}`;
  const message = `${where} is or holds ${found}, which JSON cannot carry: return strings, numbers, booleans, lists and plain objects`;
  return { ok: false, error: { code: 'DATA_NOT_SERIALISABLE', attribute, found, message } };
}
