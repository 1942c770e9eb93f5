import type { EventParseError, ParseIssue, ParseResult } from '../parse-result.js';
import { type Budget, type Field, MAX_ITEMS, passes, Report } from './field.js';
import { UNREADABLE } from './safe-read.js';

/** Checks an input against a schema; the value is the input itself. */
export function parseWith<T>(name: string, schema: Field<T>, input: unknown): ParseResult<T> {
  const budget: Budget = { items: MAX_ITEMS };
  if (passes(schema, input, budget)) return { ok: true, value: input };
  const report = new Report();
  schema.explain(input, '', report);
  if (report.issues.length === 0 && (budget.items < 0 || report.budget.items <= 0)) report.add('', BOUNDED, input);
  // A Proxy can be wrong at the first look and right at the second.
  if (report.issues.length === 0) report.add('', 'data that stays the same', UNREADABLE);
  return { ok: false, error: invalidEvent(name, report.issues, report.isFull) };
}

const BOUNDED = `an event of at most ${MAX_ITEMS} items in all its arrays`;

/** Issues a message names, so that it can be logged. */
const MAX_IN_MESSAGE = 20;

/** The error that lists these issues. */
export function invalidEvent(schema: string, issues: readonly ParseIssue[], areMore = false): EventParseError {
  const listed = issues
    .slice(0, MAX_IN_MESSAGE)
    .map((issue) => `${issue.path || 'the event itself'} must be ${issue.expected} but is ${issue.found}`);
  const more = areMore || issues.length > MAX_IN_MESSAGE ? '; and more' : '';
  return { code: 'INVALID_EVENT', schema, issues, message: `invalid event for schema ${schema}: ${listed.join('; ')}${more}` };
}
