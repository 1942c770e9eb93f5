import { sanitiseReason } from '@plimsoll/cfn-response';

/** What stands where a secret was. */
const REDACTED = '[redacted]';

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

/** The text with every match of every pattern replaced. */
export function redactText(text: string, redact: readonly RegExp[]): string {
  return redact.reduce((rest, pattern) => rest.replace(pattern, REDACTED), text);
}
