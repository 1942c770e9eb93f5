/** What the function writes its log with; the Powertools logger is one. Nothing it is given holds a signed address. */
export interface TaskRunnerLogger {
  /** What was decided. */
  info(message: string, fields: Readonly<Record<string, unknown>>): void;
  /** What went wrong and is tried again. */
  warn(message: string, fields: Readonly<Record<string, unknown>>): void;
  /** What failed. */
  error(message: string, fields: Readonly<Record<string, unknown>>): void;
}
