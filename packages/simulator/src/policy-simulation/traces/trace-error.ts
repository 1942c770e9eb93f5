import type { Result } from '@plimsoll/capacity-core';

/** Why a trace could not be read. */
export interface TraceError {
  /**
   * - `NO_HEADER`: the first line does not name the columns that are needed.
   * - `WRONG_VALUE`: a value is not what its column holds.
   * - `EMPTY`: there is no task in it.
   * - `UNKNOWN_PATTERN`, `UNKNOWN_KEY`, `FORM`: a generator's text is not of its grammar.
   */
  readonly code: 'NO_HEADER' | 'WRONG_VALUE' | 'EMPTY' | 'UNKNOWN_PATTERN' | 'UNKNOWN_KEY' | 'FORM';
  /** Line it stands on, from 1; absent where it is about no line. */
  readonly line?: number;
  /** One sentence with the wrong value and the remedy. */
  readonly message: string;
}

/** An error as a result. */
export function refused(code: TraceError['code'], message: string, line?: number): Result<never, TraceError> {
  return { ok: false, error: { code, message, ...(line === undefined ? {} : { line }) } };
}
