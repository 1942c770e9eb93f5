import type { Result } from '@plimsoll/capacity-core';
import { type EventLayout, EventLayoutDetector } from './event-layout.js';
import { type JsonDocument, JsonDocumentReader, type JsonSyntaxError, readJsonDocuments } from './json-documents.js';

/** One entry of a file of events, or why it is none, with the line it stands on. */
export type EventEntry = Result<JsonDocument, JsonSyntaxError>;

const NEWLINE = 0x0a;

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

async function peek(chunks: AsyncIterator<Uint8Array>): Promise<{ readonly head: readonly Uint8Array[]; readonly layout: EventLayout }> {
  const head: Uint8Array[] = [];
  const detector = new EventLayoutDetector();
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    head.push(next.value);
    const layout = detector.write(next.value);
    if (layout !== undefined) return { head, layout };
  }
  return { head, layout: 'lines' };
}

async function* rejoin(head: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* head;
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
