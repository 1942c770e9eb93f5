import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { reasonOf } from '../input/open-input.js';
import { EXIT_STATUS, FaultError, UsageError } from '../program-error.js';
import type { CommandContext } from './context.js';

/** Options of `plimsoll local`, as the argument parser gives them. */
export interface LocalOptions {
  /** Port to listen on; 0 takes a free one. */
  readonly port: number;
  /** Region the endpoint says it is. */
  readonly region?: string;
  /** FILE that events are appended to. */
  readonly events?: string;
}

/** Serves the local endpoint until the signal aborts. */
export async function runLocal(options: LocalOptions, { io, out, warn }: CommandContext): Promise<number> {
  // Asked for before anything is printed: who reads the banner may interrupt at once.
  const { signal } = io;
  // The simulator and the SDK behind it are loaded only here.
  const { createCloudWatch, startLocalEndpoint } = require('@plimsoll/simulator') as typeof import('@plimsoll/simulator');
  const log = options.events === undefined ? undefined : await openLog(options.events);
  const failed = new AbortController();
  log?.on('error', (error) => failed.abort(error));
  const endpoint = await startLocalEndpoint({
    port: options.port,
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(log === undefined ? {} : { onEvent: (event: unknown) => log.write(`${JSON.stringify(event)}\n`) }),
    services: [createCloudWatch()],
    // Nobody reads them here, and the endpoint may run for days.
    recordCalls: false,
  }).catch((cause: unknown) => {
    throw explainStart(cause);
  });
  try {
    await out(banner(endpoint, options.events));
    await aborted(AbortSignal.any([signal, failed.signal]));
  } finally {
    await endpoint.close();
    if (log !== undefined && !log.destroyed) await finished(log.end()).catch(() => undefined);
  }
  if (failed.signal.aborted) throw new FaultError(`cannot write events to ${options.events}: ${reasonOf(failed.signal.reason)}`);
  await warn('local endpoint stopped');
  return EXIT_STATUS.ok;
}

async function openLog(file: string): Promise<WriteStream> {
  const log = createWriteStream(file, { flags: 'a' });
  try {
    await once(log, 'open');
  } catch (cause) {
    throw new UsageError(`cannot write events to ${file}: ${reasonOf(cause)}`, { cause });
  }
  return log;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Only the port can be wrong; its errors say what to do. */
function explainStart(cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return cause instanceof Error && (code === 'PORT_IN_USE' || code === 'LISTEN_FAILED') ? new UsageError(cause.message, { cause }) : cause;
}

interface Address {
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A text that a shell can read: comments, and the variables a client needs. */
function banner({ url, environment }: Address, events: string | undefined): string {
  return [
    `# Amazon ECS and CloudWatch, simulated, at ${url} until interrupted (Ctrl-C)`,
    ...(events === undefined
      ? []
      : [`# events are appended to ${events}; read them with: plimsoll replay --events ${events} --task-size SPEC`]),
    '# in another shell:',
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`),
    `# aws --endpoint-url ${url} ecs create-cluster --cluster-name demo`,
    '',
  ].join('\n');
}

function quoted(value: string): string {
  return /^[\w.:/@%+=-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
