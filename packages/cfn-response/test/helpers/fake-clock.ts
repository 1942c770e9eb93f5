import type { Clock } from '../../src';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until told; timers fire in order, in no real time. */
export class FakeClock implements Clock {
  #now = 1000;
  #timers: Timer[] = [];

  public now(): number {
    return this.#now;
  }

  public after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#now + delayMs, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Timers that have not fired. */
  public get pending(): number {
    return this.#timers.length;
  }

  /** Lets time pass from timer to timer until the promise settles. */
  public async run<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const mark = (): void => {
      settled = true;
    };
    promise.then(mark, mark);
    for (let turn = 0; turn < 10_000; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (settled) return promise;
      const next = [...this.#timers].sort((a, b) => a.at - b.at)[0];
      if (next !== undefined) this.#fire(next);
    }
    throw new TypeError('the promise does not settle: no timer is left that could settle it');
  }

  /** Lets a span of time pass, firing what is due. */
  public pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#fire(next);
    }
    this.#now = end;
  }

  #fire(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
    this.#now = Math.max(this.#now, timer.at);
    timer.callback();
  }
}
