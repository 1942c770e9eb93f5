/** True, false or, as `undefined`, in doubt. */
export type Truth = boolean | undefined;

/** Holds where one holds; in doubt where none does and one is in doubt. */
export function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(undefined) ? undefined : false;
}

/** The opposite; in doubt where the truth is. */
export function negated(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

/** What two readings of the same text agree on; in doubt where they do not. */
export function agreed(one: Truth, other: Truth): Truth {
  return one === other ? one : undefined;
}
