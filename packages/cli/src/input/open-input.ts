import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { UsageError } from '../program-error.js';

/** What system errors mean to the one who named the file. */
const REASONS: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder: name a file'],
  ['EACCES', 'permission is denied'],
  ['ENOTDIR', 'part of the path is not a folder'],
]);

/** How a FILE is called in messages. */
export function nameOfInput(file: string): string {
  if (file === '') return '""';
  return file === '-' ? 'standard input' : file;
}

/**
 * Reads a FILE in chunks; `-` is standard input.
 *
 * @throws UsageError when it cannot be read
 */
export async function* readInput(file: string, stdin: Readable): AsyncGenerator<Uint8Array, void, undefined> {
  if (file === '') throw new UsageError('cannot read "": the name is empty: name a file, or - for standard input');
  const stream = file === '-' ? stdin : createReadStream(file, { highWaterMark: 1 << 18 });
  try {
    for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  } catch (error) {
    throw new UsageError(`cannot read ${nameOfInput(file)}: ${reasonOf(error)}`, { cause: error });
  }
}

/** What a system error means, in a few words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS.get(code) ?? message;
}
