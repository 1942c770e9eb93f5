import * as v from 'valibot';
import type { EventParseError, ParseIssue, ParseResult } from '../parse-result.js';
import { CONFIG, MAX_ISSUES } from './fields.js';
import { valueKind } from './value-kind.js';

/**
 * Checks an input against a schema.
 *
 * The value is the input itself, not the library's copy of it: nothing is
 * coerced, so a copy would only lose keys such as `constructor`.
 */
export function parseWith<T>(name: string, schema: v.GenericSchema<unknown, T>, input: unknown): ParseResult<T> {
  const { issues } = v.safeParse(schema, input, CONFIG);
  return issues === undefined
    ? { ok: true, value: input as T }
    : { ok: false, error: invalidEvent(name, issues.slice(0, MAX_ISSUES + 1).map(toParseIssue)) };
}

/** The error that lists these issues, the first {@link MAX_ISSUES} of them. */
export function invalidEvent(schema: string, found: readonly ParseIssue[]): EventParseError {
  const issues = found.slice(0, MAX_ISSUES);
  const listed = issues.map((issue) => `${issue.path || 'the event itself'} must be ${issue.expected} but is ${issue.found}`);
  const more = found.length > MAX_ISSUES ? '; and more' : '';
  return { code: 'INVALID_EVENT', schema, issues, message: `invalid event for schema ${schema}: ${listed.join('; ')}${more}` };
}

function toParseIssue(issue: v.BaseIssue<unknown>): ParseIssue {
  // Where certain strings are expected, `string` alone would not say what is wrong.
  const differs = issue.message.includes("'") && typeof issue.input === 'string';
  return { path: pathOf(issue), expected: issue.message, found: differs ? 'another string' : valueKind(issue.input) };
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  const steps = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${key}`));
  return steps.join('').replace(/^\./, '');
}
