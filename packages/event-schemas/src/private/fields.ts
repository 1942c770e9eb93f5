import { type Field, leaf } from './field.js';

/** Any string. */
export const text = leaf('a string', (value) => typeof value === 'string');

/** A string that identifies something, and so is not empty. */
export const identifier = leaf('a non-empty string', (value): value is string => typeof value === 'string' && value !== '');

/** A string, or `null` where ECS has nothing to say. */
export const textOrNull = leaf('a string or null', (value) => typeof value === 'string' || value === null);

/** `true` or `false`, not their names. */
export const flag = leaf('a boolean', (value) => typeof value === 'boolean');

/** A boolean, or its name as a string. */
export const flagOrName = leaf(
  "a boolean, 'true' or 'false'",
  (value) => typeof value === 'boolean' || value === 'true' || value === 'false',
);

/** A count or a version: a whole number from 0 to 2^53 - 1. */
export const natural = leaf(
  'a whole number of at least 0',
  (value): value is number => Number.isSafeInteger(value) && (value as number) >= 0,
);

/** A whole number of either sign. */
export const whole = leaf('a whole number', (value): value is number => Number.isInteger(value));

/** Any number but the infinities, which JSON can spell as `1e999`. */
export const finite = leaf('a finite number', (value): value is number => Number.isFinite(value));

/** One string and no other. */
export function exactly<const Literal extends string>(literal: Literal): Field<Literal> {
  return leaf(`'${literal}'`, (value): value is Literal => value === literal);
}
