import type { EventParseError, ParseIssue, ParseResult } from '../parse-result.js';
import { type Field, passes, Report } from './field.js';
import { UNREADABLE } from './safe-read.js';

/** Checks an input against a schema; the value is the input itself. */
export function parseWith<T>(name: string, schema: Field<T>, input: unknown): ParseResult<T> {
  if (passes(schema, input)) return { ok: true, value: input };
  const report = new Report();
  schema.explain(input, '', report);
  // A Proxy can be wrong at the first look and right at the second.
  if (report.issues.length === 0) report.add('', 'data that stays the same', UNREADABLE);
  return { ok: false, error: invalidEvent(name, report.issues, report.isFull) };
}

/** The error that lists these issues. */
export function invalidEvent(schema: string, issues: readonly ParseIssue[], areMore = false): EventParseError {
  const listed = issues.map((issue) => `${issue.path || 'the event itself'} must be ${issue.expected} but is ${issue.found}`);
  const more = areMore ? '; and more' : '';
  return { code: 'INVALID_EVENT', schema, issues, message: `invalid event for schema ${schema}: ${listed.join('; ')}${more}` };
}
