import type { PlacementTable } from './placement-table.js';
import { type Unit, unitsOf, unitsToBlock } from './unit.js';

/** Steps a search may still take; it is counted down. */
export interface SearchBudget {
  /** Integer. */
  steps: number;
}

/**
 * Looks through every way to place other tasks for one that keeps a kind off all the given hosts.
 *
 * @param hosts - those that take the kind now
 * @param counts - tasks of each kind, one of them the task to be kept off
 * @returns whether there is such a way; `undefined` where the budget ran out first
 */
export function canBeBlocked(
  table: PlacementTable,
  kind: number,
  hosts: readonly number[],
  counts: ArrayLike<number>,
  budget: SearchBudget,
): boolean | undefined {
  const left = Array.from({ length: table.kinds.sizes.length }, (_, other) => Math.max(0, (counts[other] ?? 0) - (other === kind ? 1 : 0)));
  const search = new Search(table, kind, hosts, left, budget);
  const blocked = search.from(0);
  return budget.steps < 0 ? undefined : blocked;
}

class Search {
  /** Units to block the host at each place and all after it. */
  readonly #toBlock: number[];
  readonly #costs: readonly number[];

  public constructor(
    private readonly table: PlacementTable,
    private readonly kind: number,
    private readonly hosts: readonly number[],
    private readonly left: number[],
    private readonly budget: SearchBudget,
  ) {
    const { kinds, free } = table;
    const width = kinds.dimensions.length;
    const unit: Unit = { amounts: kinds.demand.slice(kind * width, (kind + 1) * width), scale: 1, cap: 2 ** 31 };
    const each = hosts.map((host) => unitsToBlock(unit, free, host * width, kinds.demand, kind * width));
    const most = Math.max(0, ...each);
    this.#costs = kinds.sizes.map((_, other) =>
      kinds.closes[other]?.includes(kind) === true ? most : unitsOf(unit, kinds.demand, other * width),
    );
    this.#toBlock = [0];
    for (const units of each.reverse()) this.#toBlock.unshift(units + (this.#toBlock[0] ?? 0));
  }

  /** Whether what is left can block every host from the given place on. */
  public from(place: number): boolean {
    const host = this.hosts[place];
    if (host === undefined) return true;
    const units = this.left.reduce((sum, tasks, other) => sum + tasks * (this.#costs[other] ?? 0), 0);
    if (units < (this.#toBlock[place] ?? 0)) return false;
    const width = this.table.kinds.dimensions.length;
    return this.#fill(place, this.table.free.slice(host * width, (host + 1) * width), [], 0);
  }

  /** Tries to block one host, with kinds from the given one on, and then the hosts after it. */
  #fill(place: number, free: Float64Array, placed: readonly number[], first: number): boolean {
    this.budget.steps -= 1;
    if (this.budget.steps < 0) return false;
    const { closes, sizes } = this.table.kinds;
    if (placed.some((other) => closes[other]?.includes(this.kind)) || !this.#hasRoom(free, this.kind)) return this.from(place + 1);
    for (let other = first; other < sizes.length; other += 1) {
      if ((this.left[other] ?? 0) < 1 || !this.#mayBePlaced(place, free, placed, other)) continue;
      this.left[other] = (this.left[other] ?? 0) - 1;
      const found = this.#fill(place, this.#less(free, other), [...placed, other], other);
      this.left[other] = (this.left[other] ?? 0) + 1;
      if (found || this.budget.steps < 0) return found;
    }
    return false;
  }

  #mayBePlaced(place: number, free: Float64Array, placed: readonly number[], other: number): boolean {
    const { excludes, sizes } = this.table.kinds;
    if (this.table.open[(this.hosts[place] ?? 0) * sizes.length + other] !== 1) return false;
    return this.#hasRoom(free, other) && !placed.some((beside) => excludes[beside]?.includes(other));
  }

  #hasRoom(free: Float64Array, kind: number): boolean {
    const { demand } = this.table.kinds;
    return free.every((amount, d) => (demand[kind * free.length + d] ?? 0) === 0 || amount >= (demand[kind * free.length + d] ?? 0));
  }

  #less(free: Float64Array, kind: number): Float64Array {
    const { demand } = this.table.kinds;
    return free.map((amount, d) => amount - (demand[kind * free.length + d] ?? 0));
  }
}
