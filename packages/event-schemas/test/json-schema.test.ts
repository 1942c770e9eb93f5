import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvelope } from '@plimsoll/event-schemas/envelope';
import { propertyParameters } from '@plimsoll/test-support';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { EVENT_SHAPES } from './helpers/event-shapes';
import { ENVELOPE_FIELDS, type ReadField } from './helpers/read-fields';
import { SCHEMA_CASES, type SchemaCase } from './helpers/schema-cases';
import { containerInstanceEvent, type Loose, minimalContainerInstanceEvent, withChange } from './helpers/synthetic-events';

const folder = join(__dirname, '..', 'schemas');
const read = (name: string): Loose => JSON.parse(readFileSync(join(folder, `${name}.schema.json`), 'utf8'));

const envelope: SchemaCase = {
  name: 'envelope',
  schema: 'envelope',
  parse: parseEnvelope,
  whole: containerInstanceEvent,
  minimal: minimalContainerInstanceEvent,
  fields: ENVELOPE_FIELDS,
};
const cases = [...SCHEMA_CASES, envelope];

/** Values at the edges of what the schemas tell apart. */
const EDGES: readonly unknown[] = [
  ...[undefined, null, true, false, '', 'true', 'false', 'null', '22', 'Create', 'Update', 'Delete'],
  ...[-1, 0, 0.5, 2 ** 53 - 1, 2 ** 53, 1e300],
  ...[[], {}, [null], [{ name: 'CPU' }], [{}], ['22'], { name: 'CPU' }],
];

test('every schema has its file, and no file is without a schema', () => {
  const files = readdirSync(folder).map((file) => file.replace('.schema.json', ''));
  expect(new Set(files)).toEqual(new Set(cases.map((schema) => schema.schema)));
});

describe.each(cases.map((schema) => [schema.name, schema] as const))('JSON Schema %s', (_, { schema, parse, whole, minimal, fields }) => {
  const accepts = new Ajv2020({ strict: true }).compile(read(schema));

  test('agrees with the parser on whole and least input', () => {
    for (const input of [whole(), minimal()]) expect([accepts(input), parse(input).ok]).toEqual([true, true]);
  });

  test('agrees with the parser on every edge in every place', () => {
    for (const { path } of fields) {
      for (const edge of EDGES) {
        const input = withChange(whole(), path, edge);
        expect({ path, edge, ok: accepts(input) }).toEqual({ path, edge, ok: parse(input).ok });
      }
    }
  });

  test('agrees with the parser on random changes', () => {
    const place = fc.constantFrom(...fields.map((field) => field.path));
    const change = fc.tuple(place, fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(...EDGES)));
    fc.assert(
      fc.property(change, fc.constantFrom(whole, minimal), ([path, value], base) => {
        const input = canChange(base(), path) ? withChange(base(), path, value) : value;
        expect(accepts(input)).toBe(parse(input).ok);
      }),
      propertyParameters(300),
    );
  });
});

test.each(EVENT_SHAPES.map((row) => [row.shape, row] as const))('the JSON Schema agrees with the parser on: %s', (_, { event, issues }) => {
  const accepts = new Ajv2020({ strict: true }).compile(read('container-instance-state-change'));
  expect(accepts(event)).toBe(issues.length === 0);
});

test.each([...new Set(cases.map((schema) => schema.schema))])('every field the JSON Schema %s names is one the parser reads', (name) => {
  const fields = cases.filter((schema) => schema.schema === name).flatMap((schema) => schema.fields);
  expect(new Set(namedPaths(read(name)))).toEqual(new Set(fields.filter(isProperty).map(generalPath)));
});

/** Whether the parent of the place is there to change. */
function canChange(input: Loose, path: ReadField['path']): boolean {
  return path.slice(0, -1).reduce<Loose>((parent, key) => parent?.[key], input) !== undefined;
}

function isProperty(field: ReadField): boolean {
  return typeof field.path.at(-1) === 'string';
}

function generalPath(field: ReadField): string {
  return field.path.map((key) => (typeof key === 'number' ? '[]' : key)).join('.');
}

/** Paths of all properties a JSON Schema names. */
function namedPaths(root: Loose, node: Loose = root, path = ''): string[] {
  if (node.$ref !== undefined) return namedPaths(root, root.$defs[node.$ref.replace('#/$defs/', '')], path);
  const own = Object.entries(node.properties ?? {}).flatMap(([key, value]) => {
    const inner = path === '' ? key : `${path}.${key}`;
    return [inner, ...namedPaths(root, value, inner)];
  });
  const conditional = (node.allOf ?? []).flatMap((branch: Loose) => namedPaths(root, branch.then, path));
  return [...own, ...conditional, ...(node.items === undefined ? [] : namedPaths(root, node.items, `${path}.[]`))];
}
