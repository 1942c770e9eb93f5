import { PassThrough, Readable } from 'node:stream';
import { run } from '../../src/run.js';

/** What a run of the program left behind. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunInput {
  readonly stdin?: string | readonly Uint8Array[];
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
}

/** Runs the program within this process. */
export async function runProgram(argv: readonly string[], { stdin = '', env = {}, isTTY = false }: RunInput = {}): Promise<Ran> {
  const stdout = Object.assign(new PassThrough(), { isTTY });
  const stderr = new PassThrough();
  const texts = Promise.all([textOf(stdout), textOf(stderr)]);
  const bytes = typeof stdin === 'string' ? [Buffer.from(stdin)] : stdin;
  const status = await run(argv, { stdin: Readable.from(bytes), stdout, stderr, env, signal: new AbortController().signal });
  stdout.end();
  stderr.end();
  const [out, err] = await texts;
  return { status, stdout: out, stderr: err };
}

async function textOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
