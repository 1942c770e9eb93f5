import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import {
  booleanProperty,
  coerceProperties,
  integerProperty,
  listProperty,
  objectProperty,
  oneOfProperty,
  optionalProperty,
  type PropertyKind,
  stringProperty,
} from '../src';
import { fail, HOSTILE } from './helpers/hostile-values';

const read = <T>(kind: PropertyKind<T>, value: unknown): unknown => {
  const coerced = coerceProperties({ P: value }, { P: kind });
  return coerced.ok ? coerced.value.P : coerced.error.issues.map(({ property, expected, found }) => `${property}: ${expected}: ${found}`);
};

test.each<[unknown, unknown]>([
  ['true', true],
  ['false', false],
  [true, true],
  [false, false],
  ...['True', 'TRUE', 'yes', '1', 'on', ' true'].map((word): [unknown, unknown] => [word, ["P: 'true' or 'false': another string"]]),
  ['', ["P: 'true' or 'false': empty string"]],
  [1, ["P: 'true' or 'false': number"]],
  [0, ["P: 'true' or 'false': number"]],
  [null, ["P: 'true' or 'false': null"]],
  [undefined, ["P: 'true' or 'false': missing"]],
  [['true'], ["P: 'true' or 'false': array"]],
])('boolean from %j', (value, expected) => {
  expect(read(booleanProperty(), value)).toEqual(expected);
});

test.each<[unknown, unknown]>([
  ['42', 42],
  [42, 42],
  ['0', 0],
  [-0, 0],
  ['-7', -7],
  ['9007199254740991', 9007199254740991],
  ...['', '042', '+1', '-0', '1.0', '1e3', '0x10', ' 1', '1 ', '1_000', 'ten', 'NaN', '٣'].map((text): [unknown, unknown] => [
    text,
    [`P: a whole number: ${text === '' ? 'empty string' : 'another string'}`],
  ]),
  ['9007199254740992', ['P: a whole number: a number out of range']],
  [1.5, ['P: a whole number: number']],
  [Number.NaN, ['P: a whole number: number']],
  [true, ['P: a whole number: boolean']],
  [{}, ['P: a whole number: object']],
])('integer from %j', (value, expected) => {
  expect(read(integerProperty(), value)).toEqual(expected);
});

test('integers within bounds, bounds included', () => {
  const kind = integerProperty({ minimum: 1, maximum: 10 });
  const refused = ['P: a whole number, at least 1, at most 10: a number out of range'];
  expect(['0', '1', '10', '11'].map((value) => read(kind, value))).toEqual([refused, 1, 10, refused]);
});

test('strings', () => {
  expect(read(stringProperty(), 'a')).toBe('a');
  expect(read(stringProperty(), '')).toEqual(['P: a non-empty string: empty string']);
  expect(read(stringProperty({ minLength: 0 }), '')).toBe('');
  expect(read(stringProperty({ minLength: 0 }), 7)).toEqual(['P: a string: number']);
  expect(read(stringProperty({ minLength: 2, maxLength: 3 }), 'abcd')).toEqual([
    'P: a string, at least 2 characters, at most 3 characters: a string of 4 characters',
  ]);
  expect(read(stringProperty({ maxLength: 3 }), 'abc')).toBe('abc');
});

test('one of several', () => {
  expect(read(oneOfProperty(['create', 'both']), 'both')).toBe('both');
  expect(read(oneOfProperty(['create', 'both']), 'Both')).toEqual(["P: one of 'create', 'both': another string"]);
});

test('lists', () => {
  expect(read(listProperty(integerProperty()), ['80', '443'])).toEqual([80, 443]);
  expect(read(listProperty(integerProperty()), [])).toEqual([]);
  expect(read(listProperty(integerProperty()), ['80', 'http', null])).toEqual([
    'P[1]: a whole number: another string',
    'P[2]: a whole number: null',
  ]);
  expect(read(listProperty(stringProperty()), 'a,b')).toEqual(['P: a list: another string']);
  expect(read(listProperty(stringProperty()), { 0: 'a', length: 1 })).toEqual(['P: a list: object']);
});

test('a list with holes keeps its places; of many faults twenty are told; one too long or unreadable is refused', () => {
  const holes = Object.assign([], { 1: '80', length: 3 });
  expect(read(listProperty(integerProperty()), holes)).toEqual(['P[0]: a whole number: missing', 'P[2]: a whole number: missing']);
  expect(read(listProperty(optionalProperty(integerProperty(), 0)), holes)).toEqual([0, 80, 0]);
  expect(read(listProperty(integerProperty()), Array(100_000).fill('x'))).toHaveLength(20);
  expect(read(listProperty(integerProperty()), Object.assign([], { length: 2 ** 32 - 1 }))).toEqual([
    'P: a list: a list that cannot be read',
  ]);
  const endless = Object.assign(['80'], {
    *[Symbol.iterator]() {
      for (;;) yield '443';
    },
  });
  expect(read(listProperty(integerProperty()), endless)).toEqual([80]);
  const refusing = new Proxy(['80'], { get: fail });
  expect(read(listProperty(integerProperty()), refusing)).toEqual(['P: a list: a list that cannot be read']);
});

