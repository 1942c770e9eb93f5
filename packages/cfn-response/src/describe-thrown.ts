import { readAny } from './private/safe-read.js';

/** How many causes deep a description goes. */
const MAX_CAUSES = 3;

/** How many errors of an `AggregateError` are named. */
const MAX_ERRORS = 3;

/**
 * Longest piece taken of a message, in UTF-16 units.
 *
 * Twice what is looked at later: a piece that is cut ends where nothing is shown,
 * so that half a signed address, which could not be recognised, never is.
 */
const MAX_PIECE = 131_072;

/**
 * What was thrown, in words: name, message and causes of an error.
 *
 * Anything can be thrown: `undefined`, frozen objects, getters that throw,
 * Proxies. This never throws, and reads nothing of an object but its name,
 * message, causes and inner errors. Not yet fit for a response: see
 * {@link sanitiseReason}.
 *
 * @returns at least one character
 */
export function describeThrown(thrown: unknown): string {
  return describe(thrown, 0);
}

function describe(thrown: unknown, depth: number): string {
  if (typeof thrown === 'string') return thrown === '' ? 'the handler threw an empty string' : thrown.slice(0, MAX_PIECE);
  if (typeof thrown === 'function') return 'the handler threw a function';
  if (typeof thrown !== 'object' || thrown === null) return `the handler threw ${String(thrown)}`;
  const own = headline(thrown);
  if (depth >= MAX_CAUSES) return own;
  const cause = readAny(thrown, 'cause');
  const errors = innerErrors(thrown).map((error) => describe(error, depth + 1));
  const inner = errors.length === 0 ? '' : ` [${errors.join('; ')}]`;
  return cause === undefined || cause === null ? own + inner : `${own}${inner} (caused by ${describe(cause, depth + 1)})`;
}

function headline(thrown: object): string {
  const name = readAny(thrown, 'name');
  const message = readAny(thrown, 'message');
  const text = typeof message === 'string' ? message.slice(0, MAX_PIECE) : '';
  if (typeof name !== 'string' || name === '') return text || 'the handler threw an object without a message';
  const label = name.slice(0, MAX_PIECE);
  return text === '' ? `${label} without a message` : `${label}: ${text}`;
}

function innerErrors(thrown: object): readonly unknown[] {
  try {
    const errors = readAny(thrown, 'errors');
    return Array.isArray(errors) ? errors.slice(0, MAX_ERRORS) : [];
  } catch {
    return [];
  }
}
