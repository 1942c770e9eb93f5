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
      'events over several lines, the first member beside the brace',
      '{ "a":1,\n  "x":[\n {"y":2}\n ] }\n{ "b":2,\n  "c":3 }\n',
      [
        [1, { a: 1, x: [{ y: 2 }] }],
        [5, { b: 2, c: 3 }],
      ],
    ],
    ['the same behind a byte order mark, with carriage returns', '\ufeff\r\n{ "a":1,\r\n  "b":2 }\r\n', [[2, { a: 1, b: 2 }]]],
    ['one event over several lines, without the last line feed', '{"a":{\n"b":2}}', [[1, { a: { b: 2 } }]]],
    [
      'a mistake in the second of events over several lines, which ends them',
      '{ "a":1,\n "b":2 }\n{ "c":3,\n oops }\n{ "d":4 }',
      [
        [1, { a: 1, b: 2 }],
        [4, 2, 'UNEXPECTED'],
      ],
    ],
    [
      'a first line that is cut off',
      '{"a":1,"b\n{"c":3}\n{"d":4}',
      [
        [1, 10, 'TOO_SHORT'],
        [2, { c: 3 }],
        [3, { d: 4 }],
      ],
    ],
    [
      'a first line that is cut off between members',
      '{"a":1,\n{"c":3}\n{"d":4}',
      [
        [1, 8, 'TOO_SHORT'],
        [2, { c: 3 }],
        [3, { d: 4 }],
      ],
    ],
    [
      'a first line that is cut off within a list, before the last one',
      '{"a":[\n{"c":3}',
      [
        [1, 7, 'TOO_SHORT'],
        [2, { c: 3 }],
      ],
    ],
    [
      'a first line cut off behind its brace',
      '{\n{"c":3}\n{"d":4}',
      [
        [1, 2, 'TOO_SHORT'],
        [2, { c: 3 }],
        [3, { d: 4 }],
      ],
    ],
    ['a mistake in the first of events over several lines, which ends them', '{\n  "a":1,\n  oops\n}', [[3, 3, 'UNEXPECTED']]],
    [
      'a first line that begins well and goes wrong',
      '{"a" 1}\n{"c":3}',
      [
        [1, 6, 'UNEXPECTED'],
        [2, { c: 3 }],
      ],
    ],
    [
      'a first line with one whole event and half of another',
      '{"a":1}{"b":\n{"c":3}\n{"d":4}',
      [
        [1, { a: 1 }],
        [1, 13, 'TOO_SHORT'],
        [2, { c: 3 }],
        [3, { d: 4 }],
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
