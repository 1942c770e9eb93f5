import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { temporaryFolder } from './temporary-folder.js';

const PROGRAM = join(__dirname, '..', '..', 'bin', 'todobackend.js');

/** A line of the program's log. */
export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** What a command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly log: readonly LogLine[];
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of the program, and what it has written so far. */
export interface Started {
  readonly child: ChildProcess;
  readonly log: LogLine[];
  /** Waits for a line of the log. */
  readonly line: (message: string) => Promise<LogLine>;
  /** Waits for the end. */
  readonly end: () => Promise<Finished>;
}

/** Where Node.js keeps what it compiled, so that the many processes of a test file start faster. */
let compileCache: string | undefined;

const children = new Set<ChildProcess>();

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts a command in a process of its own, with these settings and no others. */
export function start(command: readonly string[], settings: Readonly<Record<string, string>>, program: string = PROGRAM): Started {
  compileCache ??= temporaryFolder();
  const env = { NODE_COMPILE_CACHE: compileCache, ...settings };
  const child = spawn(process.execPath, [program, ...command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  const log: LogLine[] = [];
  const stdout: string[] = [];
  const stderr: string[] = [];
  const waiting = new Map<string, (line: LogLine) => void>();
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (text) => {
    stdout.push(text);
    if (!text.startsWith('{"level"')) return;
    const line = JSON.parse(text) as LogLine;
    log.push(line);
    waiting.get(line.msg)?.(line);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
  const closed = Promise.all([once(child, 'close'), once(reader, 'close')]).then(() => children.delete(child));
  const finished = (): Finished => ({ code: child.exitCode, log, stdout: stdout.join('\n'), stderr: stderr.join('') });
  return {
    child,
    log,
    line: async (message) => {
      const early = log.find((line) => line.msg === message);
      if (early !== undefined) return early;
      return new Promise((resolve, reject) => {
        waiting.set(message, resolve);
        closed.then(() => {
          const { code, stdout: out, stderr: err } = finished();
          reject(new UnexpectedEnd(`ended with ${code} before "${message}"\n${out}\n${err}`));
        }, reject);
      });
    },
    end: async () => {
      await closed;
      return finished();
    },
  };
}

/** The program ended before it wrote what a test waited for. */
class UnexpectedEnd extends Error {}

/** Runs a command to its end. */
export async function run(command: readonly string[], settings: Readonly<Record<string, string>>): Promise<Finished> {
  return start(command, settings).end();
}

/** A service that listens. */
export interface RunningService extends Started {
  readonly port: number;
  readonly url: string;
  /** Tells it to stop and waits for its end. */
  readonly stop: () => Promise<Finished>;
}

/** Starts `serve` on a free port of loopback and waits until it listens. */
export async function serve(settings: Readonly<Record<string, string>>): Promise<RunningService> {
  const started = start(['serve'], { HOST: '127.0.0.1', PORT: '0', ...settings });
  const { port } = (await started.line('listening')) as LogLine & { readonly port: number };
  return {
    ...started,
    port,
    url: `http://localhost:${port}`,
    stop: async () => {
      started.child.kill('SIGTERM');
      return started.end();
    },
  };
}
