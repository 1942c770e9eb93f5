const NEWLINE = 0x0a;

/** Where in a text: both count from 1; columns are characters. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets into a stream of UTF-8 bytes into lines and columns. Offsets may only grow. */
export class TextCursor {
  private offset = 0;
  private line = 1;
  private column = 1;

  /**
   * Moves to an offset.
   *
   * @param chunk - the bytes the offset lies in
   * @param chunkStart - the offset of the first of them
   */
  public moveTo(offset: number, chunk: Uint8Array, chunkStart: number): TextPosition {
    const end = Math.min(offset - chunkStart, chunk.length);
    for (let index = Math.max(0, this.offset - chunkStart); index < end; index += 1) {
      const byte = chunk[index] ?? 0;
      if (byte === NEWLINE) {
        this.line += 1;
        this.column = 1;
      } else if (!isContinuation(byte)) {
        this.column += 1;
      }
    }
    this.offset = Math.max(this.offset, offset);
    return { line: this.line, column: this.column };
  }
}

/** Whether the byte goes on with a character that an earlier byte began. */
function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
