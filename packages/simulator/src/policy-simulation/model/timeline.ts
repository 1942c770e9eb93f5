import { EventHeap, type Happening } from './event-heap.js';

/** Virtual time: moments are milliseconds since the start of the simulation, and none passes unless something happens at it. */
export class Timeline {
  readonly #heap = new EventHeap();
  #now = 0;
  #happened = 0;

  /** The present moment, in milliseconds. */
  public get now(): number {
    return this.#now;
  }

  /** How many things have happened. */
  public get happened(): number {
    return this.#happened;
  }

  /** Moment of what happens next, in milliseconds; infinite where nothing will. */
  public get nextMillis(): number {
    return this.#heap.firstMillis;
  }

  /** Lets something happen after a number of milliseconds, at least 0. */
  public after(millis: number, happening: Happening): void {
    this.#heap.push(this.#now + millis, happening);
  }

  /** Lets all that happens before or at a moment happen, and goes there. */
  public runUntil(millis: number): void {
    while (this.#heap.firstMillis <= millis) {
      this.#now = this.#heap.firstMillis;
      this.#happened += 1;
      this.#heap.pop()?.();
    }
    this.#now = millis;
  }

  /** Goes to a moment at which something happens that is not in the timeline itself. */
  public countAt(millis: number): void {
    this.#now = millis;
    this.#happened += 1;
  }
}
