import { JsonDocumentReader, readJsonDocuments } from '../../src/input/json-documents.js';

async function* from(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** Reads a text cut into chunks of so many bytes. */
async function read(text: string | Uint8Array, { elements = false, size = 1 << 16 } = {}): Promise<unknown[]> {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
  const items: unknown[] = [];
  for await (const item of readJsonDocuments(from(chunks), { elements })) {
    items.push(item.ok ? [item.value.line, item.value.value] : [item.error.line, item.error.column, item.error.code]);
  }
  return items;
}

describe.each([1, 2, 3, 7, 1 << 16])('in chunks of %d bytes', (size) => {
  it.each([
    ['', []],
    ['  \n', []],
    [
      '{"a":1}{"b":2}',
      [
        [1, { a: 1 }],
        [1, { b: 2 }],
      ],
    ],
    [
      '{"a":[1,{"b":2}]}\n\n  [3]\n"x" 4 true null',
      [
        [1, { a: [1, { b: 2 }] }],
        [3, [3]],
        [4, 'x'],
        [4, 4],
        [4, true],
        [4, null],
      ],
    ],
    [
      '{\n"a":1\n}\n{\n"b":2}',
      [
        [1, { a: 1 }],
        [4, { b: 2 }],
      ],
    ],
    [
      '"é😀" "\\u00e9\\ud83d\\ude00"',
      [
        [1, 'é😀'],
        [1, 'é😀'],
      ],
    ],
    ['{"a":1e999}', [[1, { a: Number.POSITIVE_INFINITY }]]],
    ['12', [[1, 12]]],
    [
      '{"a":1}\n\ufeff{"b":2}\ufeff[3]4\ufeff\ufeff"5"\ufeff',
      [
        [1, { a: 1 }],
        [2, { b: 2 }],
        [2, [3]],
        [2, 4],
        [2, '5'],
      ],
    ],
  ])('reads %j', async (text, expected) => {
    expect(await read(text, { size })).toEqual(expected);
  });

  it.each<[string | Uint8Array, number, number]>([
    ['[1]\n\ufeff[2]\n[}', 3, 2],
    ['[1]\n{\ufeff}', 2, 2],
    ['[1]\n[2,\ufeff3]', 2, 4],
    ['[1]\n\ufefftr\ufeffue', 2, 4],
    [Buffer.from([0x31, 0x0a, 0xef, 0x31]), 2, 1],
    [Buffer.from([0x31, 0x0a, 0xef, 0xbb, 0x31]), 2, 1],
  ])('refuses %j, a byte order mark or not one, where it stands', async (text, line, column) => {
    const [last] = (await read(text, { size })).slice(-1) as [[number, number, string]];
    expect(last[0]).toBe(line);
    if (size === 1 << 16) expect(last).toEqual([line, column, 'UNEXPECTED']);
  });

  it.each([
    [
      '[1,\n{"a":[2]},\n\n"x"]',
      [
        [1, 1],
        [2, { a: [2] }],
        [4, 'x'],
      ],
    ],
    ['[]', []],
  ])('reads the elements of %j', async (text, expected) => {
    expect(await read(text, { size, elements: true })).toEqual(expected);
  });

  it.each([
    [
      '{"a":1}\n{"b":x}',
      [
        [1, { a: 1 }],
        [2, 6, 'UNEXPECTED'],
      ],
    ],
    [
      '{"a":1}\n{"b":2,}',
      [
        [1, { a: 1 }],
        [2, 8, 'UNEXPECTED'],
      ],
    ],
    ['{"é😀": 1 x}', [[1, 10, 'UNEXPECTED']]],
    ['"a\nb"', [[1, 3, 'UNEXPECTED']]],
    ['{"a"', [[1, 5, 'TOO_SHORT']]],
    ['tru', [[1, 4, 'TOO_SHORT']]],
    ['[1,\n2\n', [[3, 1, 'TOO_SHORT']]],
  ])('tells where %j is wrong', async (text, expected) => {
    expect(await read(text, { size })).toEqual(expected);
  });

  it('gives the elements before a mistake', async () => {
    expect(await read('[{"a":1},\n{"b":2}\n{"c":3}]', { size, elements: true })).toEqual([
      [1, { a: 1 }],
      [2, { b: 2 }],
      [3, 1, 'UNEXPECTED'],
    ]);
  });

  it('wants nothing behind the array', async () => {
    expect(await read('[1] [2]', { size, elements: true })).toEqual([
      [1, 1],
      [1, 5, 'UNEXPECTED'],
    ]);
  });
});

it('tells where a word begins that must not be there', async () => {
  expect(await read('{"é😀": 1 "two"}')).toEqual([[1, 10, 'UNEXPECTED']]);
});

it('skips a byte order mark without counting it', async () => {
  expect(await read('\ufeff{"a" 1}')).toEqual([[1, 6, 'UNEXPECTED']]);
});

it('refuses bytes that are not UTF-8', async () => {
  expect(await read(Buffer.from('["caf\xe9 au lait"]', 'latin1'))).toEqual([[1, expect.any(Number), 'NOT_UTF_8']]);
});

it('holds out a nesting deeper than any stack', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(await read(deep)).toHaveLength(1);
});

it('has no more to say after a failure', () => {
  const reader = new JsonDocumentReader();
  expect(reader.write(Buffer.from('x'))).toHaveLength(1);
  expect(reader.write(Buffer.from('{}'))).toEqual([]);
  expect(reader.end()).toEqual([]);
});
