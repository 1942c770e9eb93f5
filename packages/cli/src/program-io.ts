import type { Readable, Writable } from 'node:stream';

/** What the program reads and writes besides the files it is told of. */
export interface ProgramIo {
  /** Read where a FILE is `-`. */
  readonly stdin: Readable;
  /** Answers. Its `isTTY` chooses the character that bars are drawn with, nothing else. */
  readonly stdout: Writable & { readonly isTTY?: boolean };
  /** Warnings and errors. */
  readonly stderr: Writable;
  /** Environment variables; the AWS SDK reads the process's own, whatever is here. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends `plimsoll local`. */
  readonly signal: AbortSignal;
}
