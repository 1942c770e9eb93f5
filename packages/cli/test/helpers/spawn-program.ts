import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Ran } from './program.js';

/** The committed program file. */
export const PROGRAM = join(__dirname, '..', '..', 'bin', 'plimsoll.js');

/** Environment without anything of AWS from outside, with dummy keys. */
export const DUMMY_AWS: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Starts the program as a process of its own. */
export function startProgram(argv: readonly string[], env: Readonly<Record<string, string>> = DUMMY_AWS): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...argv], { env: { ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Runs the program as a process of its own, to its end. */
export async function spawnProgram(
  argv: readonly string[],
  { stdin = '', env = DUMMY_AWS }: { readonly stdin?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran & { readonly signal: NodeJS.Signals | null }> {
  const child = startProgram(argv, env);
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(stdin);
  const [status, signal] = (await once(child, 'close')) as [number, NodeJS.Signals | null];
  return { status, signal, stdout: out(), stderr: err() };
}

/** Collects what a stream says, to be asked for at any time. */
export function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}
