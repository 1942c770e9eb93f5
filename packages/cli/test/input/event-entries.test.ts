import { readEventEntries } from '../../src/input/event-entries.js';

async function entriesOf(text: string, size = 1 << 16): Promise<unknown[]> {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
  }
  const found: unknown[] = [];
  for await (const entry of readEventEntries(chunks())) {
    found.push(entry.ok ? [entry.value.line, entry.value.value] : [entry.error.line, entry.error.column, entry.error.code]);
  }
  return found;
}

describe.each([1, 3, 1 << 16])('in chunks of %d bytes', (size) => {
  it.each([
    ['nothing', '', []],
    ['blank lines', '\n \n\r\n', []],
    [
      'a line each',
      '{"a":1}\n\n{"b":2}\n',
      [
        [1, { a: 1 }],
        [3, { b: 2 }],
      ],
    ],
    [
      'a line each, without the last line feed',
      '{"a":1}\n{"b":2}',
      [
        [1, { a: 1 }],
        [2, { b: 2 }],
      ],
    ],
    [
      'carriage returns',
      '{"a":1}\r\n{"b":2}\r\n',
      [
        [1, { a: 1 }],
        [2, { b: 2 }],
      ],
    ],
    [
      'a byte order mark',
      '\ufeff{"a":1}\n{"b":2}',
      [
        [1, { a: 1 }],
        [2, { b: 2 }],
      ],
    ],
    [
      'a line end that only Unicode calls one',
      '{"a":"\u2028"}\n{"b":2}',
      [
        [1, { a: '\u2028' }],
        [2, { b: 2 }],
      ],
    ],
    [
      'two on a line',
      '{"a":1}{"b":2}\n{"c":3}',
      [
        [1, { a: 1 }],
        [1, { b: 2 }],
        [2, { c: 3 }],
      ],
    ],
    [
      'an array on one line',
      '[{"a":1},{"b":2}]',
      [
        [1, { a: 1 }],
        [1, { b: 2 }],
      ],
    ],
    [
      'an array over several',
      '\n[\n  {"a":1},\n  {"b":2}\n]\n',
      [
        [3, { a: 1 }],
        [4, { b: 2 }],
      ],
    ],
    [
      'events over several lines',
      '{\n "a":1\n}\n{\n "b":2\n}\n',
      [
        [1, { a: 1 }],
        [4, { b: 2 }],
      ],
    ],
    [
      'an unreadable line among others',
      '{"a":1}\n{"b":\n{"c":3}\noops\n{"d":4}',
      [
        [1, { a: 1 }],
        [2, 6, 'TOO_SHORT'],
        [3, { c: 3 }],
        [4, 1, 'UNEXPECTED'],
        [5, { d: 4 }],
      ],
    ],
    [
      'an unreadable first line',
      'oops\n{"a":1}',
      [
        [1, 1, 'UNEXPECTED'],
        [2, { a: 1 }],
      ],
    ],
    [
      'a mistake within an array, which ends it',
      '[{"a":1},\n{"b":}\n,{"c":3}]',
      [
        [1, { a: 1 }],
        [2, 6, 'UNEXPECTED'],
      ],
    ],
  ])('reads %s', async (_, text, expected) => {
    expect(await entriesOf(text, size)).toEqual(expected);
  });
});

it('stops reading the source when its reader stops', async () => {
  let closed = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Buffer.from('{"a":1}\n');
    } finally {
      closed = true;
    }
  }
  for await (const entry of readEventEntries(endless())) {
    expect(entry.ok).toBe(true);
    break;
  }
  expect(closed).toBe(true);
});
