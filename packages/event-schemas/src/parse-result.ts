/** One field of an event that is not what its schema says. Holds no value of the event, so it can be logged. */
export interface ParseIssue {
  /** Where: `detail.registeredResources[0].type`; the empty string is the event itself. */
  readonly path: string;
  /** What the schema wants there: `a boolean`, `a whole number of at least 0`. */
  readonly expected: string;
  /** Kind of what is there: `string`, `null`, `undefined` (missing), `array`, `negative number`; never its value. */
  readonly found: string;
}

/** Why an event was refused. Plain data, safe to log: it holds paths and kinds, no values of the event. */
export interface EventParseError {
  /** Discriminates this error from those of other packages. */
  readonly code: 'INVALID_EVENT';
  /** Name of the schema, which is also the subpath that exports its parser: `container-instance-state-change`. */
  readonly schema: string;
  /** The first issues found, in order of the schema's fields: at least 1, at most 1,000. */
  readonly issues: readonly ParseIssue[];
  /** One line that lists the issues, the first 20 of them. */
  readonly message: string;
}

/** What every parser of this package answers; none throws. */
export type ParseResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: EventParseError };
