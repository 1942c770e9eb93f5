import type { Result } from '@plimsoll/capacity-core';
import { type JsonDocument, JsonDocumentReader, type JsonSyntaxError, readJsonDocuments } from './json-documents.js';

/** One entry of a file of events, or why it is none, with the line it stands on. */
export type EventEntry = Result<JsonDocument, JsonSyntaxError>;

const NEWLINE = 0x0a;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const BLANK: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d, NEWLINE]);

/** How a file of events is laid out. */
type Layout = 'lines' | 'array' | 'documents';

/**
 * Reads a file of events as it comes, in memory for one event.
 *
 * One event a line, of which an unreadable one loses only itself; or one JSON array; or events printed over several lines.
 * In the latter two nothing after a mistake can be told apart, so reading ends there.
 */
export async function* readEventEntries(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<EventEntry, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  const { head, layout } = await peek(iterator);
  const all = rejoin(head, iterator);
  if (layout === 'lines') yield* readLines(all);
  else yield* readJsonDocuments(all, { elements: layout === 'array' });
}

async function peek(chunks: AsyncIterator<Uint8Array>): Promise<{ readonly head: Uint8Array; readonly layout: Layout }> {
  let head: Uint8Array = new Uint8Array();
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    head = Buffer.concat([head, next.value]);
    const layout = layoutOf(head);
    if (layout !== undefined) return { head, layout };
  }
  return { head, layout: 'lines' };
}

/** Tells the layout by the first characters: `undefined` while they are too few. */
function layoutOf(head: Uint8Array): Layout | undefined {
  const start = BYTE_ORDER_MARK.every((byte, index) => head[index] === byte) ? BYTE_ORDER_MARK.length : 0;
  const first = head.findIndex((byte, index) => index >= start && !BLANK.has(byte));
  if (first === -1) return undefined;
  if (head[first] === OPEN_BRACKET) return 'array';
  if (head[first] !== OPEN_BRACE) return 'lines';
  const second = head.findIndex((byte, index) => index > first && (byte === NEWLINE || !BLANK.has(byte)));
  if (second === -1) return undefined;
  return head[second] === NEWLINE ? 'documents' : 'lines';
}

async function* rejoin(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<EventEntry, void, undefined> {
  let line = 0;
  for await (const bytes of splitLines(chunks)) {
    line += 1;
    const reader = new JsonDocumentReader();
    for (const item of [...reader.write(bytes), ...reader.end()]) {
      yield item.ok ? { ok: true, value: { ...item.value, line } } : { ok: false, error: { ...item.error, line } };
    }
  }
}

/** Splits at line feeds only: JSON text may hold the other characters that Unicode calls line ends. */
async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let parts: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...parts, chunk.subarray(start, end)]);
      parts = [];
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
  }
  yield Buffer.concat(parts);
}
