import type { Scheduler } from './scheduler.js';

/** When a function's process is to die of itself. */
export interface CrashPoint {
  /** Which guarded call it dies at, counted from 1. */
  readonly step: number;
  /** Whether the call is carried out first, so that only its answer is lost. */
  readonly performed: boolean;
}

/** How a sandbox is to be. */
export interface SandboxOptions {
  /** Clock and timers. */
  readonly scheduler: Scheduler;
  /** Time the work may take, in milliseconds. @default no limit */
  readonly timeoutMs?: number;
  /** When it dies of itself. @default never */
  readonly crash?: CrashPoint;
}

/** How the work in a sandbox ended. */
export type SandboxOutcome<T> =
  | { readonly kind: 'returned'; readonly value: T }
  | { readonly kind: 'threw'; readonly error: unknown }
  /** It took too long and was killed. */
  | { readonly kind: 'timedOut' }
  /** It reached its crash point. */
  | { readonly kind: 'crashed' };

/** A process within this process: it can be killed between two of its awaits. */
export interface Sandbox {
  /**
   * Wraps a function through which the work reaches the world: a call to a service, a wait.
   *
   * Once the sandbox is dead, such a call is not made and never settles, so the
   * work never goes on. What the work awaits unguarded goes on after its death:
   * guard everything that has an effect.
   */
  guard<Arguments extends readonly unknown[], Result>(
    call: (...given: Arguments) => Promise<Result>,
  ): (...given: Arguments) => Promise<Result>;
  /** Guarded calls so far; a crash point lies between 1 and this number. */
  steps(): number;
  /** Runs the work to its end or to the sandbox's; never rejects. */
  run<T>(work: () => Promise<T>): Promise<SandboxOutcome<T>>;
}

/** Creates a sandbox for one piece of work, such as one attempt of a Lambda function. */
export function createSandbox(options: SandboxOptions): Sandbox {
  let steps = 0;
  let dead = false;
  let die: (kind: 'timedOut' | 'crashed') => void = () => undefined;

  const crashesAt = (step: number, performed: boolean): boolean =>
    options.crash !== undefined && options.crash.step === step && options.crash.performed === performed;

  const through = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    steps += 1;
    const step = steps;
    if (crashesAt(step, false)) {
      die('crashed');
    }
    if (dead) {
      return never();
    }
    try {
      return await call();
    } finally {
      if (crashesAt(step, true)) {
        die('crashed');
      }
      if (dead) {
        await never();
      }
    }
  };

  return {
    guard:
      (call) =>
      (...given) =>
        through(() => call(...given)),
    steps: () => steps,
    run: (work) =>
      new Promise((resolve) => {
        let cancel: () => void = () => undefined;
        const end = (outcome: Parameters<typeof resolve>[0]): void => {
          dead = true;
          cancel();
          resolve(outcome);
        };
        die = (kind) => end({ kind });
        if (options.timeoutMs !== undefined) {
          cancel = options.scheduler.after(options.timeoutMs, () => end({ kind: 'timedOut' }));
        }
        invoke(work).then(
          (value) => end({ kind: 'returned', value }),
          (error: unknown) => end({ kind: 'threw', error }),
        );
      }),
  };
}

async function invoke<T>(work: () => Promise<T>): Promise<T> {
  return work();
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
