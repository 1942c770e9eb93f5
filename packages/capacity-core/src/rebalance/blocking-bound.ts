import { isDistinct } from './kinds.js';
import type { LooseSum } from './loose-sum.js';
import type { PlacementTable } from './placement-table.js';
import { type Unit, unitsFor, unitsOf, unitsToBlock } from './unit.js';

/** Kinds up to which it is counted how many copies of one fit where another can go: the table is kinds × kinds. */
const PAIR_LIMIT = 64;

/** What is added up for one kind. */
interface KindBound {
  readonly units: readonly Unit[];
  /** Of each unit: units to block every host that takes the kind. */
  readonly totals: Float64Array;
  /** Of each unit: the most that one host counts for. */
  readonly most: Float64Array;
  /** Units that one task uses: units × kinds. */
  readonly costs: Float64Array;
  /** Hosts that take a copy. */
  hosts: number;
  /** The unit that proved it last, which is tried first. */
  last: number;
}

/**
 * Proves of given tasks that hosts take them all in any order, each on any host that has room.
 *
 * A task of a kind is left over only when every host that took the kind is blocked. For each host it is known how many units of
 * tasks that takes at least, and for each task how many units it uses at most: where all other tasks together have fewer units
 * than the hosts together need, no order leaves it over. The proof is in ADR 0008.
 */
export class BlockingBound {
  readonly #table: PlacementTable;
  readonly #bounds: readonly KindBound[];
  /** Copies of the second kind that fit on hosts that take the first: kinds × kinds. */
  readonly #pairs: Float64Array | undefined;
  readonly #copies: Float64Array;
  #firstAsked = 0;

  /** Linear in hosts × kinds. */
  public constructor(table: PlacementTable) {
    const { kinds } = table;
    const count = kinds.sizes.length;
    this.#table = table;
    this.#bounds = kinds.sizes.map((_, kind) => boundOf(kind, table));
    this.#pairs = count <= PAIR_LIMIT ? new Float64Array(count * count) : undefined;
    this.#copies = new Float64Array(count);
    for (let host = 0; host < table.rooms.length; host += 1) this.#count(host, 1);
    this.#priceConflicts();
  }

  /** Leaves a host out. */
  public remove(host: number): void {
    this.#count(host, -1);
  }

  /** Takes a host in again. */
  public restore(host: number): void {
    this.#count(host, 1);
  }