test('objects, and what is wrong within', () => {
  const kind = objectProperty({ Limit: integerProperty(), On: listProperty(booleanProperty()) });
  expect(read(kind, { Limit: '3', On: ['true'], Other: 'x' })).toEqual({ Limit: 3, On: [true] });
  expect(read(kind, { Limit: 'x', On: ['maybe'] })).toEqual([
    'P.Limit: a whole number: another string',
    "P.On[0]: 'true' or 'false': another string",
  ]);
  expect(read(kind, 'x')).toEqual(['P: an object: another string']);
});

test.each([undefined, null])('optional: %s is the fallback, anything else is checked', (absent) => {
  expect(read(optionalProperty(integerProperty()), absent)).toBeUndefined();
  expect(read(optionalProperty(integerProperty(), 3), absent)).toBe(3);
  expect(read(optionalProperty(integerProperty(), 3), '4')).toBe(4);
  expect(read(optionalProperty(integerProperty(), 3), '')).toEqual(['P: a whole number: empty string']);
});

test('several properties: all issues, in one line, without values; others are ignored', () => {
  const shape = { Wait: booleanProperty(), Count: integerProperty(), Name: stringProperty() };
  const coerced = coerceProperties({ ServiceToken: 'arn', ServiceTimeout: '60', Wait: 'hunter2', Count: 'hunter2', Name: 'n' }, shape);
  if (coerced.ok) throw new TypeError('not refused');
  expect(coerced.error.message).toBe(
    "invalid properties: Wait must be 'true' or 'false' but is another string, Count must be a whole number but is another string",
  );
  expect(JSON.stringify(coerced.error)).not.toContain('hunter2');
});

test('a prototype lends no properties', () => {
  expect(coerceProperties(Object.create({ Wait: 'true' }), { Wait: booleanProperty() })).toMatchObject({ ok: false });
  expect(coerceProperties({}, { constructor: optionalProperty(stringProperty(), 'none') })).toEqual({
    ok: true,
    value: { constructor: 'none' },
  });
});

test.each<[string, unknown, string]>([
  ['undefined', undefined, 'the properties must be read by a shape, an object of kinds but is read by undefined'],
  ['null', null, 'the properties must be read by a shape, an object of kinds but is read by null'],
  [
    'a shape that throws',
    new Proxy({}, { ownKeys: fail }),
    'the properties must be read by a shape, an object of kinds but is read by object',
  ],
  ['null as kind', { A: null }, 'A must be read by a kind, such as stringProperty() but is read by null that cannot'],
  ['a kind that throws', { A: { read: fail } }, 'A must be read by a kind, such as stringProperty() but is read by object that cannot'],
  [
    'a kind that gives nothing',
    { A: { read: () => undefined } },
    'A must be read by a kind, such as stringProperty() but is read by object that cannot',
  ],
  [
    'a kind in a list',
    { A: listProperty(null as never) },
    'A[0] must be read by a kind, such as stringProperty() but is read by null that cannot',
  ],
  [
    'a kind within an option',
    { A: optionalProperty(null as never) },
    'A must be read by a kind, such as stringProperty() but is read by null that cannot',
  ],
  ['a shape within', { A: objectProperty(undefined as never) }, 'A must be an object but is array'],
])('a shape that is none is an issue, no exception: %s', (_name, shape, message) => {
  expect(coerceProperties({ A: ['x'] }, shape as never)).toMatchObject({ ok: false, error: { message: `invalid properties: ${message}` } });
});

test('a shape without end on properties without end is an issue, no exception', () => {
  const circle: Record<string, unknown> = {};
  circle.Next = circle;
  const endless: PropertyKind<unknown> = { read: (value, property) => objectProperty({ Next: endless }).read(value, property) };
  expect(coerceProperties(circle, { Next: endless }).ok).toBe(false);
});

test('the result has the type the shape says', () => {
  const coerced = coerceProperties(
    { Wait: 'true', Mode: 'once' },
    { Wait: booleanProperty(), Mode: oneOfProperty(['once', 'always']), Retries: optionalProperty(integerProperty(), 0) },
  );
  if (!coerced.ok) throw new TypeError(coerced.error.message);
  const wait: boolean = coerced.value.Wait;
  const mode: 'once' | 'always' = coerced.value.Mode;
  const retries: number = coerced.value.Retries;
  // @ts-expect-error a property the shape does not name
  expect(coerced.value.Other).toBeUndefined();
  expect([wait, mode, retries]).toEqual([true, 'once', 0]);
});

test.each(HOSTILE)('%s in every place: an outcome, no exception', (_name, make) => {
  const shape = {
    B: booleanProperty(),
    I: integerProperty(),
    S: stringProperty(),
    L: listProperty(stringProperty()),
    O: objectProperty({ X: stringProperty() }),
  };
  const value = make();
  expect(coerceProperties({ B: value, I: value, S: value, L: value, O: value }, shape).ok).toBe(false);
  expect(coerceProperties({ B: 'true', I: '1', S: 's', L: [value], O: { X: value } }, shape).ok).toBe(typeof value === 'string');
  expect(coerceProperties(value, shape).ok).toBe(false);
});

test('every whole number survives the way through a string', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (number) => {
      expect(read(integerProperty(), String(number))).toBe(number);
    }),
    propertyParameters(500),
  );
});
