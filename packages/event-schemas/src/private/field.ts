import type { ParseIssue } from '../parse-result.js';
import { valueKind } from './value-kind.js';

/** Issues an error lists; more are cut off, so that a huge wrong array cannot fill memory or a log. */
export const MAX_ISSUES = 20;

/**
 * What a value must be.
 *
 * Two passes: `is` says yes or no and allocates nothing, which is all a sound
 * event needs; `explain` is asked only about a value that is not right.
 */
export interface Field<T> {
  /** Whether the value is right. Does not change it; throws only what the value itself throws when it is read, see {@link passes}. */
  readonly is: (value: unknown) => value is T;
  /** Reports what is wrong with a value found at a path. Never throws. */
  readonly explain: (value: unknown, path: string, report: Report) => void;
}

/** Collects issues up to {@link MAX_ISSUES}. */
export class Report {
  /** The first issues found. */
  public readonly issues: ParseIssue[] = [];
  /** Whether there were more. */
  public isFull = false;

  /** Notes that a value is not what was expected. */
  public add(path: string, expected: string, value: unknown): void {
    if (this.issues.length === MAX_ISSUES) {
      this.isFull = true;
      return;
    }
    // Where certain strings are expected, `string` alone would not say what is wrong.
    const found = typeof value === 'string' && expected.includes("'") ? 'another string' : valueKind(value);
    this.issues.push({ path, expected, found });
  }
}

/** A field without parts. */
export function leaf<T>(expected: string, is: (value: unknown) => value is T): Field<T> {
  return {
    is,
    explain: (value, path, report) => {
      if (!passes({ is }, value)) report.add(path, expected, value);
    },
  };
}

/** Whether a value is right; one that cannot be read is not. */
export function passes<T>(field: Pick<Field<T>, 'is'>, value: unknown): value is T {
  try {
    return field.is(value);
  } catch {
    return false;
  }
}
