import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { JsonDocumentReader } from '../../src/input/json-documents.js';

/** Cuts bytes into chunks of the lengths given, the last of what is left. */
function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let start = 0;
  for (const length of lengths) {
    chunks.push(bytes.subarray(start, start + length));
    start += length;
  }
  return [...chunks, bytes.subarray(start)];
}

function readAll(chunks: readonly Buffer[]): unknown[] {
  const reader = new JsonDocumentReader();
  return [...chunks.flatMap((chunk) => [...reader.write(chunk)]), ...reader.end()];
}

const lengths = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 20 });
const document = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

describe('JsonDocumentReader', () => {
  it('reads what JSON.stringify wrote, one after another, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(document, { maxLength: 5 }),
        lengths,
        fc.constantFrom(undefined, 2),
        fc.constantFrom('\n', '\n\ufeff', '\ufeff'),
        (documents, cuts, indent, between) => {
          const text = documents.map((value) => JSON.stringify(value, undefined, indent)).join(between);
          const items = readAll(cut(Buffer.from(text), cuts));
          expect(items.map((item) => (item as { value?: { value: unknown } }).value?.value)).toEqual(documents);
        },
      ),
      propertyParameters(300),
    );
  });

  it('accepts and refuses single documents as JSON.parse does', () => {
    const almost = fc
      .tuple(document, fc.nat(), fc.constantFrom('', '{', '}', ',', ':', '"', '1', 'e', '\\', '\n', 'é'))
      .map(([value, at, inserted]) => {
        const text = JSON.stringify(value);
        const place = at % (text.length + 1);
        return text.slice(0, place) + inserted + text.slice(place + 1);
      });
    fc.assert(
      fc.property(almost, lengths, (text, cuts) => {
        const items = readAll(cut(Buffer.from(text), cuts)) as Array<{ ok: boolean; value?: { value: unknown } }>;
        const parsed = attempt(() => JSON.parse(text) as unknown);
        if (parsed.ok) expect(items.map((item) => item.value?.value)).toEqual([parsed.value]);
        // Several values, or none, are no single document, but are fine one after another.
        else expect(items.length !== 1 || items.some((item) => !item.ok)).toBe(true);
      }),
      propertyParameters(1000),
    );
  });
});

function attempt(parse: () => unknown): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: parse() };
  } catch {
    return { ok: false };
  }
}
