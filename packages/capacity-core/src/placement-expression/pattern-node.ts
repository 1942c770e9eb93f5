import { failure } from '../result.js';

/** Code points from the first to the last, both included. */
export type CodePointRange = readonly [low: number, high: number];

/** A part of a pattern. */
export type PatternNode =
  | { readonly kind: 'character'; readonly ranges: readonly CodePointRange[]; readonly excluded: boolean }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly nodes: readonly PatternNode[] }
  /** `max` is absent where there is none. */
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly min: number; readonly max: number | undefined };

/** Why a pattern was refused. */
export interface PatternError {
  readonly code: 'INVALID_PATTERN' | 'UNSUPPORTED_PATTERN' | 'PATTERN_TOO_LARGE';
  /** Index of the character it is about, from 0. */
  readonly index: number;
  readonly problem: string;
  readonly remedy: string;
}

/** An error about the character at the given index. */
export function refusedPattern(
  code: PatternError['code'],
  index: number,
  problem: string,
  remedy: string,
): { readonly ok: false; readonly error: PatternError } {
  return failure({ code, index, problem, remedy });
}
