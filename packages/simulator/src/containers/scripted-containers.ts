import type { Scheduler } from '../virtual-time/scheduler.js';
import type { ContainerEnd, ContainerLaunch, ContainerListener, ContainerRunner, RunningContainer } from './container-runner.js';

/** What a container does that runs in the model alone. */
export interface ContainerScript {
  /** Reason in ECS's words why its image cannot be pulled or it cannot start; it then never runs. */
  readonly failsToStart?: string;
  /** Time from its start until it exits by itself, in milliseconds, at least 0. @default it never does */
  readonly exitsAfterMs?: number;
  /** Exit code, 0 to 255, or `absent` where nobody sees one. @default 0 */
  readonly exitCode?: number | 'absent';
  /** Reason that stands beside the exit code, such as `OutOfMemoryError: …`. @default none */
  readonly reason?: string;
  /** What SIGTERM does. @default it exits at once with 143 */
  readonly onTerminate?: TerminateScript | 'ignore';
  /** What it writes, and when, in milliseconds from its start. @default nothing */
  readonly lines?: readonly { readonly afterMs: number; readonly text: string }[];
  /** Whether it makes its log stream. @default true */
  readonly hasLogStream?: boolean;
}

/** An end that SIGTERM brings. */
export interface TerminateScript {
  /** Time from the signal to the exit, in milliseconds. @default 0 */
  readonly afterMs?: number;
  /** Exit code, 0 to 255. @default 143 */
  readonly exitCode?: number;
}

/** 128 + SIGTERM. */
const TERMINATED = 143;
/** 128 + SIGKILL. */
const KILLED = 137;

/** Runs containers by their scripts, in the scheduler's time. */
export function scriptedContainers(scheduler: Scheduler, scriptOf: (launch: ContainerLaunch) => ContainerScript): ContainerRunner {
  return (launch, listener) => runScript(scheduler, scriptOf(launch), listener);
}

function runScript(scheduler: Scheduler, script: ContainerScript, listener: ContainerListener): RunningContainer {
  const timers: (() => void)[] = [];
  let over = false;
  const after = (milliseconds: number, call: () => void): void => {
    timers.push(scheduler.after(milliseconds, call));
  };
  const end = (how: ContainerEnd): void => {
    if (over) {
      return;
    }
    over = true;
    for (const cancel of timers) {
      cancel();
    }
    listener.ended(how);
  };
  after(0, () => {
    if (script.failsToStart !== undefined) {
      over = true;
      listener.failed(script.failsToStart);
      return;
    }
    listener.started();
    for (const { afterMs, text } of script.lines ?? []) {
      after(afterMs, () => listener.line(text));
    }
    if (script.exitsAfterMs !== undefined) {
      after(script.exitsAfterMs, () => end(endOf(script)));
    }
  });
  return {
    hasLogStream: script.hasLogStream ?? true,
    signal: (signal) => {
      const { onTerminate = {} } = script;
      if (signal === 'SIGKILL') {
        after(0, () => end({ exitCode: KILLED }));
      } else if (onTerminate !== 'ignore') {
        after(onTerminate.afterMs ?? 0, () => end({ exitCode: onTerminate.exitCode ?? TERMINATED }));
      }
    },
  };
}

function endOf({ exitCode = 0, reason }: ContainerScript): ContainerEnd {
  return { ...(exitCode === 'absent' ? {} : { exitCode }), ...(reason === undefined ? {} : { reason }) };
}
