import pino, { type Logger } from 'pino';
import type { LogLevel } from './settings/settings.js';

/** Makes the log: one JSON object a line on standard output. */
export function createLogger(level: LogLevel): Logger {
  const options = {
    level,
    base: { service: 'todobackend' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
  };
  // Written at once: otherwise the last lines could overtake each other, or be lost, when the process ends.
  return pino(options, pino.destination({ dest: 1, sync: true }));
}

/** What is logged of an error: never its statement, in which drivers keep what users wrote. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { readonly code?: unknown };
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    message: error.message,
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
