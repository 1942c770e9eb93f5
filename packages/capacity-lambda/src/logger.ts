/** What the function writes its log with; the Powertools logger is one. */
export interface CapacityLogger {
  /** What was decided. */
  info(message: string, fields: Readonly<Record<string, unknown>>): void;
  /** What was left out. */
  warn(message: string, fields: Readonly<Record<string, unknown>>): void;
  /** What failed. */
  error(message: string, fields: Readonly<Record<string, unknown>>): void;
}
