import type { ParseIssue } from '../parse-result.js';
import { valueKind } from './value-kind.js';

/** Issues an error lists: all that an event of ECS can have; more are cut off, so that a huge wrong array cannot fill memory. */
export const MAX_ISSUES = 1_000;

/**
 * Items looked at in all arrays of an event together.
 *
 * An item takes two bytes of JSON at least, so 1 MiB holds no more. A Proxy can pretend to thousands of millions.
 */
export const MAX_ITEMS = 524_288;

/** How often the search for what is wrong may look at an item: once for itself and once for each array around it. */
const LOOKS = 4;

/** What is left of the work one check may take. */
export interface Budget {
  /** Items that may still be looked at; below 0 once there were more. */
  items: number;
}

/**
 * What a value must be.
 *
 * Two passes: `is` says yes or no and allocates nothing, which is all a sound
 * event needs; `explain` is asked only about a value that is not right.
 */
export interface Field<T> {
  /** Whether the value is right. Does not change it; throws only what the value itself throws when it is read, see {@link passes}. */
  readonly is: (value: unknown, budget: Budget) => value is T;
  /** Reports what is wrong with a value found at a path. Never throws. */
  readonly explain: (value: unknown, path: string, report: Report) => void;
}

/** Collects issues up to {@link MAX_ISSUES}. */
export class Report {
  /** The first issues found. */
  public readonly issues: ParseIssue[] = [];
  /** Whether there were more. */
  public isFull = false;
  /** What is left of the work the search may take. */
  public readonly budget: Budget = { items: LOOKS * MAX_ITEMS };

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
export function leaf<T>(expected: string, is: Field<T>['is']): Field<T> {
  return {
    is,
    explain: (value, path, report) => {
      if (!passes({ is }, value, report.budget)) report.add(path, expected, value);
    },
  };
}

/** Whether a value is right; one that cannot be read is not. */
export function passes<T>(field: Pick<Field<T>, 'is'>, value: unknown, budget: Budget): value is T {
  try {
    return field.is(value, budget);
  } catch {
    return false;
  }
}
