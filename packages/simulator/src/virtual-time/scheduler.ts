/** Where moments and waits come from: the machine, or {@link VirtualTime}. */
export interface Scheduler {
  /** The present moment. */
  now(): Date;
  /**
   * Calls back once, after a number of milliseconds, at least 0.
   *
   * @returns cancels the call; without effect once it was made
   */
  after(milliseconds: number, call: () => void): () => void;
}

/**
 * The machine's clock and timers.
 *
 * @param options `keepsAlive`: whether a timer that waits keeps this process alive. @default true
 */
export function machineScheduler(options: { readonly keepsAlive?: boolean } = {}): Scheduler {
  return {
    now: () => new Date(),
    after: (milliseconds, call) => {
      const timer = setTimeout(call, milliseconds);
      if (options.keepsAlive === false) {
        timer.unref();
      }
      return () => clearTimeout(timer);
    },
  };
}

/** Settles after a number of milliseconds, at least 0. */
export function sleep(scheduler: Scheduler, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    scheduler.after(milliseconds, resolve);
  });
}
