import { roomOf } from '../host-room.js';
import type { Unknown } from '../unknown.js';
import { type ClusterWork, type HostWork, looseOn } from './cluster-work.js';
import { type Kinds, kindsOf } from './kinds.js';
import { LooseSum } from './loose-sum.js';
import { PlacementTable } from './placement-table.js';
import type { Candidate } from './prover.js';
import { countInto, type TaskDemand } from './task-demand.js';

/** Kinds of task up to which hosts are looked at: the time grows with hosts × kinds, the memory with the square of kinds. */
export const MOST_KINDS = 256;

/** A cluster and what is to be placed in it, as numbers. */
export interface PlacementProblem {
  readonly kinds: Kinds;
  /** The eligible hosts. */
  readonly table: PlacementTable;
  /** What each eligible host runs, in the same order. */
  readonly hosts: ReadonlyArray<Candidate & { readonly work: HostWork }>;
  /** Tasks of each kind that wait or are on hosts that leave. */
  readonly unplaced: Float64Array;
  /** Copies of each kind that must fit beside them. */
  readonly headroom: Float64Array;
  /** Both together. */
  readonly counts: Float64Array;
  /** Tasks on hosts that leave, of which only the sum is known. */
  readonly loose: LooseSum;
  /** What is unknown and could matter, sorted. */
  readonly unknown: readonly Unknown[];
}

/** Puts a cluster's work into numbers, with kinds told `byGroup` or not. Linear in hosts × kinds. */
export function placementProblem(work: ClusterWork, headroom: readonly TaskDemand[], byGroup: boolean): PlacementProblem {
  const { context, eligible, leaving, waiting, dimensions } = work;
  const { kinds, kindOf } = kindsOf(
    [...waiting, ...headroom].map(({ size }) => size).concat([...leaving, ...eligible].flatMap(({ sizes }) => sizes)),
    { further: dimensions, byGroup },
  );
  const unplaced = countInto(
    new Float64Array(kinds.sizes.length),
    waiting.concat(leaving.flatMap(({ sizes }) => sizes.map((size) => ({ size, tasks: 1 })))),
    kindOf,
  );
  const spare = countInto(new Float64Array(kinds.sizes.length), headroom, kindOf);
  // With too many kinds no one asks for the table, which would be large.
  const rooms = kinds.sizes.length > MOST_KINDS ? [] : eligible;
  const table = PlacementTable.of(
    rooms.map(({ host }) => roomOf(host, context)),
    kinds,
  );
  const hosts = eligible.map((one, index) => {
    const counts = new Map<number, number>();
    for (const size of one.sizes) counts.set(kindOf(size), (counts.get(kindOf(size)) ?? 0) + 1);
    const loose = looseOn(one, context, kinds.dimensions);
    return { index, work: one, counts: [...counts].sort(([a], [b]) => a - b), ...(loose === undefined ? {} : { loose }) };
  });
  const onLeaving = leaving.flatMap((one) => looseOn(one, context, kinds.dimensions) ?? []);
  const isAnyLoose = onLeaving.length > 0 || hosts.some(({ loose }) => loose !== undefined);
  return {
    kinds,
    table,
    hosts,
    unplaced,
    headroom: spare,
    counts: unplaced.map((tasks, kind) => tasks + (spare[kind] ?? 0)),
    loose: onLeaving.reduce((sum, loose) => sum.plus(loose), LooseSum.NONE),
    unknown: [...new Set([...table.unknown, ...(isAnyLoose ? (['RUNNING_TASKS_UNKNOWN'] as const) : [])])].sort(),
  };
}
