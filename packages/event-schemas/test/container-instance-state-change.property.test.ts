import { parseContainerInstanceStateChange } from '@plimsoll/event-schemas/container-instance-state-change';
import fc from 'fast-check';
import { propertyParameters } from './helpers/property-parameters';
import { matches, READ_FIELDS } from './helpers/read-fields';
import { containerInstanceEvent, withChange, writtenPath } from './helpers/synthetic-events';

const anyJson = fc.jsonValue({ maxDepth: 4, noUnicodeString: false });

test('random JSON never throws, is never changed and is refused', () => {
  fc.assert(
    fc.property(anyJson, (json) => {
      const before = structuredClone(json);
      const result = parseContainerInstanceStateChange(json);
      expect(result.ok).toBe(false);
      expect(json).toEqual(before);
    }),
    propertyParameters(500),
  );
});

test('random JSON put anywhere into a valid event leaves the input as it was, and an accepted event is the input', () => {
  const place = fc.constantFrom(...READ_FIELDS.map((field) => field.path));
  fc.assert(
    fc.property(place, anyJson, (path, json) => {
      const event = withChange(containerInstanceEvent(), path, json);
      const before = structuredClone(event);
      const result = parseContainerInstanceStateChange(event);
      expect(event).toEqual(before);
      if (result.ok) expect(result.value).toBe(event);
    }),
    propertyParameters(500),
  );
});

test.each(READ_FIELDS.map((field) => [writtenPath(field.path), field] as const))('deleted: %s', (path, field) => {
  const result = parseContainerInstanceStateChange(withChange(containerInstanceEvent(), field.path, undefined));
  expect(result.ok ? [] : result.error.issues.map((issue) => [issue.path, issue.found])).toEqual(
    field.required ? [[path, 'undefined']] : [],
  );
});

test.each(READ_FIELDS.map((field) => [writtenPath(field.path), field] as const))('replaced by another type: %s', (path, field) => {
  const wrong = anyJson.filter((value) => !matches(field.type, value));
  fc.assert(
    fc.property(wrong, (value) => {
      const result = parseContainerInstanceStateChange(withChange(containerInstanceEvent(), field.path, value));
      expect(result.ok ? [] : result.error.issues.map((issue) => issue.path)).toEqual([path]);
    }),
    propertyParameters(40),
  );
});

test('unknown fields pass anywhere', () => {
  const object = fc.constantFrom<readonly (string | number)[]>(
    [],
    ['detail'],
    ['detail', 'registeredResources', 0],
    ['detail', 'remainingResources', 2],
    ['detail', 'attributes', 0],
  );
  const key = fc.oneof(fc.string(), fc.constantFrom('constructor', 'prototype', 'toString', 'hasOwnProperty')).map((name) => `${name}`);
  const known = new Set(READ_FIELDS.map((field) => field.path.at(-1)));
  fc.assert(
    fc.property(
      object,
      key.filter((name) => !known.has(name) && name !== '__proto__'),
      anyJson,
      (path, name, json) => {
        const event = withChange(containerInstanceEvent(), [...path, name], json);
        const result = parseContainerInstanceStateChange(event);
        expect(result.ok && result.value).toBe(event);
      },
    ),
    propertyParameters(300),
  );
});

test('an error holds nothing of a value', () => {
  const secret = 'x7Qz-not-to-be-logged';
  const place = fc.constantFrom(...READ_FIELDS.map((field) => field.path));
  const wrapped = fc.constantFrom<unknown>(secret, [secret], { [secret]: secret }, [[{ name: [secret] }]], { name: { [secret]: 1 } });
  fc.assert(
    fc.property(place, wrapped, (path, value) => {
      const result = parseContainerInstanceStateChange(withChange(containerInstanceEvent(), path, value));
      expect(JSON.stringify(result.ok ? '' : result.error)).not.toContain('x7Qz');
    }),
    propertyParameters(300),
  );
});
