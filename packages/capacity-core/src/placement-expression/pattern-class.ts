import { type Result, success } from '../result.js';
import type { Cursor } from './cursor.js';
import { type CodePointRange, type PatternError, type PatternNode, refusedPattern } from './pattern-node.js';

type Read<Value> = Result<Value, PatternError>;

const LAST = 0x10_ff_ff;

/** Predefined classes, as Java has them without flags: in ASCII alone. */
const CLASSES: ReadonlyMap<string, readonly CodePointRange[]> = new Map<string, readonly CodePointRange[]>([
  ['d', [[0x30, 0x39]]],
  [
    'w',
    [
      [0x30, 0x39],
      [0x41, 0x5a],
      [0x5f, 0x5f],
      [0x61, 0x7a],
    ],
  ],
  [
    's',
    [
      [0x09, 0x0d],
      [0x20, 0x20],
    ],
  ],
]);

/** Control characters by the letter of their escape. */
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['t', 0x09],
  ['n', 0x0a],
  ['r', 0x0d],
  ['f', 0x0c],
  ['a', 0x07],
  ['e', 0x1b],
]);

/** Reads what follows a backslash, which stood at the given index. */
export function readEscape(cursor: Cursor, opened: number): Read<PatternNode & { kind: 'character' }> {
  const escaped = cursor.take(/./suy);
  if (escaped === undefined)
    return refusedPattern('INVALID_PATTERN', opened, `'\\' at the end of a pattern`, 'write \\\\ for the sign itself');
  const ranges = CLASSES.get(escaped.toLowerCase());
  if (ranges !== undefined) return success({ kind: 'character', ranges: CLASSES.get(escaped) ?? complementOf(ranges), excluded: false });
  const point = CONTROLS.get(escaped) ?? escaped.codePointAt(0) ?? 0;
  if (/[A-Za-z0-9]/.test(escaped) && !CONTROLS.has(escaped)) {
    return refusedPattern(
      'UNSUPPORTED_PATTERN',
      opened,
      `'\\${escaped}' in a pattern`,
      'use \\d \\w \\s \\D \\W \\S, or spell the characters out',
    );
  }
  return success({ kind: 'character', ranges: [[point, point]], excluded: false });
}

/** Reads a class; its opening bracket stood at the given index. */
export function readClass(cursor: Cursor, opened: number): Read<PatternNode> {
  const excluded = cursor.take(/\^/y) !== undefined;
  const ranges: CodePointRange[] = [];
  while (ranges.length === 0 || cursor.take(/\]/y) === undefined) {
    const item = readItem(cursor, opened);
    if (!item.ok) return item;
    ranges.push(...item.value);
  }
  return success({ kind: 'character', ranges, excluded });
}

/** A range, or one character or predefined class. */
function readItem(cursor: Cursor, opened: number): Read<readonly CodePointRange[]> {
  const at = cursor.at;
  if (cursor.next === ']') return refusedPattern('INVALID_PATTERN', opened, 'an empty class in a pattern', 'write \\] for the sign itself');
  const low = readMember(cursor, opened);
  // A hyphen before the closing bracket is one.
  if (!low.ok || cursor.take(/-(?!\])/y) === undefined) return low;
  const high = readMember(cursor, opened);
  if (!high.ok) return high;
  const range = rangeOf(low.value, high.value);
  return range === undefined
    ? refusedPattern('INVALID_PATTERN', at, 'a range without two ends in order', 'write \\- for the sign itself')
    : success([range]);
}

/** One character or predefined class of a class. */
function readMember(cursor: Cursor, opened: number): Read<readonly CodePointRange[]> {
  const at = cursor.at;
  if (cursor.peek(/&&|\[/y) !== undefined) {
    return refusedPattern('UNSUPPORTED_PATTERN', at, 'a class within a class', 'write one class, with \\ before [ and &');
  }
  const character = cursor.take(/./suy);
  if (character === undefined)
    return refusedPattern('INVALID_PATTERN', opened, `'[' without an end in a pattern`, `close it, or write \\[ for the sign itself`);
  if (character === '\\') {
    const found = readEscape(cursor, at);
    return found.ok ? success(found.value.ranges) : found;
  }
  const point = character.codePointAt(0) ?? 0;
  return success([[point, point]]);
}

function rangeOf(low: readonly CodePointRange[], high: readonly CodePointRange[]): CodePointRange | undefined {
  const [[first, firstEnd] = [1, 0]] = low;
  const [[last, lastEnd] = [0, 1]] = high;
  return first === firstEnd && last === lastEnd && first <= last ? [first, last] : undefined;
}

function complementOf(ranges: readonly CodePointRange[]): readonly CodePointRange[] {
  const gaps: CodePointRange[] = [];
  let next = 0;
  for (const [low, high] of ranges) {
    gaps.push([next, low - 1]);
    next = high + 1;
  }
  return [...gaps, [next, LAST]];
}
