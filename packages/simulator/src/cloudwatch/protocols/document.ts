import type { DocumentReader } from '../input-shape.js';

/** Largest time a `Date` holds, Unix milliseconds. */
const MAX_TIME_MS = 8.64e15;

/** Reads what JSON or CBOR parsed to; only own members count, so a prototype's never do. */
export const documentReader: DocumentReader = {
  string: (node) => (typeof node === 'string' ? node : undefined),
  number: numberOf,
  boolean: (node) => (typeof node === 'boolean' ? node : undefined),
  timestamp: (node) => dateOf(numberOf(untagged(node))),
  list: (node) => (Array.isArray(node) ? node : undefined),
  structure: (node) => {
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return undefined;
    return (name) => {
      const value = Object.hasOwn(node, name) ? (node as Readonly<Record<string, unknown>>)[name] : undefined;
      return value === null ? undefined : value;
    };
  },
};

/** AWS JSON writes the numbers JSON lacks as text; CBOR may hold an integer as a bigint. */
function numberOf(node: unknown): number | undefined {
  if (typeof node === 'number') return node;
  if (typeof node === 'bigint') return Number(node);
  return node === 'NaN' || node === 'Infinity' || node === '-Infinity' ? Number(node) : undefined;
}

/** CBOR marks a time with tag 1, seconds since the epoch (RFC 8949, section 3.4.2). */
function untagged(node: unknown): unknown {
  if (typeof node !== 'object' || node === null || !('tag' in node) || !('value' in node)) return node;
  return Number(node.tag) === 1 ? node.value : undefined;
}

/** A time in seconds since the epoch, kept to the millisecond. */
function dateOf(seconds: number | undefined): Date | undefined {
  const timeMs = Math.round((seconds ?? Number.NaN) * 1000);
  return Math.abs(timeMs) <= MAX_TIME_MS ? new Date(timeMs) : undefined;
}
