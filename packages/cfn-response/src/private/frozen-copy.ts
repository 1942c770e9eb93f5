import { isPlain } from './safe-read.js';

/** One object of a copy that is being made. */
interface Pending {
  readonly source: object;
  readonly target: object;
}

/** Most members copied, more than a request can hold, where each is a string: 1 MiB of JSON at four bytes. A Proxy can make new ones for ever. */
export const MAX_MEMBERS = 262_144;

/**
 * The same plain data, copied and frozen to its depths; `undefined` if it has more than {@link MAX_MEMBERS} members.
 *
 * Lists and plain objects are copied, whatever their depth; anything else, which
 * JSON cannot make, stays as it is. A member that cannot be read is left out.
 */
export function frozenCopy<T extends object>(value: T): T | undefined {
  const targets = new Map<object, object>();
  const pending: Pending[] = [];
  const copyOf = (member: unknown): unknown => {
    if (typeof member !== 'object' || member === null) return member;
    const known = targets.get(member);
    if (known !== undefined) return known;
    const target = emptyLike(member);
    if (target === undefined) return member;
    targets.set(member, target);
    pending.push({ source: member, target });
    return target;
  };
  const copy = copyOf(value);
  let left = MAX_MEMBERS;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const keys = keysOf(next.source);
    left -= keys.length;
    if (left < 0) return undefined;
    fill(next, keys, copyOf);
  }
  for (const target of targets.values()) Object.freeze(target);
  return copy as T;
}

/** An empty list or object to copy into; `undefined` for what is neither, or cannot be looked at. */
function emptyLike(value: object): object | undefined {
  try {
    if (Array.isArray(value)) return Object.assign([], { length: value.length });
    return isPlain(value) ? {} : undefined;
  } catch {
    return undefined;
  }
}

function fill({ source, target }: Pending, keys: readonly string[], copyOf: (member: unknown) => unknown): void {
  for (const key of keys) {
    try {
      // Defined, not assigned: a member named `__proto__` is one like any other.
      Object.defineProperty(target, key, { value: copyOf(Reflect.get(source, key)), enumerable: true });
    } catch {
      // A getter that throws: as if the member were missing.
    }
  }
}

function keysOf(source: object): readonly string[] {
  try {
    return Object.keys(source);
  } catch {
    return [];
  }
}
