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

/** Bounds the work per character, whatever the pattern: an expression of 2,000 characters can ask for far more by repetition. */
const MAX_STATES = 4_000;

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
      return (sizeOf(node.node) + 1) * (node.max ?? node.min + 1);
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
  let entry = next;
  if (max === undefined) {
    const fork = { kind: 'fork', next: [next] as number[] } as const;
    entry = add(states, fork);
    fork.next.push(emit(states, node, entry));
  } else {
    for (let copy = min; copy < max; copy += 1) entry = add(states, { kind: 'fork', next: [next, emit(states, node, entry)] });
  }
  for (let copy = 0; copy < min; copy += 1) entry = emit(states, node, entry);
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
  let active: ReadonlySet<number> = new Set();
  for (let index = 0; index <= characters.length; index += 1) {
    const entered = index === 0 || extent === 'part' ? [...active, first] : [...active];
    active = closure(states, entered, index === 0, index === characters.length);
    if (active.has(0) && (extent === 'part' || index === characters.length)) return true;
    active = step(states, active, characters[index]);
  }
  return false;
}

/** All states that are reached from the given ones without a character. */
function closure(states: readonly State[], entered: readonly number[], atStart: boolean, atEnd: boolean): ReadonlySet<number> {
  const reached = new Set<number>();
  const open = [...entered];
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    const state = states[number];
    if (state === undefined || reached.has(number)) continue;
    reached.add(number);
    if (state.kind === 'fork') open.push(...state.next);
    if ((state.kind === 'start' && atStart) || (state.kind === 'end' && atEnd)) open.push(state.next);
  }
  return reached;
}

function step(states: readonly State[], active: ReadonlySet<number>, character: number | undefined): ReadonlySet<number> {
  const after = new Set<number>();
  if (character === undefined) return after;
  for (const number of active) {
    const state = states[number];
    if (state?.kind !== 'character') continue;
    const within = state.ranges.some(([low, high]) => character >= low && character <= high);
    if (within !== state.excluded) after.add(state.next);
  }
  return after;
}
