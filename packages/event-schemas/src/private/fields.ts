import * as v from 'valibot';

/** Issues an error lists; more are cut off, so that a huge wrong array cannot fill memory or a log. */
export const MAX_ISSUES = 20;

/** Given in full, so that a configuration another user of the library made global changes nothing here. */
export const CONFIG = { abortEarly: false, abortPipeEarly: true } as const;

// Valibot's own messages quote the value; ours replace them all and say only what is expected.
const OBJECT = 'an object';
const NON_EMPTY = 'a non-empty string';
const NATURAL = 'a whole number of at least 0';
const WHOLE = 'a whole number';
const FINITE = 'a finite number';

/** Any string. */
export const text = v.string('a string');

/** A string that identifies something, and so is not empty. */
export const identifier = v.pipe(v.string(NON_EMPTY), v.nonEmpty(NON_EMPTY));

/** `true` or `false`, not their names. */
export const flag = v.boolean('a boolean');

/** A count or a version: a whole number from 0 to 2^53 - 1. */
export const natural = v.pipe(v.number(NATURAL), v.safeInteger(NATURAL), v.minValue(0, NATURAL));

/** A whole number of either sign. */
export const whole = v.pipe(v.number(WHOLE), v.integer(WHOLE));

/** Any number but the infinities, which JSON can spell as `1e999`. */
export const finite = v.pipe(v.number(FINITE), v.finite(FINITE));

/** A string, or `null` where ECS has nothing to say. */
export const textOrNull = v.union([v.string(), v.null()], 'a string or null');

/** A boolean, or its name as a string. */
export const flagOrName = v.union([v.boolean(), v.literal('true'), v.literal('false')], "a boolean, 'true' or 'false'");

/** One string and no other. */
export function exactly<const Literal extends string>(literal: Literal): v.LiteralSchema<Literal, string> {
  return v.literal(literal, `'${literal}'`);
}

/** An object, not an array, with these entries; what else it holds is not looked at. */
export function record<const Entries extends v.ObjectEntries>(entries: Entries) {
  const shape = v.looseObject(entries, (issue) => expectedAtMissingKey(entries, issue));
  return v.pipe(v.custom<v.InferInput<typeof shape>>(isRecord, OBJECT), shape);
}

/** An array of items; looked at until more issues are found than an error lists. */
export function list<Item>(item: v.GenericSchema<unknown, Item>) {
  return v.pipe(
    v.custom<readonly Item[]>(Array.isArray, 'an array'),
    v.rawCheck<readonly Item[]>(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const input = dataset.value;
      let found = 0;
      for (let key = 0; key < input.length && found <= MAX_ISSUES; key += 1) {
        const value: unknown = input[key];
        for (const issue of v.safeParse(item, value, CONFIG).issues ?? []) {
          found += 1;
          const step: v.IssuePathItem = { type: 'array', origin: 'value', input: input as unknown[], key, value };
          addIssue({ message: issue.message, input: issue.input, path: [step, ...(issue.path ?? [])] });
        }
      }
    }),
  );
}

/** Whether a value is an object and not an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Valibot reports a missing key against the object that lacks it; what was expected is the missing entry's own message. */
function expectedAtMissingKey(entries: v.ObjectEntries, issue: v.BaseIssue<unknown>): string {
  const key = issue.path?.[0]?.key;
  const entry = typeof key === 'string' ? entries[key] : undefined;
  return entry !== undefined && 'message' in entry && typeof entry.message === 'string' ? entry.message : OBJECT;
}
