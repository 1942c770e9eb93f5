import { NormalizedSchema } from '@smithy/core/schema';

type SchemaReference = Parameters<typeof NormalizedSchema.of>[0];

/**
 * Where an AWS JSON answer is not what the client's schema says it is.
 *
 * @returns paths with what is wrong there; empty if the answer fits
 */
export function schemaViolations(schema: SchemaReference, value: unknown, path = '$'): readonly string[] {
  const normalized = NormalizedSchema.of(schema);
  if (normalized.isListSchema()) {
    if (!Array.isArray(value)) return [`${path} is not a list`];
    return value.flatMap((member, index) => schemaViolations(normalized.getValueSchema(), member, `${path}[${index}]`));
  }
  if (normalized.isStructSchema()) return structureViolations(normalized, value, path);
  const expected = scalarType(normalized);
  return expected === typeof value ? [] : [`${path} is ${typeof value}, not ${expected}`];
}

function structureViolations(schema: NormalizedSchema, value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is not a structure`];
  const members = new Map(schema.structIterator());
  return Object.entries(value).flatMap(([name, member]) => {
    const memberSchema = members.get(name);
    return memberSchema === undefined ? [`${path}.${name} is not in the model`] : schemaViolations(memberSchema, member, `${path}.${name}`);
  });
}

/** JavaScript type of a scalar in AWS JSON, where a time stamp is a number of seconds. */
function scalarType(schema: NormalizedSchema): string {
  if (schema.isTimestampSchema() || schema.isNumericSchema()) return 'number';
  if (schema.isBooleanSchema()) return 'boolean';
  return schema.isStringSchema() ? 'string' : 'nothing this reads';
}
