import type { Writable } from 'node:stream';
import { FaultError } from './program-error.js';

/** Writes to a stream that may be slow, full, or closed by its reader. */
export class Output {
  private closed = false;
  private readonly stream: Writable;

  public constructor(stream: Writable) {
    this.stream = stream;
    // Without a listener, Node.js would end the process; `write` hears of the same error.
    stream.on('error', () => {
      this.closed = true;
    });
  }

  /**
   * Writes, and waits until the stream took it.
   *
   * @returns whether anyone still reads; a closed pipe is no error
   * @throws FaultError when the stream failed otherwise, as on a full disk
   */
  public async write(text: string): Promise<boolean> {
    if (this.closed || this.stream.destroyed) return false;
    const error = await new Promise<Error | null | undefined>((resolve) => {
      this.stream.write(text, resolve);
    });
    if (!error) return true;
    this.closed = true;
    if (isClosedPipe(error)) return false;
    throw new FaultError(`cannot write the answer: ${error.message}`, { cause: error });
  }
}

function isClosedPipe(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ERR_STREAM_WRITE_AFTER_END';
}
