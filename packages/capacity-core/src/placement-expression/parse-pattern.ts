import { type Result, success } from '../result.js';
import { Cursor } from './cursor.js';
import { readClass, readEscape } from './pattern-class.js';
import { type CodePointRange, type PatternError, type PatternNode, refusedPattern } from './pattern-node.js';

const MAX_DEPTH = 100;
const MAX_REPEAT = 4_000;
/** Line terminators, which `.` leaves out. */
const LINE_ENDS: readonly CodePointRange[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];

type Read<Value> = Result<Value, PatternError>;

/** Reads a pattern. Never throws; nests 100 deep at the most. */
export function parsePattern(source: string): Read<PatternNode> {
  const cursor = new Cursor(source);
  const node = readChoice(cursor, 0);
  if (!node.ok || cursor.atEnd) return node;
  return refusedPattern('INVALID_PATTERN', cursor.at, `')' without a '(' in a pattern`, `write \\) for the sign itself`);
}

/** Reads alternatives until the end or a closing parenthesis, which it leaves. */
function readChoice(cursor: Cursor, depth: number): Read<PatternNode> {
  if (depth > MAX_DEPTH)
    return refusedPattern('PATTERN_TOO_LARGE', cursor.at, `more than ${MAX_DEPTH} groups within one another`, 'nest less');
  const choices: PatternNode[] = [];
  do {
    const nodes: PatternNode[] = [];
    while (!cursor.atEnd && cursor.next !== '|' && cursor.next !== ')') {
      const part = readRepeated(cursor, depth);
      if (!part.ok) return part;
      nodes.push(part.value);
    }
    choices.push({ kind: 'sequence', nodes });
  } while (cursor.take(/\|/y) !== undefined);
  const [only] = choices;
  return success(choices.length === 1 && only !== undefined ? only : { kind: 'choice', nodes: choices });
}

function readRepeated(cursor: Cursor, depth: number): Read<PatternNode> {
  const node = readPart(cursor, depth);
  if (!node.ok) return node;
  const at = cursor.at;
  const quantifier = cursor.take(/[*+?]|\{[0-9]+(?:,[0-9]*)?\}/y);
  if (quantifier === undefined) return node;
  if (node.value.kind === 'start' || node.value.kind === 'end') {
    return refusedPattern('UNSUPPORTED_PATTERN', at, `'${quantifier}' after ^ or $`, 'repeat something else');
  }
  if (cursor.take(/\+/y) !== undefined) {
    return refusedPattern('UNSUPPORTED_PATTERN', at, `possessive quantifier '${quantifier}+'`, `use '${quantifier}'`);
  }
  // A reluctant quantifier finds another match, but never changes whether there is one.
  cursor.take(/\?/y);
  const [min, max] = boundsOf(quantifier);
  if (max !== undefined && max < min)
    return refusedPattern('INVALID_PATTERN', at, `'${quantifier}' repeats from more to less`, 'write the lesser first');
  if (Math.max(min, max ?? 0) > MAX_REPEAT)
    return refusedPattern('PATTERN_TOO_LARGE', at, `'${quantifier}'`, `repeat ${MAX_REPEAT} times at the most`);
  return success({ kind: 'repeat', node: node.value, min, max });
}

function boundsOf(quantifier: string): [min: number, max: number | undefined] {
  if (quantifier === '*') return [0, undefined];
  if (quantifier === '+') return [1, undefined];
  if (quantifier === '?') return [0, 1];
  const [min = '', max] = quantifier.slice(1, -1).split(',');
  return [Number(min), max === undefined ? Number(min) : max === '' ? undefined : Number(max)];
}

function readPart(cursor: Cursor, depth: number): Read<PatternNode> {
  const at = cursor.at;
  const character = cursor.take(/./suy) ?? '';
  switch (character) {
    case '.':
      return success({ kind: 'character', ranges: LINE_ENDS, excluded: true });
    case '^':
      return success({ kind: 'start' });
    case '$':
      return success({ kind: 'end' });
    case '(':
      return readGroup(cursor, at, depth);
    case '[':
      return readClass(cursor, at);
    case '\\':
      return cursor.peek(/Q/y) === undefined ? readEscape(cursor, at) : readLiteral(cursor);
    case '*':
    case '+':
    case '?':
    case '{':
      return refusedPattern('INVALID_PATTERN', at, `'${character}' with nothing to repeat`, `write \\${character} for the sign itself`);
    default:
      return success(exactly(character));
  }
}

function readGroup(cursor: Cursor, opened: number, depth: number): Read<PatternNode> {
  if (cursor.take(/\?:/y) === undefined && cursor.next === '?') {
    return refusedPattern('UNSUPPORTED_PATTERN', opened, `a group with '?' in a pattern`, 'use plain groups, or (?:…)');
  }
  const inner = readChoice(cursor, depth + 1);
  if (!inner.ok || cursor.take(/\)/y) !== undefined) return inner;
  return refusedPattern('INVALID_PATTERN', opened, `'(' without an end in a pattern`, `close it, or write \\( for the sign itself`);
}

/** What stands between `\Q` and `\E`, each character for itself. */
function readLiteral(cursor: Cursor): Read<PatternNode> {
  cursor.take(/Q/y);
  const text = cursor.take(/(?:(?!\\E).)*/suy) ?? '';
  cursor.take(/\\E/y);
  if (cursor.peek(/[*+?{]/y) !== undefined) {
    return refusedPattern('UNSUPPORTED_PATTERN', cursor.at, 'a quantifier after \\E', 'put what is repeated in a group');
  }
  return success({ kind: 'sequence', nodes: Array.from(text, exactly) });
}

function exactly(character: string): PatternNode {
  const point = character.codePointAt(0) ?? 0;
  return { kind: 'character', ranges: [[point, point]], excluded: false };
}
