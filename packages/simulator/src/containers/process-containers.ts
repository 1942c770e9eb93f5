import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ContainerLaunch, ContainerListener, ContainerRunner, RunningContainer } from './container-runner.js';

/** What stands in for an image: a process of this machine, or a failure to pull it. */
export type ProcessChoice =
  | {
      /** Program and arguments; at least one. */
      readonly command: readonly string[];
      /** Working directory. @default the container's, else this process's */
      readonly workingDirectory?: string;
      /** Further variables; the container's win. @default none */
      readonly environment?: Readonly<Record<string, string>>;
    }
  | {
      /** Why the image cannot be pulled. */
      readonly pullFailure: string;
    };

/** Chooses the process of a container; undefined for its own entry point and command. */
export type ProcessResolver = (launch: ContainerLaunch) => ProcessChoice | undefined;

/** How long the lines of a process that has ended are waited for, in milliseconds. */
const DRAIN_MS = 1000;

/** Containers of this machine that run, to be ended when this process exits. */
const running = new Set<ChildProcess>();

/**
 * Runs containers as processes of this machine, each in a process group of its own.
 *
 * Of this process's environment a container is given PATH alone. As in a
 * container, SIGTERM goes to the first process, and what that one started ends with it.
 */
export function processContainers(resolve: ProcessResolver = () => undefined): ContainerRunner {
  return (launch, listener) => {
    const choice = resolve(launch) ?? { command: [...launch.entryPoint, ...launch.command] };
    if ('pullFailure' in choice) {
      return neverRuns(listener, `CannotPullContainerError: ${choice.pullFailure}`);
    }
    const [program, ...parameters] = choice.command;
    if (program === undefined) {
      return neverRuns(listener, 'CannotStartContainerError: Error response from daemon: No command specified');
    }
    const workingDirectory = choice.workingDirectory ?? launch.workingDirectory;
    if (workingDirectory !== undefined && !existsSync(workingDirectory)) {
      return neverRuns(listener, startFailure(`chdir to cwd ("${workingDirectory}") set in config.json failed: no such file or directory`));
    }
    const environment = { PATH: process.env.PATH ?? '', ...choice.environment, ...launch.environment };
    try {
      const child = spawn(program, parameters, {
        ...(workingDirectory === undefined ? {} : { cwd: workingDirectory }),
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      return follow(child, { program, listener });
    } catch (error) {
      // Node.js refuses what no process can be given, such as a NUL in an argument.
      return neverRuns(listener, startFailure(execFailure(program, error as NodeJS.ErrnoException)));
    }
  };
}

function follow(child: ChildProcess, { program, listener }: { program: string; listener: ContainerListener }): RunningContainer {
  if (running.size === 0) {
    process.on('exit', killAll);
  }
  running.add(child);
  let failed = false;
  child.once('spawn', () => listener.started());
  child.once('error', (error: NodeJS.ErrnoException) => {
    // An error after the start is that of a signal that found nobody.
    if (child.pid === undefined) {
      failed = true;
      listener.failed(startFailure(execFailure(program, error)));
    }
  });
  readLines(child.stdout as Readable, listener);
  readLines(child.stderr as Readable, listener);
  child.once('exit', () => {
    killGroup(child);
    closeSoon(child);
  });
  child.once('close', (exitCode, signal) => {
    running.delete(child);
    if (running.size === 0) {
      process.off('exit', killAll);
    }
    if (!failed) {
      listener.ended({ exitCode: signal === null ? (exitCode ?? 0) : 128 + constants.signals[signal] });
    }
  });
  return {
    signal: (signal) => {
      // Once the process has ended its number may be another's.
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
        child.kill(signal);
      }
    },
  };
}

/** In the words of Docker's daemon, as ECS passes them on. */
function startFailure(cause: string): string {
  return `CannotStartContainerError: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${cause}: unknown`;
}

function execFailure(program: string, error: NodeJS.ErrnoException): string {
  return `exec: "${program}": ${error.code === 'ENOENT' ? 'executable file not found in $PATH' : (error.code ?? error.message)}`;
}

function neverRuns(listener: ContainerListener, reason: string): RunningContainer {
  setImmediate(() => listener.failed(reason));
  return { signal: () => undefined, hasLogStream: false };
}

function readLines(stream: Readable, listener: ContainerListener): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (text) => listener.line(text));
}

/** What left the process group may hold the pipes open; a container's end would not wait for it. */
function closeSoon(child: ChildProcess): void {
  const timer = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, DRAIN_MS);
  child.once('close', () => clearTimeout(timer));
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

function killAll(): void {
  for (const child of running) {
    if (child.exitCode === null && child.signalCode === null) {
      killGroup(child);
    }
  }
}
