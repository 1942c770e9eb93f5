import { SimulatorError } from '../simulator-error.js';
import type { Scheduler } from './scheduler.js';

/** The work waits for something that no timer brings. */
export class VirtualTimeStalledError extends SimulatorError {
  override readonly name = 'VirtualTimeStalledError';
  readonly code = 'VIRTUAL_TIME_STALLED';

  constructor(at: Date) {
    super(`nothing is left to happen after ${at.toISOString()}, yet the work has not settled; await only what virtual time brings`);
  }
}

/** The work went on past the limit. */
export class VirtualTimeLimitError extends SimulatorError {
  override readonly name = 'VirtualTimeLimitError';
  readonly code = 'VIRTUAL_TIME_LIMIT';

  constructor(limitMs: number) {
    super(`the work has not settled within ${limitMs} ms of virtual time; raise limitMs, or find what keeps it waiting`);
  }
}

/** A clock that stands still until it is moved to the next timer. */
export interface VirtualTime extends Scheduler {
  /** Settles after a number of milliseconds of this clock. */
  sleep(milliseconds: number): Promise<void>;
  /** Runs every promise reaction that is ready; the clock stands still. */
  settle(): Promise<void>;
  /** Moves the clock on, stopping at each timer on the way, those set on the way among them. */
  advance(milliseconds: number): Promise<void>;
  /**
   * Starts work and moves the clock from timer to timer until the work settles.
   *
   * @param limitMs most milliseconds of this clock it may take. @default 86400000, one day
   * @throws VirtualTimeStalledError when no timer is left and the work has not settled
   * @throws VirtualTimeLimitError when the limit is reached
   */
  run<T>(work: () => Promise<T>, limitMs?: number): Promise<T>;
  /** Timers set and not yet due or cancelled. */
  pendingTimers(): number;
}

/** Start of every virtual clock that is not told another. */
const DEFAULT_START = Date.UTC(2026, 0, 1);

interface Timer {
  readonly dueMs: number;
  readonly call: () => void;
}

/**
 * Creates a virtual clock.
 *
 * Timers fire in order of their moment, those of one moment in the order in
 * which they were set, one at a time: what each causes among promises has
 * happened before the next. So the same program takes the same course each time,
 * as long as it waits for promises and this clock only: not for I/O, and not for
 * the machine's timers.
 *
 * @param start the first moment. @default 2026-01-01T00:00:00Z
 * @example
 * const time = createVirtualTime();
 * await time.run(() => time.sleep(3_600_000)); // at once
 */
export function createVirtualTime(start: Date = new Date(DEFAULT_START)): VirtualTime {
  let nowMs = start.getTime();
  const timers: Timer[] = [];

  const after = (milliseconds: number, call: () => void): (() => void) => {
    const timer = { dueMs: nowMs + Math.max(0, milliseconds), call };
    timers.splice(placeOf(timers, timer.dueMs), 0, timer);
    return () => {
      const index = timers.indexOf(timer);
      if (index !== -1) {
        timers.splice(index, 1);
      }
    };
  };

  /** Fires the next timer if it is due by then. */
  const step = async (untilMs: number): Promise<boolean> => {
    const next = timers[0];
    if (next === undefined || next.dueMs > untilMs) {
      return false;
    }
    timers.shift();
    nowMs = next.dueMs;
    next.call();
    await settle();
    return true;
  };

  const advance = async (milliseconds: number): Promise<void> => {
    const untilMs = nowMs + milliseconds;
    await settle();
    while (await step(untilMs)) {
      // Each step is one timer.
    }
    nowMs = untilMs;
  };

  const run = async <T>(work: () => Promise<T>, limitMs = 86_400_000): Promise<T> => {
    const untilMs = nowMs + limitMs;
    let settled = false;
    const result = work().finally(() => {
      settled = true;
    });
    // A rejection is the caller's once awaited below; until then nobody listens.
    result.catch(() => undefined);
    await settle();
    while (!settled) {
      if (!(await step(untilMs))) {
        throw timers.length === 0 ? new VirtualTimeStalledError(new Date(nowMs)) : new VirtualTimeLimitError(limitMs);
      }
    }
    return result;
  };

  return {
    now: () => new Date(nowMs),
    after,
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        after(milliseconds, resolve);
      }),
    settle,
    advance,
    run,
    pendingTimers: () => timers.length,
  };
}

/** Place of a new timer: behind those due at the same moment. */
function placeOf(timers: readonly Timer[], dueMs: number): number {
  let [low, high] = [0, timers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((timers[middle]?.dueMs ?? 0) <= dueMs) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The event loop reaches its next turn only once no promise reaction is left. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