  /**
   * The first kind of which it is not proved; `undefined` where all are.
   *
   * @param counts - tasks of each kind
   * @param loose - tasks of which only the sum is known
   */
  public unproved(counts: ArrayLike<number>, loose: LooseSum, alsoProved: (kind: number) => boolean = () => false): number | undefined {
    const count = this.#bounds.length;
    for (let turn = 0; turn < count; turn += 1) {
      const kind = (this.#firstAsked + turn) % count;
      if ((counts[kind] ?? 0) < 1 || this.#isProved(kind, counts, loose) || alsoProved(kind)) continue;
      this.#firstAsked = kind;
      return kind;
    }
    return undefined;
  }

  #isProved(kind: number, counts: ArrayLike<number>, loose: LooseSum): boolean {
    const bound = this.#bounds[kind];
    const size = this.#table.kinds.sizes[kind];
    if (bound === undefined || size === undefined || bound.hosts === 0) return false;
    // Any number of loose tasks may be of its group, or of one that it asks for.
    if (!loose.isEmpty && (isDistinct(size) || this.#table.kinds.asksForTasks[kind] === true)) return false;
    const { units } = bound;
    // Of loose tasks no one knows how many there are, so their units cannot be rounded up one by one: the hosts' are rounded down.
    const rounding = loose.isEmpty ? 1 : bound.hosts;
    for (let turn = 0; turn < units.length; turn += 1) {
      const index = (bound.last + turn) % units.length;
      if (this.#used(kind, index, counts, loose) + rounding > (bound.totals[index] ?? 0)) continue;
      bound.last = index;
      return true;
    }
    return false;
  }

  /** Units that all tasks but one of the kind use. */
  #used(kind: number, index: number, counts: ArrayLike<number>, loose: LooseSum): number {
    const count = this.#bounds.length;
    const bound = this.#bounds[kind];
    const unit = bound?.units[index];
    if (bound === undefined || unit === undefined) return Number.POSITIVE_INFINITY;
    let used = 0;
    for (let other = 0; other < count; other += 1) {
      let tasks = (counts[other] ?? 0) - (other === kind ? 1 : 0);
      if (tasks <= 0) continue;
      if (this.#pairs !== undefined) tasks = Math.min(tasks, this.#pairs[kind * count + other] ?? 0);
      used += tasks * (bound.costs[index * count + other] ?? 0);
    }
    return loose.isEmpty ? used : used + loose.unitsOf(unit, this.#table.kinds.sizes[kind], Math.min(unit.cap, bound.most[index] ?? 0));
  }

  #count(host: number, sign: 1 | -1): void {
    const { kinds, free } = this.#table;
    const { length } = kinds.sizes;
    const width = kinds.dimensions.length;
    const pairs = this.#pairs;
    for (let kind = 0; kind < length; kind += 1) this.#copies[kind] = this.#table.mostCopies(host, kind);
    for (let kind = 0; kind < length; kind += 1) {
      const bound = this.#bounds[kind];
      if (bound === undefined || (this.#copies[kind] ?? 0) < 1) continue;
      bound.hosts += sign;
      const { units: tried } = bound;
      for (let index = 0; index < tried.length; index += 1) {
        const unit = tried[index];
        if (unit === undefined) continue;
        const units = unitsToBlock(unit, free, host * width, kinds.demand, kind * width);
        bound.totals[index] = (bound.totals[index] ?? 0) + sign * units;
        bound.most[index] = Math.max(bound.most[index] ?? 0, units);
      }
      if (pairs !== undefined) this.#countPairs(pairs, kind, sign);
    }
  }

  #countPairs(pairs: Float64Array, kind: number, sign: 1 | -1): void {
    const { length } = this.#copies;
    for (let other = 0; other < length; other += 1) {
      const copies = this.#copies[other] ?? 0;
      if (copies > 0) pairs[kind * length + other] = (pairs[kind * length + other] ?? 0) + sign * copies;
    }
  }

  /** A task that closes a host to the kind costs as much as the host that would cost most to block. */
  #priceConflicts(): void {
    const { closes } = this.#table.kinds;
    for (const [placed, closed] of closes.entries()) {
      for (const kind of closed) {
        const bound = this.#bounds[kind];
        if (bound === undefined) continue;
        for (let index = 0; index < bound.units.length; index += 1) {
          bound.costs[index * this.#bounds.length + placed] = Math.max(
            bound.costs[index * this.#bounds.length + placed] ?? 0,
            bound.most[index] ?? 0,
          );
        }
      }
    }
  }
}

function boundOf(kind: number, table: PlacementTable): KindBound {
  const { kinds } = table;
  const width = kinds.dimensions.length;
  const slack = new Float64Array(width);
  for (let host = 0; host < table.rooms.length; host += 1) {
    if (table.copies(host, kind) < 1) continue;
    for (let d = 0; d < width; d += 1) {
      slack[d] = (slack[d] ?? 0) + (table.free[host * width + d] ?? 0) - (kinds.demand[kind * width + d] ?? 0);
    }
  }
  const units = unitsFor(kind, kinds, slack);
  return {
    units,
    totals: new Float64Array(units.length),
    most: new Float64Array(units.length),
    costs: Float64Array.from(units.flatMap((unit) => kinds.sizes.map((_, other) => unitsOf(unit, kinds.demand, other * width)))),
    hosts: 0,
    last: 0,
  };
}
