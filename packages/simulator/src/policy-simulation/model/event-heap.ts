/** What happens at a moment of virtual time. */
export type Happening = () => void;

/**
 * Happenings in the order of their moments; those of one moment in the order they were put in.
 *
 * A binary heap: putting in and taking out take time in proportion to the logarithm of what it holds.
 */
export class EventHeap {
  #moments: number[] = [];
  #orders: number[] = [];
  #happenings: Happening[] = [];
  #next = 0;

  /** How many are in it. */
  public get size(): number {
    return this.#moments.length;
  }

  /** Moment of the first, in milliseconds; infinite where it is empty. */
  public get firstMillis(): number {
    return this.#moments[0] ?? Number.POSITIVE_INFINITY;
  }

  /** Puts one in. */
  public push(atMillis: number, happening: Happening): void {
    let at = this.#moments.length;
    const order = this.#next;
    this.#next += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      // Of equal moments the parent's order is always the lower: it was put in before.
      if ((this.#moments[parent] ?? 0) <= atMillis) break;
      this.#copy(parent, at);
      at = parent;
    }
    this.#set(at, atMillis, order, happening);
  }

  /** Takes out the first; `undefined` where it is empty. */
  public pop(): Happening | undefined {
    const first = this.#happenings[0];
    const moment = this.#moments.pop();
    const order = this.#orders.pop();
    const last = this.#happenings.pop();
    if (moment !== undefined && order !== undefined && last !== undefined && this.#moments.length > 0) this.#sink(moment, order, last);
    return first;
  }

  #sink(moment: number, order: number, happening: Happening): void {
    const { length } = this.#moments;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      if (child + 1 < length && this.#isBefore(child + 1, this.#moments[child] ?? 0, this.#orders[child] ?? 0)) child += 1;
      if (!this.#isBefore(child, moment, order)) break;
      this.#copy(child, at);
      at = child;
    }
    this.#set(at, moment, order, happening);
  }

  #isBefore(at: number, moment: number, order: number): boolean {
    const own = this.#moments[at] ?? 0;
    return own < moment || (own === moment && (this.#orders[at] ?? 0) < order);
  }

  #copy(from: number, to: number): void {
    this.#moments[to] = this.#moments[from] ?? 0;
    this.#orders[to] = this.#orders[from] ?? 0;
    this.#happenings[to] = this.#happenings[from] ?? ignore;
  }

  #set(at: number, moment: number, order: number, happening: Happening): void {
    this.#moments[at] = moment;
    this.#orders[at] = order;
    this.#happenings[at] = happening;
  }
}

function ignore(): void {
  // Fills a place for the type's sake; never called.
}
