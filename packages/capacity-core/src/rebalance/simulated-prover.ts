import { AnyOrderProver } from './any-order-prover.js';
import { type Bin, binOf } from './bin.js';
import { zoneOf } from './drain-order.js';
import { packOntoExisting } from './pack-existing.js';
import type { PlacementProblem } from './placement-problem.js';
import type { PlacementTable } from './placement-table.js';
import type { Candidate, Prover, Unproved } from './prover.js';

/** Some seconds of work. */
const MOST_LOOKS = 100_000_000;

/** A placement that can be taken back. */
interface Move {
  readonly host: number;
  readonly kind: number;
  readonly copies: number;
}

/**
 * Places tasks by a named strategy, one drained host after the other.
 *
 * A drained host's tasks go largest first; then every size's headroom must fit by the same strategy, and is taken away again. The
 * tasks that earlier hosts' draining brought here move again. What is drained must leave no host short, too: all of it must be packed
 * as `hostsShort` packs it, unless any order is proved to place it.
 */
export class SimulatedProver implements Prover {
  #table: PlacementTable;
  readonly #problem: PlacementProblem;
  readonly #strategy: 'binpackCpu' | 'binpackMemory' | 'spreadZone';
  /** Tasks of each kind that were moved to a host: hosts × kinds. */
  readonly #moved: Float64Array;
  /** Tasks by zone and what they are spread with. */
  readonly #spread = new Map<string, number>();
  readonly #zones: readonly string[];
  /** Kinds, largest first. */
  readonly #largestFirst: readonly number[];
  readonly #mostLooks: number;
  #looks = 0;
  /** Knows which hosts leave room in any order; given up once they do not. */
  #anyOrder: AnyOrderProver | undefined;
  /** The hosts that stay, as they are before anything moves. */
  readonly #staying: Array<Bin | undefined>;
  /** All that must be placed: tasks of each kind. */
  #demand: Float64Array;

  /** @param mostLooks - hosts looked at, over all placements, before every further host is kept */
  public constructor(problem: PlacementProblem, strategy: 'binpackCpu' | 'binpackMemory' | 'spreadZone', mostLooks = MOST_LOOKS) {
    this.#problem = problem;
    this.#strategy = strategy;
    this.#mostLooks = mostLooks;
    this.#table = problem.table.copy();
    this.#moved = new Float64Array(problem.hosts.length * problem.kinds.sizes.length);
    this.#zones = problem.hosts.map(({ work }) => zoneOf(work));
    this.#largestFirst = largestFirst(problem);
    this.#anyOrder = new AnyOrderProver(problem.table, problem.counts, problem.loose);
    this.#staying = problem.hosts.map(({ index }) => binOf(problem.table, index, -1));
    this.#demand = problem.counts;
    for (const { index, counts } of problem.hosts) for (const [kind, tasks] of counts) this.#countInZone(index, kind, tasks);
  }

  public get isSpent(): boolean {
    return this.#looks > this.#mostLooks;
  }

