import { NO_LIMIT } from './dimension.js';
import type { Kinds } from './kinds.js';
import type { PlacementTable } from './placement-table.js';

/** A host that is being filled: one that exists, or one of a type. */
export interface Bin {
  /** Place of its type among the host types; -1 for a host that exists. */
  readonly type: number;
  /** What is left, by dimension. */
  readonly free: Float64Array;
  /** 1 for each kind that nothing but resources can keep off. */
  readonly open: Uint8Array;
  /** Copies placed, by kind. */
  readonly content: Map<number, number>;
}

/** An unfilled bin from a row of a table. */
export function binOf({ kinds, free, open }: PlacementTable, row: number, type: number): Bin {
  const width = kinds.dimensions.length;
  return {
    type,
    free: free.slice(row * width, (row + 1) * width),
    open: open.slice(row * kinds.sizes.length, (row + 1) * kinds.sizes.length),
    content: new Map(),
  };
}

/** The same bin, to be filled by itself. */
export function copyOf({ type, free, open, content }: Bin): Bin {
  return { type, free: free.slice(), open: open.slice(), content: new Map(content) };
}

/** How many copies of a kind fit. Integer, at least 0. */
export function copiesIn({ free, open }: Bin, kind: number, { demand, exclusive }: Kinds): number {
  if (open[kind] !== 1) return 0;
  let copies = exclusive[kind] === true ? 1 : NO_LIMIT;
  for (let d = 0; d < free.length; d += 1) {
    const asked = demand[kind * free.length + d] ?? 0;
    if (asked > 0) copies = Math.min(copies, Math.floor((free[d] ?? 0) / asked));
  }
  return Math.max(0, copies);
}

/** Places copies of a kind; the caller knows that they fit. */
export function putIn({ free, open, content }: Bin, kind: number, copies: number, { demand, closes }: Kinds): void {
  for (let d = 0; d < free.length; d += 1) free[d] = (free[d] ?? 0) - copies * (demand[kind * free.length + d] ?? 0);
  for (const closed of closes[kind] ?? []) open[closed] = 0;
  content.set(kind, (content.get(kind) ?? 0) + copies);
}

/** Places as many tasks as fit, kinds in the given order, and takes them off what is left. */
export function fill(bin: Bin, left: Float64Array, order: readonly number[], kinds: Kinds): void {
  for (const kind of order) {
    const tasks = left[kind] ?? 0;
    if (tasks <= 0) continue;
    const copies = Math.min(tasks, copiesIn(bin, kind, kinds));
    if (copies <= 0) continue;
    putIn(bin, kind, copies, kinds);
    left[kind] = tasks - copies;
  }
}
