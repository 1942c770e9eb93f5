import { isArray, UNREADABLE } from './safe-read.js';

/** Names the kind of a value without telling the value. */
export function valueKind(value: unknown): string {
  if (value === null) return 'null';
  if (value === UNREADABLE) return 'unreadable';
  if (value === '') return 'empty string';
  if (typeof value === 'object') return objectKind(value);
  return typeof value === 'number' ? numberKind(value) : typeof value;
}

function objectKind(value: object): string {
  const array = isArray(value);
  if (array === undefined) return 'unreadable';
  return array ? 'array' : 'object';
}

function numberKind(value: number): string {
  if (!Number.isFinite(value)) return 'non-finite number';
  if (value < 0) return 'negative number';
  if (!Number.isInteger(value)) return 'fractional number';
  return Number.isSafeInteger(value) ? 'number' : 'number above 2^53 - 1';
}
