import { createContext, Script } from 'node:vm';
import { sanitiseReason } from '@plimsoll/cfn-response';

/** What stands where a secret was. */
const REDACTED = '[redacted]';

/** Longest time for all patterns on one text, in milliseconds: one that goes through a text in endless ways must not hold up the answer. */
const LONGEST_MS = 1_000;

/** What stands where that was not enough. */
const NOT_SHOWN = `[not shown: the patterns of Redact take longer than ${LONGEST_MS} ms on it]`;

/**
 * The last lines of a log as one text: without terminal escapes, control characters and empty lines, secrets redacted.
 *
 * @param messages log events, oldest first; one can hold several lines
 * @param redact patterns of what must not be shown; each is applied to the lines together, so it can span them
 * @param lines most lines, at least 0
 */
export function logTail(messages: readonly string[], redact: readonly RegExp[], lines: number): string {
  const cleaned = messages
    .flatMap((message) => sanitiseReason(message).split('\n'))
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  // Before the cut: half a secret would not match any more.
  const redacted = redactText(cleaned.join('\n'), redact);
  return lines <= 0 ? '' : redacted.split('\n').slice(-lines).join('\n');
}

/** The text with every match of every pattern replaced; none of it where that takes too long. */
export function redactText(text: string, redact: readonly RegExp[]): string {
  if (redact.length === 0) return text;
  try {
    return String(redaction.runInContext(createContext({ text, redact, replacement: REDACTED }), { timeout: LONGEST_MS }));
  } catch {
    return NOT_SHOWN;
  }
}

/** Only in a script of its own can a regular expression be interrupted. */
const redaction = new Script('redact.reduce((rest, pattern) => rest.replace(pattern, replacement), text)');
