import fc from 'fast-check';
import type { Loose } from './synthetic-events';

/** One change of a random place of a JSON value. */
export type Mutation = readonly [place: number, kind: number, value: unknown];

/** What a property is replaced with: JSON, and the spellings that break parsers. */
const hostileValue = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    null,
    '',
    'null',
    'NaN',
    -0,
    Number.POSITIVE_INFINITY,
    -1,
    2 ** 53,
    '__proto__',
    '\u0000',
    '\ud800',
    'x'.repeat(10_000),
  ),
  fc.constantFrom<unknown>([], {}, [[]], Array(1_000).fill(0), Array(1_000).fill({}), { length: 2 ** 31 }, { toString: null, valueOf: 1 }),
);

/** Up to six changes. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 6 }), hostileValue), {
  minLength: 1,
  maxLength: 6,
});

/** The value with all changes made, one after another, to a copy. */
export function mutated(value: unknown, changes: readonly Mutation[]): unknown {
  const holder = { root: structuredClone(value) };
  for (const change of changes) mutate(holder, change);
  return holder.root;
}

function mutate(holder: { root: unknown }, [place, kind, value]: Mutation): void {
  const places = placesOf(holder, []);
  const found = places[place % places.length];
  if (found === undefined) return;
  const [parent, key] = found;
  const old = parent[key];
  const change = [
    () => (parent[key] = structuredClone(value)),
    () => delete parent[key],
    () => (parent[key] = [old, old]),
    () => (parent[key] = { [key]: old }),
    () => (parent[key] = typeof old === 'string' ? Number(old) : JSON.stringify(old)),
    () => Object.defineProperty(parent, '__proto__', { value: old, enumerable: true, configurable: true, writable: true }),
    () => ([parent[key], parent[`${key} `]] = [undefined, old]),
  ][kind];
  change?.();
}

/** Every property below a value with what holds it. */
function placesOf(value: Loose, found: [parent: Loose, key: string][]): [parent: Loose, key: string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value).slice(0, 50)) {
    found.push([value, key]);
    placesOf(value[key], found);
  }
  return found;
}
