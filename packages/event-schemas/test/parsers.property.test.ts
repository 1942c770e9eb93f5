import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { matches, type ReadField } from './helpers/read-fields';
import { SCHEMA_CASES } from './helpers/schema-cases';
import { withChange, writtenPath } from './helpers/synthetic-events';

const anyJson = fc.jsonValue({ maxDepth: 4, noUnicodeString: false });

/** The type as parse results write the wrong one: an element taken out of an array shifts the others instead. */
const isElement = (field: ReadField): boolean => typeof field.path.at(-1) === 'number';

describe.each(SCHEMA_CASES.map((schema) => [schema.name, schema] as const))('%s', (_, { parse, whole, minimal, fields }) => {
  const places = fields.map((field) => [writtenPath(field.path), field] as const);
  const place = fc.constantFrom(...fields.map((field) => field.path));

  test('the whole and the least input pass, and are the value', () => {
    for (const input of [whole(), minimal()]) {
      const result = parse(input);
      expect(result).toEqual({ ok: true, value: input });
      expect(result.ok && result.value).toBe(input);
    }
  });

  test('random JSON never throws, is never changed and is refused', () => {
    fc.assert(
      fc.property(anyJson, (json) => {
        const before = structuredClone(json);
        expect(parse(json).ok).toBe(false);
        expect(json).toEqual(before);
      }),
      propertyParameters(200),
    );
  });

  test('random JSON put anywhere into a valid input leaves it as it was', () => {
    fc.assert(
      fc.property(place, anyJson, (path, json) => {
        const input = withChange(whole(), path, json);
        const before = structuredClone(input);
        const result = parse(input);
        expect(input).toEqual(before);
        if (result.ok) expect(result.value).toBe(input);
      }),
      propertyParameters(200),
    );
  });

  test.each(places.filter(([, field]) => !isElement(field)))('deleted: %s', (path, field) => {
    const result = parse(withChange(whole(), field.path, undefined));
    expect(result.ok ? [] : result.error.issues.map((issue) => [issue.path, issue.found])).toEqual(
      field.required ? [[path, 'undefined']] : [],
    );
  });

  test.each(places)('replaced by another type: %s', (path, field) => {
    const wrong = anyJson.filter((value) => !matches(field.type, value));
    fc.assert(
      fc.property(wrong, (value) => {
        const result = parse(withChange(whole(), field.path, value));
        expect(result.ok ? [] : result.error.issues.map((issue) => issue.path)).toEqual([path]);
      }),
      propertyParameters(20),
    );
  });

  test('unknown fields pass in every object that is read', () => {
    const parents = fields.filter((field) => !isElement(field)).map((field) => field.path.slice(0, -1));
    const key = fc.oneof(fc.string(), fc.constantFrom('constructor', 'prototype', 'toString', 'hasOwnProperty')).map((name) => `${name}`);
    const known = new Set(fields.map((field) => field.path.at(-1)));
    fc.assert(
      fc.property(
        fc.constantFrom(...parents),
        key.filter((name) => !known.has(name) && name !== '__proto__' && name !== 'PhysicalResourceId' && name !== 'OldResourceProperties'),
        anyJson,
        (path, name, json) => {
          const input = withChange(whole(), [...path, name], json);
          const result = parse(input);
          expect(result.ok && result.value).toBe(input);
        },
      ),
      propertyParameters(150),
    );
  });

  test('an error holds nothing of a value', () => {
    const secret = 'x7Qz-not-to-be-logged';
    const wrapped = fc.constantFrom<unknown>(secret, [secret], { [secret]: secret }, [[{ name: [secret] }]], { name: { [secret]: 1 } }, 7);
    fc.assert(
      fc.property(place, wrapped, (path, value) => {
        const result = parse(withChange(whole(), path, value));
        expect(JSON.stringify(result.ok ? '' : result.error)).not.toMatch(/x7Qz|arn:aws/);
      }),
      propertyParameters(150),
    );
  });
});
