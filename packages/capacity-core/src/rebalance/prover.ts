import type { LooseTasks } from './loose-tasks.js';

/** A host that may be emptied. */
export interface Candidate {
  /** Its place among the hosts of the table. */
  readonly index: number;
  /** Its tasks that are no daemons: kind and number. */
  readonly counts: ReadonlyArray<readonly [kind: number, tasks: number]>;
  /** What else it has in use. */
  readonly loose?: LooseTasks;
}

/** What is not sure to find room: a task of a kind, or one of those of which only a sum is known. */
export type Unproved = { readonly kind: number } | 'LOOSE';

/** Knows whether what has no host finds one, while hosts are drained one by one. */
export interface Prover {
  /** What is not sure to find room as it is; `undefined` where all is. */
  start(): Unproved | undefined;
  /** Drains a host if all is sure to find room then; else leaves it and tells what is not. */
  drain(candidate: Candidate): Unproved | undefined;
}
