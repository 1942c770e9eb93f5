import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { environmentOf, heapFlags } from './environment.js';
import type { LogLines } from './log-lines.js';
import type { FunctionConfiguration } from './options.js';

/** The compiled bootstrap: this file is two folders deep in `src` as in `lib`. */
const BOOTSTRAP = join(__dirname, '..', '..', 'lib', 'lambda', 'bootstrap.js');

/** How a process ended. */
export interface ProcessEnd {
  /** Exit status; absent if a signal ended the process. */
  readonly exitCode: number | null;
  /** Signal that ended the process, such as `SIGKILL`. */
  readonly signal: NodeJS.Signals | null;
}

/** A process that runs a function. */
export interface FunctionProcess {
  /** Settles when the process has ended and everything it logged is read. */
  readonly ended: Promise<ProcessEnd>;
  /** Ends the process and whatever it started, at once. */
  kill(): void;
}

/** What a process is started with. */
export interface ProcessStart {
  readonly configuration: FunctionConfiguration;
  /** Host and port of the Runtime API. */
  readonly runtimeApi: string;
  readonly logStreamName: string;
  readonly logs: LogLines;
}

/** Processes to end when this one exits. */
const running = new Set<FunctionProcess>();

/** Starts a process in a process group of its own. */
export function startFunctionProcess({ configuration, runtimeApi, logStreamName, logs }: ProcessStart): FunctionProcess {
  const child = spawn(process.execPath, [...heapFlags(configuration.memorySizeMiB), BOOTSTRAP, configuration.codePath], {
    cwd: dirname(configuration.codePath),
    env: environmentOf(configuration, {
      runtimeApi,
      logStreamName,
      runtimeFolder: dirname(BOOTSTRAP),
      path: process.env.PATH ?? '',
      nodeVersion: process.versions.node,
    }),
    // The fourth is never written to: that it ends tells the bootstrap that this process is gone.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  // A process that cannot be started ends too, with a negative exit status.
  child.on('error', () => undefined);
  child.stdio[3]?.on('error', () => undefined);
  logs.follow(child.stdout as Readable);
  logs.follow(child.stderr as Readable);
  if (running.size === 0) process.on('exit', killAll);
  const started = {
    ended: endOf(child),
    // Once the process has ended its number may be another's.
    kill: () => {
      if (child.exitCode === null && child.signalCode === null) killGroup(child);
    },
  };
  running.add(started);
  // What the function started dies with it, as its sandbox would; it may also hold the pipes open.
  child.once('exit', () => killGroup(child));
  child.once('close', () => {
    running.delete(started);
    if (running.size === 0) process.off('exit', killAll);
  });
  return started;
}

function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

function killAll(): void {
  for (const started of running) started.kill();
}
