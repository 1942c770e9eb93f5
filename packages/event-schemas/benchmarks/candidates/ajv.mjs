import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../schemas/container-instance-state-change.schema.json' with { type: 'json' };

const validate = new Ajv2020({ allErrors: true }).compile(schema);

/** Our JSON Schema, compiled when the program starts. */
export function check(event) {
  return validate(event) ? [] : validate.errors.map((issue) => issue.instancePath);
}
