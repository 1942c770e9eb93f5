/**
 * A text out of the input, fit for a line on a terminal.
 *
 * Control characters would break the line, or tell the terminal to do things.
 */
export function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
