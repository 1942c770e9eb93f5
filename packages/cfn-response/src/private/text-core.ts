/** Letters and digits of a text, in small letters, and where in the text each of them stands. */
export interface TextCore {
  readonly characters: string;
  /** Where each character begins in the text. */
  readonly starts: readonly number[];
  /** Where each character ends in the text. */
  readonly ends: readonly number[];
}

/** A piece of a text to be replaced. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/**
 * Runs of letters and digits, and what stands for one other character.
 *
 * In this order: percent-encoded, however often; escaped as JSON and `util.inspect`
 * do; line ends and tabs written as escapes; character references of HTML and XML.
 * Backslashes are counted to 16, JSON within JSON within JSON within JSON, so that
 * a million of them are not looked at from each one anew.
 */
const TOKEN =
  /%(?:25)*([0-9a-f]{2})|\\{1,16}(?:u00|x)([0-9a-f]{2})|\\{1,16}[nrt]|&#x([0-9a-f]{1,4});|&#([0-9]{1,5});|&[a-z]{2,6};|[a-z0-9]+/gi;

/** Runs of letters and digits alone. */
const LITERAL = /[a-z0-9]+/gi;

/**
 * What is left of a text however it was quoted, encoded, escaped or wrapped.
 *
 * An address is found in it by its own core, at the cost of looking once at every character.
 */
export function textCore(text: string, token: RegExp = TOKEN): TextCore {
  const characters: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const add = (character: string, start: number, end: number): void => {
    if (!/[a-z0-9]/i.test(character)) return;
    characters.push(character.toLowerCase());
    starts.push(start);
    ends.push(end);
  };
  for (const match of text.matchAll(token)) {
    const [found, percent, escaped, hexReference, decimalReference] = match;
    const end = match.index + found.length;
    const hex = percent ?? escaped ?? hexReference;
    if (hex !== undefined) add(String.fromCharCode(Number.parseInt(hex, 16)), match.index, end);
    else if (decimalReference !== undefined) add(String.fromCharCode(Number(decimalReference)), match.index, end);
    else if (!/^[\\&]/.test(found))
      for (let at = 0; at < found.length; at += 1) add(found.charAt(at), match.index + at, match.index + at + 1);
  }
  return { characters: characters.join(''), starts, ends };
}

/**
 * Both readings of a text: with what is encoded in it decoded, and as it stands.
 *
 * A percent sign or a backslash that happens to stand before a secret takes nothing from it in the second.
 */
export function textCores(text: string): readonly TextCore[] {
  return /[%\\&]/.test(text) ? [textCore(text), textCore(text, LITERAL)] : [textCore(text)];
}

/** Where a core stands in another. */
export function rangesOf(needle: string, core: TextCore, replacement: string): TextRange[] {
  const ranges: TextRange[] = [];
  for (let at = core.characters.indexOf(needle); at !== -1; at = core.characters.indexOf(needle, at + needle.length)) {
    ranges.push({ start: core.starts[at] ?? 0, end: core.ends[at + needle.length - 1] ?? 0, replacement });
  }
  return ranges;
}

/** Letters and digits of a value that tell it from others; with fewer missing than that many leave, it can be guessed. */
const ANCHOR = 16;

/** Where a value stands in a core, whole or cut off before its end or after its beginning. */
export function valueRangesOf(value: string, core: TextCore, replacement: string): TextRange[] {
  const { head, tail } = anchorsOf(value);
  const { characters, starts, ends } = core;
  const ranges: TextRange[] = [];
  const add = (from: number, length: number): void => {
    ranges.push({ start: starts[from] ?? 0, end: ends[from + length - 1] ?? 0, replacement });
  };
  for (let at = characters.indexOf(head); at !== -1; ) {
    let length = head.length;
    while (length < value.length && characters[at + length] === value[length]) length += 1;
    add(at, length);
    at = characters.indexOf(head, at + length);
  }
  for (let at = characters.indexOf(tail); at !== -1; at = characters.indexOf(tail, at + 1)) {
    let length = tail.length;
    while (length < value.length && characters[at + tail.length - length - 1] === value[value.length - length - 1]) length += 1;
    add(at + tail.length - length, length);
  }
  return ranges;
}

/** Whether a core holds a value, or enough of it to guess the rest. */
export function holdsValue(value: string, { characters }: TextCore): boolean {
  const { head, tail } = anchorsOf(value);
  return characters.includes(head) || characters.includes(tail);
}

function anchorsOf(value: string): { readonly head: string; readonly tail: string } {
  return { head: value.slice(0, ANCHOR), tail: value.slice(-ANCHOR) };
}

/** The text with the ranges replaced; of two that overlap, the one that begins first or is longer takes the other in. */
export function replaceRanges(text: string, ranges: readonly TextRange[]): string {
  const ordered = [...ranges].sort((a, b) => a.start - b.start || b.end - a.end);
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, replacement } of ordered) {
    if (start >= done) parts.push(text.slice(done, start), replacement);
    done = Math.max(done, end);
  }
  return parts.join('') + text.slice(done);
}
