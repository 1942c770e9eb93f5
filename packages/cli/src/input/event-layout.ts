import { isUtf16, JsonDocumentReader } from './json-documents.js';

const NEWLINE = 0x0a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const QUOTE = 0x22;
const BLANK: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d, NEWLINE]);
/** What may stand before the first event: blanks, and the bytes of the byte order mark. */
const IGNORED: ReadonlySet<number> = new Set([...BLANK, 0xef, 0xbb, 0xbf]);

/** How a file of events is laid out. */
export type EventLayout = 'lines' | 'array' | 'documents';

/**
 * Tells the layout by the first event: it goes over several lines if it can be read so, or if its brace stands alone and members
 * follow.
 *
 * Otherwise the first line is whole, broken or cut off, and the lines after it may be whole events.
 */
export class EventLayoutDetector {
  private readonly reader = new JsonDocumentReader();
  private place: 'before' | 'first line' | 'later lines' = 'before';
  private braceAlone = true;

  /** Takes the next bytes; `undefined` while they are too few to tell. */
  public write(chunk: Uint8Array): EventLayout | undefined {
    if (this.place === 'later lines') return this.readOn(chunk);
    if (this.place === 'first line') return this.readFirstLine(chunk);
    const start = chunk.findIndex((byte) => !IGNORED.has(byte));
    if (start === -1) return undefined;
    // Bytes of another encoding are no lines; as a document, one message says so.
    if (isUtf16(chunk.subarray(start))) return 'documents';
    if (chunk[start] === OPEN_BRACKET) return 'array';
    if (chunk[start] !== OPEN_BRACE) return 'lines';
    this.place = 'first line';
    this.reader.write(chunk.subarray(start, start + 1));
    return this.readFirstLine(chunk.subarray(start + 1));
  }

  private readFirstLine(chunk: Uint8Array): EventLayout | undefined {
    const end = chunk.indexOf(NEWLINE);
    const line = end === -1 ? chunk : chunk.subarray(0, end + 1);
    this.braceAlone &&= line.every((byte) => BLANK.has(byte));
    if (this.reader.write(line).some(({ ok }) => !ok)) return 'lines';
    if (end === -1) return undefined;
    this.place = 'later lines';
    return this.reader.isWithinValue ? this.readOn(chunk.subarray(end + 1)) : 'lines';
  }

  private readOn(chunk: Uint8Array): EventLayout | undefined {
    if (this.braceAlone) {
      const next = chunk.find((byte) => !BLANK.has(byte));
      if (next === undefined) return undefined;
      return next === QUOTE || next === CLOSE_BRACE ? 'documents' : 'lines';
    }
    const [first] = this.reader.write(chunk);
    if (first === undefined) return undefined;
    return first.ok ? 'documents' : 'lines';
  }
}
