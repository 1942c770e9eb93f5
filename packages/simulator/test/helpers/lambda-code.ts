import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type LambdaFunction, type LambdaFunctionOptions, type LambdaResult, startLambdaFunction } from '../../src/index.js';

const folders: string[] = [];
const functions: LambdaFunction[] = [];

/** Writes the code of a function to a folder of its own. */
export async function writeCode(code: string, file = 'index.js'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-lambda-'));
  folders.push(folder);
  const path = join(folder, file);
  await writeFile(path, code);
  return path;
}

/** A function of some code; it ends with the test. */
export async function functionOf(code: string, options: Omit<LambdaFunctionOptions, 'codePath'> = {}): Promise<LambdaFunction> {
  const lambda = await startLambdaFunction({ codePath: await writeCode(code), timeoutSeconds: 60, ...options });
  functions.push(lambda);
  return lambda;
}

/** Ends every function and removes its code. */
export async function cleanUp(): Promise<void> {
  await Promise.all(functions.splice(0).map((lambda) => lambda.close()));
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
}

/** What the function returned; the test fails if it failed. */
export function payloadOf(result: LambdaResult): unknown {
  expect(result).toMatchObject({ ok: true });
  return result.ok ? result.payload : undefined;
}

/** Whether a process exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Settles once a process is gone. */
export async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await setTimeout(5);
}
