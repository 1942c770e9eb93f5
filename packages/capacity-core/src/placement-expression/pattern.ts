import { type Result, success } from '../result.js';
import { parsePattern } from './parse-pattern.js';
import { type CodePointRange, type PatternError, type PatternNode, refusedPattern } from './pattern-node.js';

/** One state of the machine a pattern is compiled into; numbers name other states. */
export type State =
  | { readonly kind: 'character'; readonly ranges: readonly CodePointRange[]; readonly excluded: boolean; readonly next: number }
  | { readonly kind: 'fork'; readonly next: readonly number[] }
  | { readonly kind: 'start' | 'end'; readonly next: number }
  | { readonly kind: 'accept' };

/** A compiled pattern. */
export interface Pattern {
  readonly states: readonly State[];
  /** The state to begin in. */
  readonly first: number;
}

/** Bounds the work per character: enough for any pattern of 2,000 characters that counts no repetitions, which can ask for far more. */
const MAX_STATES = 2_000;

/**
 * Compiles a pattern in the part of Java's regular expressions that runs in time linear in the text.
 *
 * Supported: text, `.`, classes with ranges and negation, `\d \w \s` and their opposites, escapes, `\Q…\E`, groups, `|`, the quantifiers
 * `* + ? {n} {n,} {n,m}` greedy or reluctant, `^` and `$`. Not supported, and refused: back references, look-around, possessive
 * quantifiers, flags, named groups, nested classes and their intersection, word boundaries, Unicode properties.
 *
 * @see https://docs.oracle.com/javase/8/docs/api/java/util/regex/Pattern.html
 */
export function compilePattern(source: string): Result<Pattern, PatternError> {
  const node = parsePattern(source);
  if (!node.ok) return node;
  const size = sizeOf(node.value);
  if (size > MAX_STATES) {
    return refusedPattern('PATTERN_TOO_LARGE', 0, `a pattern of more than ${MAX_STATES} states`, 'repeat less');
  }
  const states: State[] = [{ kind: 'accept' }];
  const first = emit(states, node.value, 0);
  return success({ states, first });
}

/** States a node takes, at the most; may be infinite. */
function sizeOf(node: PatternNode): number {
  switch (node.kind) {
    case 'sequence':
      return node.nodes.reduce((sum, part) => sum + sizeOf(part), 0);
    case 'choice':
      return node.nodes.reduce((sum, part) => sum + sizeOf(part), 1);
    case 'repeat':
      return (sizeOf(node.node) + 1) * (node.max ?? Math.max(node.min, 1));
    default:
      return 1;
  }
}

/** Adds a node's states in front of `next`, and names the one to enter by. */
function emit(states: State[], node: PatternNode, next: number): number {
  switch (node.kind) {
    case 'sequence':
      return node.nodes.reduceRight((after, part) => emit(states, part, after), next);
    case 'choice':
      return add(states, { kind: 'fork', next: node.nodes.map((part) => emit(states, part, next)) });
    case 'repeat':
      return emitRepeat(states, node, next);
    case 'character':
      return add(states, { kind: 'character', ranges: node.ranges, excluded: node.excluded, next });
    default:
      return add(states, { kind: node.kind, next });
  }
}

function emitRepeat(states: State[], { node, min, max }: PatternNode & { kind: 'repeat' }, next: number): number {
  if (max !== undefined) {
    let entry = next;
    for (let copy = min; copy < max; copy += 1) entry = add(states, { kind: 'fork', next: [next, emit(states, node, entry)] });
    return emitCopies(states, node, min, entry);
  }
  const ways = [next];
  const fork = add(states, { kind: 'fork', next: ways });
  const body = emit(states, node, fork);
  ways.push(body);
  return min === 0 ? fork : emitCopies(states, node, min - 1, body);
}

function emitCopies(states: State[], node: PatternNode, count: number, next: number): number {
  let entry = next;
  for (let copy = 0; copy < count; copy += 1) entry = emit(states, node, entry);
  return entry;
}

function add(states: State[], state: State): number {
  return states.push(state) - 1;
}

/**
 * Whether a text matches: as a whole, or anywhere within it.
 *
 * Follows every way through the pattern at once, so that its time is at most the states times the characters: no pattern can make it run away.
 */
export function matchesPattern({ states, first }: Pattern, text: string, extent: 'whole' | 'part'): boolean {
  const characters = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  // The index, counted from 1, at which each state was last reached; a fresh set for each character would cost more than the match.
  const reachedAt = new Uint32Array(states.length);
  let entered: number[] = [first];
  for (let index = 0; index <= characters.length; index += 1) {
    const active = closure(states, entered, reachedAt, { index, length: characters.length });
    if (reachedAt[0] === index + 1 && (extent === 'part' || index === characters.length)) return true;
    entered = step(states, active, characters[index]);
    if (extent === 'part') entered.push(first);
  }
  return false;
}

/** All states with a character of their own that are reached from the given ones without a character. */
function closure(
  states: readonly State[],
  entered: number[],
  reachedAt: Uint32Array,
  { index, length }: { readonly index: number; readonly length: number },
): readonly number[] {
  const active: number[] = [];
  for (let number = entered.pop(); number !== undefined; number = entered.pop()) {
    const state = states[number];
    if (state === undefined || reachedAt[number] === index + 1) continue;
    reachedAt[number] = index + 1;
    if (state.kind === 'character') active.push(number);
    else if (state.kind === 'fork') entered.push(...state.next);
    else if ((state.kind === 'start' && index === 0) || (state.kind === 'end' && index === length)) entered.push(state.next);
  }
  return active;
}

function step(states: readonly State[], active: readonly number[], character: number | undefined): number[] {
  const after: number[] = [];
  if (character === undefined) return after;
  for (const number of active) {
    const state = states[number];
    if (state?.kind !== 'character') continue;
    const within = state.ranges.some(([low, high]) => character >= low && character <= high);
    if (within !== state.excluded) after.push(state.next);
  }
  return after;
}
