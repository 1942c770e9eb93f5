import type { ProgramIo } from '../program-io.js';

/** What a command is given besides its options. */
export interface CommandContext {
  /** The program's streams and environment. */
  readonly io: ProgramIo;
  /** Writes to standard output; answers whether anyone still reads. */
  readonly out: (text: string) => Promise<boolean>;
  /** Writes one line to standard error, behind `plimsoll: `. */
  readonly warn: (line: string) => Promise<boolean>;
  /** The character that bars are drawn with. */
  readonly bar: string;
}
