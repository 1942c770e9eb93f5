import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseContainerInstanceStateChange } from '@plimsoll/event-schemas/container-instance-state-change';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { EVENT_SHAPES } from './helpers/event-shapes';
import { propertyParameters } from './helpers/property-parameters';
import { READ_FIELDS } from './helpers/read-fields';
import { containerInstanceEvent, withChange } from './helpers/synthetic-events';

const file = join(__dirname, '..', 'schemas', 'container-instance-state-change.schema.json');
const schema: object = JSON.parse(readFileSync(file, 'utf8'));
const accepts = new Ajv2020({ strict: true }).compile(schema);

test.each(EVENT_SHAPES.map((row) => [row.shape, row] as const))('the JSON Schema agrees with the parser on: %s', (_, { event, issues }) => {
  expect(accepts(event)).toBe(issues.length === 0);
});

test('the JSON Schema and the parser agree on random changes', () => {
  const place = fc.constantFrom(...READ_FIELDS.map((field) => field.path));
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(undefined, '', -1, 0, 0.5, 2 ** 53, 1e300, [], {}, [{ name: 'CPU' }], [{}], ['22']),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(place, value), { maxLength: 1 }), (changes) => {
      const event = changes.reduce((changed, [path, json]) => withChange(changed, path, json), containerInstanceEvent());
      expect(accepts(event)).toBe(parseContainerInstanceStateChange(event).ok);
    }),
    propertyParameters(2_000),
  );
});

test('every field the JSON Schema names is one the parser reads', () => {
  const named = Object.keys((schema as { $defs: { detail: { properties: object } } }).$defs.detail.properties);
  const read = new Set(READ_FIELDS.filter(({ path }) => path[0] === 'detail').map(({ path }) => path[1]));
  read.delete(undefined);
  expect(new Set(named)).toEqual(read);
});