  public start(): Unproved | undefined {
    const { unplaced, kinds, loose } = this.#problem;
    const asking = kinds.asksForTasks.findIndex((asks, kind) => asks && (this.#problem.counts[kind] ?? 0) > 0);
    if (asking !== -1) return { kind: asking };
    if (!loose.isEmpty) return 'LOOSE';
    const failed = this.#placeAll(unplaced, []);
    return failed ?? this.#headroomShort() ?? this.#short(this.#demand);
  }

  public drain(candidate: Candidate): Unproved | undefined {
    const { index, counts } = candidate;
    const { kinds } = this.#problem;
    const before = this.#table;
    const tasks = this.#moved.slice(index * kinds.sizes.length, (index + 1) * kinds.sizes.length);
    for (const [kind, number] of counts) tasks[kind] = (tasks[kind] ?? 0) + number;
    const asking = kinds.asksForTasks.findIndex((asks, kind) => asks && (tasks[kind] ?? 0) > 0);
    if (asking !== -1) return { kind: asking };
    this.#table = before.copy();
    this.#table.close(index);
    for (const [kind, number] of tasks.entries()) this.#countInZone(index, kind, -number);
    const moves: Move[] = [];
    const failed = this.#placeAll(tasks, moves) ?? this.#headroomShort() ?? this.#shortWithout(candidate);
    if (failed === undefined) return undefined;
    for (const { host, kind, copies } of moves) this.#count(host, kind, -copies);
    for (const [kind, number] of tasks.entries()) this.#countInZone(index, kind, number);
    this.#table = before;
    return failed;
  }

  /** Whether a host would be short without the candidate; where not, it no longer stays. */
  #shortWithout(candidate: Candidate): Unproved | undefined {
    const { index, counts } = candidate;
    const before = this.#staying[index];
    const demand = this.#demand.slice();
    for (const [kind, tasks] of counts) demand[kind] = (demand[kind] ?? 0) + tasks;
    this.#staying[index] = undefined;
    if (this.#anyOrder === undefined || this.#anyOrder.drain(candidate) !== undefined) {
      const short = this.#short(demand);
      if (short !== undefined) {
        this.#staying[index] = before;
        return short;
      }
      this.#anyOrder = undefined;
    }
    this.#demand = demand;
    return undefined;
  }

  #short(counts: Float64Array): Unproved | undefined {
    const existing = this.#staying.filter((bin) => bin !== undefined);
    const largest = this.#largestFirst.filter((kind) => (counts[kind] ?? 0) > 0);
    this.#looks += existing.length * largest.length;
    if (packOntoExisting({ kinds: this.#problem.kinds, counts, existing }) !== undefined) return undefined;
    return { kind: largest[0] ?? 0 };
  }

  #headroomShort(): Unproved | undefined {
    const before = this.#table;
    this.#table = before.copy();
    const moves: Move[] = [];
    const failed = this.#placeAll(this.#problem.headroom, moves);
    for (const { host, kind, copies } of moves) this.#count(host, kind, -copies);
    this.#table = before;
    return failed;
  }

  #placeAll(tasks: ArrayLike<number>, moves: Move[]): Unproved | undefined {
    for (const kind of this.#largestFirst) {
      for (let left = tasks[kind] ?? 0; left > 0; ) {
        const host = this.#choose(kind);
        if (host === undefined) return { kind };
        // A packed host stays the one with least left, so its copies can be placed at once.
        const copies = this.#strategy === 'spreadZone' ? 1 : Math.min(left, this.#table.copies(host, kind));
        this.#table.take(host, kind, copies);
        this.#count(host, kind, copies);
        moves.push({ host, kind, copies });
        left -= copies;
      }
    }
    return undefined;
  }

  #choose(kind: number): number | undefined {
    const { rooms } = this.#table;
    this.#looks += rooms.length;
    if (this.isSpent) return undefined;
    let best: number | undefined;
    for (let host = 0; host < rooms.length; host += 1) {
      if (this.#table.takes(host, kind) && (best === undefined || this.#isBetter(host, best, kind))) best = host;
    }
    return best;
  }

  #isBetter(host: number, best: number, kind: number): boolean {
    const [first, second] = this.#strategy === 'binpackCpu' ? (['CPU', 'MEMORY'] as const) : (['MEMORY', 'CPU'] as const);
    if (this.#strategy === 'spreadZone') {
      const fewer = this.#inZone(host, kind) - this.#inZone(best, kind);
      return fewer === 0 ? this.#left(host, first) > this.#left(best, first) : fewer < 0;
    }
    const less = this.#left(host, first) - this.#left(best, first);
    return less === 0 ? this.#left(host, second) < this.#left(best, second) : less < 0;
  }

  #left(host: number, dimension: 'CPU' | 'MEMORY'): number {
    const { dimensions } = this.#problem.kinds;
    return this.#table.free[host * dimensions.length + dimensions.indexOf(dimension)] ?? 0;
  }

  #count(host: number, kind: number, copies: number): void {
    const at = host * this.#problem.kinds.sizes.length + kind;
    this.#moved[at] = (this.#moved[at] ?? 0) + copies;
    this.#countInZone(host, kind, copies);
  }

  #countInZone(host: number, kind: number, copies: number): void {
    const key = this.#spreadKey(host, kind);
    this.#spread.set(key, (this.#spread.get(key) ?? 0) + copies);
  }

  #inZone(host: number, kind: number): number {
    return this.#spread.get(this.#spreadKey(host, kind)) ?? 0;
  }

  #spreadKey(host: number, kind: number): string {
    return `${this.#zones[host] ?? ''} ${this.#problem.kinds.sizes[kind]?.group ?? kind}`;
  }
}

/** Kinds by their largest share of what all hosts have free, largest first. */
function largestFirst({ kinds, table }: PlacementProblem): readonly number[] {
  const width = kinds.dimensions.length;
  const free = new Float64Array(width);
  for (const [index, amount] of table.free.entries()) free[index % width] = (free[index % width] ?? 0) + amount;
  const share = (kind: number): number =>
    Math.max(0, ...[...free].map((amount, d) => (kinds.demand[kind * width + d] ?? 0) / Math.max(1, amount)));
  return kinds.sizes
    .map((_, kind) => ({ kind, share: share(kind) }))
    .sort((a, b) => b.share - a.share || a.kind - b.kind)
    .map(({ kind }) => kind);
}
