import type { RunFinder } from './run-finder.js';

/** Letters and digits of a text, in small letters, and where in the text each of them stands. */
export interface TextCore {
  readonly characters: string;
  /** Where each character begins in the text. */
  readonly starts: ArrayLike<number>;
  /** Where each character ends in the text. */
  readonly ends: ArrayLike<number>;
}

/** A piece of a text to be replaced. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** A text read in some way; every character knows where it stood in the text as it was. */
interface Reading {
  readonly text: string;
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
}

/**
 * What stands for one other character.
 *
 * In this order: percent-encoded, however often, and as JavaScript's `escape` does it; escaped as JSON, JavaScript, Python and
 * Perl do; in octal; line ends and the like written as escapes; character references of HTML and XML, zeros before them or not.
 * Whatever can be repeated is counted to an end, so that a million backslashes are not looked at from each one anew.
 */
const ESCAPE =
  /%(?:25)*(?:[uU]([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))|\\{1,16}(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|[ux]\{([0-9a-fA-F]{1,32})\}|U([0-9a-fA-F]{8})|0?([0-3]?[0-7]{2})|[abefnrtv0])|&#[xX]([0-9a-fA-F]{1,32});?|&#([0-9]{1,32});?|&([a-zA-Z]{2,8});/g;

/** Kinds of numbers in {@link ESCAPE}, by the place of their group. */
const BASES = [16, 16, 16, 16, 16, 16, 8, 16, 10];

/** How often escapes can stand within escapes of another kind, as in JSON within a query. */
const MAX_READINGS = 5;

/**
 * The text as it stands, and with what is encoded in it decoded, until nothing is or it was done often enough.
 *
 * A percent sign or a backslash that happens to stand before a secret takes nothing from it in the first.
 */
function readings(text: string): readonly Reading[] {
  let last: Reading = { text, starts: places(text.length, 0), ends: places(text.length, 1) };
  const all = [last];
  while (all.length < MAX_READINGS && /[%\\&]/.test(last.text)) {
    const next = decoded(last);
    if (next.text === last.text) break;
    all.push(next);
    last = next;
  }
  return all;
}

function places(length: number, shift: number): Uint32Array {
  const all = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) all[at] = at + shift;
  return all;
}

function decoded({ text, starts, ends }: Reading): Reading {
  const pieces: string[] = [];
  const newStarts = new Uint32Array(text.length);
  const newEnds = new Uint32Array(text.length);
  let size = 0;
  let done = 0;
  const copyTo = (end: number): void => {
    pieces.push(text.slice(done, end));
    for (; done < end; done += 1, size += 1) {
      newStarts[size] = starts[done] ?? 0;
      newEnds[size] = ends[done] ?? 0;
    }
  };
  for (const match of text.matchAll(ESCAPE)) {
    copyTo(match.index);
    done = match.index + match[0].length;
    pieces.push(characterOf(match));
    newStarts[size] = starts[match.index] ?? 0;
    newEnds[size] = ends[done - 1] ?? 0;
    size += 1;
  }
  copyTo(text.length);
  return { text: pieces.join(''), starts: newStarts, ends: newEnds };
}

/** The one character an escape stands for; a space for those that are neither a letter nor begin another escape. */
function characterOf(match: RegExpMatchArray): string {
  const group = match.findIndex((digits, at) => at > 0 && digits !== undefined);
  const digits = match[group] ?? '';
  if (group === BASES.length + 1) return digits.toLowerCase() === 'amp' ? '&' : ' ';
  const code = group === -1 ? 0 : Number.parseInt(digits, BASES[group - 1]);
  return code > 0 && code <= 0xffff ? String.fromCharCode(code) : ' ';
}

/** Letters and digits of a reading; those as wide as Chinese ones count as what they are. */
function coreOf({ text, starts, ends }: Reading): TextCore {
  const characters = new Uint8Array(text.length);
  const coreStarts = new Uint32Array(text.length);
  const coreEnds = new Uint32Array(text.length);
  let size = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = smallLetter(text.charCodeAt(at));
    if (letter === 0) continue;
    characters[size] = letter;
    coreStarts[size] = starts[at] ?? 0;
    coreEnds[size] = ends[at] ?? 0;
    size += 1;
  }
  return { characters: Buffer.from(characters.buffer, 0, size).toString('latin1'), starts: coreStarts, ends: coreEnds };
}

/** Code of a digit or, in small, of a letter; 0 for anything else. */
function smallLetter(code: number): number {
  const plain = code >= 0xff10 && code <= 0xff5a ? code - 0xfee0 : code;
  if ((plain >= 48 && plain <= 57) || (plain >= 97 && plain <= 122)) return plain;
  return plain >= 65 && plain <= 90 ? plain + 32 : 0;
}

/**
 * What is left of a text however it was quoted, encoded, escaped or wrapped, in each of its readings.
 *
 * A secret is found in one of them by its own core. The cost is that of a few looks at every character.
 */
export function textCores(text: string): readonly TextCore[] {
  return readings(text).map(coreOf);
}

/** The core of a text with all that is encoded in it decoded. */
export function innermostCore(text: string): string {
  return textCores(text).at(-1)?.characters ?? '';
}

/** Where a core stands in another. */
export function rangesOf(needle: string, core: TextCore, replacement: string): TextRange[] {
  const ranges: TextRange[] = [];
  for (let at = core.characters.indexOf(needle); at !== -1; at = core.characters.indexOf(needle, at + needle.length)) {
    ranges.push({ start: core.starts[at] ?? 0, end: core.ends[at + needle.length - 1] ?? 0, replacement });
  }
  return ranges;
}

/** Where pieces of a secret stand in a core. */
export function runRangesOf(secret: RunFinder, { characters, starts, ends }: TextCore, replacement: string): TextRange[] {
  return secret.runsIn(characters).map(({ from, to }) => ({ start: starts[from] ?? 0, end: ends[to - 1] ?? 0, replacement }));
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
