import type { CustomResourceProperties } from '@plimsoll/event-schemas';
import { readBoolean, readInteger, readString } from '@plimsoll/event-schemas/custom-resource-properties';
import { HOSTILE, throwing } from './helpers/hostile-values';

const properties = JSON.parse(
  `{"t":"true","f":"false","T":"True","one":"1","neg":"-12","zero":"0","minus":"-0","negative":-0,"padded":"007","plus":"+7","space":" 7","big":"9007199254740993","float":"1.5","empty":"","none":null,
    "list":["80"],"real":true,"num":7,"half":0.5,"secret":"x7Qz","__proto__":{"inherited":"1"}}`,
) as Record<string, unknown>;

test.each([
  ['t', true],
  ['f', false],
  ['real', true],
  ['none', undefined],
  ['missing', undefined],
  ['constructor', undefined],
  ['inherited', undefined],
])('boolean %s', (name, value) => {
  expect(readBoolean(properties, name)).toEqual({ ok: true, value });
});

test.each([
  ['one', 1],
  ['neg', -12],
  ['zero', 0],
  ['num', 7],
  ['negative', 0],
  ['none', undefined],
  ['missing', undefined],
  ['valueOf', undefined],
])('whole number %s', (name, value) => {
  expect(readInteger(properties, name)).toStrictEqual({ ok: true, value });
});

test.each([
  ['t', 'true'],
  ['empty', ''],
  ['none', undefined],
  ['toString', undefined],
])('string %s', (name, value) => {
  expect(readString(properties, name)).toEqual({ ok: true, value });
});

test.each([
  [readBoolean, 'T', 'another string'],
  [readBoolean, 'one', 'another string'],
  [readBoolean, 'empty', 'empty string'],
  [readBoolean, 'num', 'number'],
  [readBoolean, 'list', 'array'],
  ...['big', 'minus', 'padded', 'plus', 'space'].map((name): [typeof readInteger, string, string] => [readInteger, name, 'another string']),
  [readInteger, 'float', 'another string'],
  [readInteger, 'half', 'fractional number'],
  [readInteger, 'empty', 'empty string'],
  [readInteger, 'real', 'boolean'],
  [readInteger, 'secret', 'another string'],
  [readString, 'num', 'number'],
  [readString, 'list', 'array'],
])('%p refuses %s without its value', (read, name, found) => {
  const result = read(properties, name);
  expect(result).toMatchObject({ ok: false, error: { schema: 'custom-resource-request', issues: [{ path: name, found }] } });
  expect(JSON.stringify(result)).not.toContain('x7Qz');
});

test.each([undefined, null])('without properties, %s, every one is missing', (none) => {
  expect([readBoolean(none, 'a'), readInteger(none, 'a'), readString(none, 'a')]).toEqual(Array(3).fill({ ok: true, value: undefined }));
});

test.each(HOSTILE)('%s as properties or as one of them: a result, no exception', (_, make) => {
  for (const read of [readBoolean, readInteger, readString]) {
    expect(read(make() as CustomResourceProperties, 'a')).toHaveProperty('ok');
    expect(read({ a: make() }, 'a')).toHaveProperty('ok');
  }
});

test('a property that cannot be read is refused', () => {
  const result = readString(Object.defineProperty({}, 'a', { get: throwing, enumerable: true }), 'a');
  expect(result).toMatchObject({ ok: false, error: { issues: [{ path: 'a', expected: 'a string', found: 'unreadable' }] } });
});
