import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
for (const name of ['capacity', 'replay', 'run-task', 'simulate']) {
  ajv.addSchema(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schemas', `${name}.schema.json`), 'utf8')));
}

/** What the committed schema has against the value; empty if nothing. */
export function schemaErrors(name: 'capacity' | 'replay' | 'run-task' | 'simulate', value: unknown): readonly unknown[] {
  const validate = ajv.getSchema(`urn:plimsoll:cli:${name}`);
  if (validate === undefined) throw new TypeError(`schema ${name} is not loaded`);
  return validate(value) === true ? [] : (validate.errors ?? ['without reason']);
}
