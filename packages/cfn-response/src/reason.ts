/** Terminal escapes: OSC with its text, CSI (7- and 8-bit), then any other two-character escape. */
const TERMINAL_ESCAPES = new RegExp(
  ['\\u001b\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)', '(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]', '\\u001b[ -/]*[0-~]'].join('|'),
  'g',
);

/** Control characters but tab and line feed, and the two non-characters XML forbids. */
const CONTROL_CHARACTERS = /(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu;

/** Halves of surrogate pairs that stand alone. */
const LONE_SURROGATES = /\p{Surrogate}/gu;

const ELLIPSIS = '…';

/**
 * The text without terminal escapes and control characters.
 *
 * A stack event with an escape character in its reason cannot be read any more
 * ({@link https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1601}), and
 * container logs are full of them. Tabs and line feeds stay, other line ends
 * become line feeds, half characters become U+FFFD.
 */
export function sanitiseReason(text: string): string {
  return text.replace(TERMINAL_ESCAPES, '').replace(/\r\n?/g, '\n').replace(CONTROL_CHARACTERS, '').replace(LONE_SURROGATES, '\ufffd');
}

/** How {@link trimToBytes} cuts. */
export interface TrimOptions {
  /**
   * Which end stays: the start of a message, or the end of a log.
   *
   * @default 'start'
   */
  readonly keep?: 'start' | 'end';
}

/**
 * The text cut to a number of bytes, between characters, with `…` where it was cut.
 *
 * Bytes are those of the text inside a JSON string: a quote or a line feed costs
 * two. Without room for `…` (3 bytes) the cut is not marked.
 *
 * @param maxBytes whole number, at least 0
 */
export function trimToBytes(text: string, maxBytes: number, options: TrimOptions = {}): string {
  // Every UTF-16 unit costs a byte at least, so what lies beyond can be left out unread.
  const reach = Math.max(0, maxBytes) + 1;
  const fromEnd = options.keep === 'end';
  const window = text.length <= reach ? text : fromEnd ? text.slice(-reach) : text.slice(0, reach);
  const characters = [...window.replace(LONE_SURROGATES, '\ufffd')];
  if (window === text && encodedBytes(characters) <= maxBytes) return characters.join('');
  const mark = maxBytes >= 3 ? ELLIPSIS : '';
  if (fromEnd) characters.reverse();
  const kept = leading(characters, maxBytes - (mark === '' ? 0 : 3));
  return fromEnd ? mark + kept.reverse().join('') : kept.join('') + mark;
}

function leading(characters: readonly string[], maxBytes: number): string[] {
  let bytes = 0;
  const end = characters.findIndex((character) => {
    bytes += encodedBytes([character]);
    return bytes > maxBytes;
  });
  return characters.slice(0, end === -1 ? characters.length : end);
}

/** Bytes of the characters inside a JSON string. */
function encodedBytes(characters: readonly string[]): number {
  return Buffer.byteLength(JSON.stringify(characters.join(''))) - 2;
}
