import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { readEventEntries } from '../../src/input/event-entries.js';

/** Of two members at least, as events are; one of a single member could stand on one line in every layout. */
const object = fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue({ maxDepth: 2 }), { minKeys: 2, maxKeys: 4, noNullPrototype: true });
const objects = fc.array(object, { minLength: 1, maxLength: 6 });
const chunkSize = fc.integer({ min: 1, max: 64 });
const lineEnd = fc.constantFrom('\n', '\r\n', '\n\n');

async function entriesOf(text: string, size: number): Promise<readonly unknown[]> {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
  }
  const found: unknown[] = [];
  for await (const entry of readEventEntries(chunks())) found.push(entry.ok ? entry.value.value : entry.error.line);
  return found;
}

const asRead = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('readEventEntries', () => {
  it('reads the same events however they are laid out', async () => {
    const print = fc.constantFrom<(value: unknown) => string>(
      (value) => JSON.stringify(value),
      (value) => JSON.stringify(value, undefined, 2),
      (value) => JSON.stringify(value, undefined, 1).replace(/^\{\s+/, '{'),
      (value) =>
        JSON.stringify(value, undefined, '\t')
          .replace(/^\{\s+/, '{ ')
          .replace(/\s+\}$/, ' }'),
    );
    await fc.assert(
      fc.asyncProperty(objects, print, lineEnd, chunkSize, async (values, shown, end, size) => {
        expect(await entriesOf(values.map((value) => shown(value).replaceAll('\n', end)).join(end), size)).toEqual(values.map(asRead));
      }),
      propertyParameters(300),
    );
  });

  it('loses one line of a file of lines to a line that is cut off, wherever it stands', async () => {
    const cut = fc.tuple(object, fc.nat()).map(([value, at]) => {
      const text = JSON.stringify(value);
      return text.slice(0, 1 + (at % (text.length - 1)));
    });
    await fc.assert(
      fc.asyncProperty(objects, cut, fc.nat(), chunkSize, async (values, broken, at, size) => {
        const place = at % (values.length + 1);
        const lines = values.map((value) => JSON.stringify(value));
        const expected = values.map(asRead);
        expect(await entriesOf(lines.toSpliced(place, 0, broken).join('\n'), size)).toEqual(expected.toSpliced(place, 0, place + 1));
      }),
      propertyParameters(300),
    );
  });
});
