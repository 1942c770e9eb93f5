import { parsePlainJson, plainJson } from '../../src/ecs/plain-json.js';

test('nulls and undefined members are left out, at every depth', () => {
  expect(plainJson({ a: null, b: undefined, c: [1, null, { d: null, e: 'x' }], f: false, g: 0, h: '' })).toEqual({
    ok: true,
    value: { c: [1, { e: 'x' }], f: false, g: 0, h: '' },
  });
});

test('a member called __proto__ is left out and sets no prototype', () => {
  const read = parsePlainJson('{"a":{"__proto__":{"b":1},"c":2}}');
  expect(read).toEqual({ ok: true, value: { a: { c: 2 } } });
  expect(read).not.toHaveProperty('value.a.b');
});

test('nesting is accepted to 64 levels and refused beyond', () => {
  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  expect(parsePlainJson(nested(65))).toMatchObject({ ok: true });
  expect(parsePlainJson(nested(66))).toMatchObject({ ok: false });
});
