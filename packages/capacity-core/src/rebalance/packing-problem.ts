import type { Bin } from './bin.js';
import type { Kinds } from './kinds.js';

/** Tasks to be packed onto hosts that exist and hosts to be bought. */
export interface PackingProblem {
  readonly kinds: Kinds;
  /** Tasks of each kind. */
  readonly counts: Float64Array;
  /** 1 for a kind that stands for tasks of which only the sum is known. */
  readonly loose: Uint8Array;
  /** Hosts that exist, which cost nothing. */
  readonly existing: readonly Bin[];
  /** An empty host of each type. */
  readonly types: readonly Bin[];
  /** What a host of each type costs. Above 0. */
  readonly costs: readonly number[];
}
