/** What happened, as a constant: one for each kind of line this package logs. */
export type LogCode =
  | 'REQUEST_INVALID'
  | 'DELETE_SKIPPED'
  | 'UPDATE_REFUSED'
  | 'HANDLER_FAILED'
  | 'HANDLER_LATE'
  | 'RESULT_UNFIT'
  | 'RESPONSE_TRY_FAILED'
  | 'RESPONSE_DELIVERED'
  | 'RESPONSE_NOT_DELIVERED';

/** One line of the log. No text in it holds the pre-signed address. */
export interface LogEntry {
  readonly level: 'INFO' | 'WARN' | 'ERROR';
  readonly code: LogCode;
  readonly message: string;
  /** Identifiers of the request and facts of this code. */
  readonly [fact: string]: string | number | boolean | undefined;
}

/** Takes one entry; what it throws is ignored, for an answer matters more than its log. */
export type Log = (entry: LogEntry) => void;

/** Writes each entry as one line of JSON to standard output, which Lambda sends to CloudWatch Logs. */
export const stdoutLog: Log = (entry) => {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
};
