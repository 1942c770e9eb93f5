import type { FitError } from '../response.js';
import { isPlain, isRecord, kindOf } from './safe-read.js';

type NotSerialisable = Extract<FitError, { code: 'DATA_NOT_SERIALISABLE' }>;

/** Most levels of lists and objects; with more, the brackets alone take the response's 4,096 bytes. */
const MAX_DEPTH = 2048;

/** Most values written: far more than fit, so that the size of what is merely too large can still be told. */
const MAX_VALUES = 1_048_576;

/**
 * `Data` as JSON text, or what of it JSON would lose.
 *
 * `JSON.stringify` alone is too lenient: it drops what it cannot carry, and turns
 * NaN into null, without a word. Every value is read once.
 */
export function writeData(
  data: unknown,
): { readonly ok: true; readonly json: string } | { readonly ok: false; readonly error: NotSerialisable } {
  if (!isRecord(data)) return notSerialisable('', `${kindOf(data)} instead of an object`);
  const writer = new Writer();
  try {
    return { ok: true, json: writer.object(data, 0) };
  } catch (thrown) {
    return notSerialisable(writer.attribute, thrown instanceof Unwritable ? thrown.found : UNREADABLE);
  }
}

const UNREADABLE = 'a value that cannot be read, has a cycle or is too deep';
const NOT_PLAIN = 'an object that is not plain (of a class, a Map, Set, Promise, Error, typed array or the like)';

/** Thrown through the writer to its caller above. */
class Unwritable {
  public constructor(public readonly found: string) {}
}

/** Writes JSON that holds all there is, or throws. */
class Writer {
  /** The attribute that is being written. */
  public attribute = '';
  #values = 0;

  public object(value: Readonly<Record<string, unknown>>, depth: number): string {
    if (!isPlain(value)) throw new Unwritable(NOT_PLAIN);
    const members: string[] = [];
    for (const key of this.#enumerableKeys(value)) {
      if (depth === 0) this.attribute = key;
      const member = this.#value(value[key], key, depth + 1);
      // In an object undefined means absent; in a list it would become null.
      if (member !== undefined) members.push(`${JSON.stringify(key)}:${member}`);
    }
    return `{${members.join(',')}}`;
  }

  #value(given: unknown, key: string, depth: number): string | undefined {
    this.#values += 1;
    if (depth > MAX_DEPTH || this.#values > MAX_VALUES) throw new Unwritable(UNREADABLE);
    const value = replacedBy(given, key);
    if (typeof value === 'object' && value !== null) {
      return Array.isArray(value) ? this.#list(value, depth) : this.object(value as Readonly<Record<string, unknown>>, depth);
    }
    if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') throw new Unwritable(typeof value);
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Unwritable('non-finite number');
    return JSON.stringify(value);
  }

  #list(list: readonly unknown[], depth: number): string {
    const keys = Reflect.ownKeys(list);
    const { length } = list;
    const isItem = (key: string | symbol, at: number): boolean => (at < length ? key === String(at) : key === 'length');
    // Holes read as undefined, of which there can be thousands of millions.
    if (keys.length <= length) throw new Unwritable('undefined in a list');
    if (keys.length !== length + 1 || !keys.every(isItem)) throw new Unwritable('a list with properties of its own');
    const items: string[] = [];
    // A loop, for a callback would double the depth of the stack.
    for (let at = 0; at < length; at += 1) {
      const item = this.#value(list[at], String(at), depth + 1);
      if (item === undefined) throw new Unwritable('undefined in a list');
      items.push(item);
    }
    return `[${items.join(',')}]`;
  }

  #enumerableKeys(value: object): readonly string[] {
    return Reflect.ownKeys(value).map((key) => {
      if (typeof key === 'string' && Object.prototype.propertyIsEnumerable.call(value, key)) return key;
      if (this.attribute === '' && typeof key === 'string') this.attribute = key;
      throw new Unwritable(typeof key === 'symbol' ? 'a property named by a symbol' : 'a property that is not enumerable');
    });
  }
}

/** What a value's own `toJSON` makes of it, as a Date has one; the value itself without one. */
function replacedBy(value: unknown, key: string): unknown {
  if (value === null || (typeof value !== 'object' && typeof value !== 'bigint')) return value;
  const { toJSON } = value as { readonly toJSON?: unknown };
  if (typeof toJSON !== 'function') return value;
  const made: unknown = toJSON.call(value, key);
  if (made === undefined) throw new Unwritable('an object whose toJSON gives undefined');
  if (made === null && value instanceof Date) throw new Unwritable('invalid date');
  return made;
}

function notSerialisable(attribute: string, found: string): { readonly ok: false; readonly error: NotSerialisable } {
  const where = attribute === '' ? 'Data' : `Data attribute ${JSON.stringify(attribute)}`;
  const message = `${where} is or holds ${found}, which JSON cannot carry: return strings, numbers, booleans, lists and plain objects`;
  return { ok: false, error: { code: 'DATA_NOT_SERIALISABLE', attribute, found, message } };
}
