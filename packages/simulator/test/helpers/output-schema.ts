import * as ecs from '@aws-sdk/client-ecs';
import { NormalizedSchema } from '@smithy/core/schema';

/** Faults of a raw JSON answer against the SDK's own schema of an operation's output; empty if it conforms. */
export function faultsOfOutput(operation: string, body: unknown): readonly string[] {
  return faultsAgainst(`${operation}Response$`, body);
}

/** Faults of a raw JSON error against the SDK's own schema of that error. An error the SDK does not model has a message only. */
export function faultsOfError(body: unknown): readonly string[] {
  if (!isObject(body) || typeof body.__type !== 'string' || typeof body.message !== 'string') {
    return ['an error needs __type and message'];
  }
  const { __type, ...members } = body;
  return `${__type}$` in ecs ? faultsAgainst(`${__type}$`, members) : Object.keys(members).filter((name) => name !== 'message');
}

function faultsAgainst(schemaName: string, body: unknown): readonly string[] {
  const schema = (ecs as unknown as Readonly<Record<string, Parameters<typeof NormalizedSchema.of>[0] | undefined>>)[schemaName];
  return schema === undefined ? [`the SDK has no schema ${schemaName}`] : walk(NormalizedSchema.of(schema), body, '$');
}

function walk(schema: NormalizedSchema, value: unknown, path: string): readonly string[] {
  if (schema.isStructSchema()) {
    return walkStruct(schema, value, path);
  }
  if (schema.isListSchema()) {
    return Array.isArray(value)
      ? value.flatMap((item, index) => walk(schema.getValueSchema(), item, `${path}[${index}]`))
      : [`${path}: not a list`];
  }
  if (schema.isMapSchema()) {
    return isObject(value)
      ? Object.entries(value).flatMap(([name, member]) => walk(schema.getValueSchema(), member, `${path}.${name}`))
      : [`${path}: not a map`];
  }
  return kindMatches(schema, value) ? [] : [`${path}: ${JSON.stringify(value)} is of the wrong kind`];
}

function walkStruct(schema: NormalizedSchema, value: unknown, path: string): readonly string[] {
  if (!isObject(value)) {
    return [`${path}: not a structure`];
  }
  const members = new Map(schema.structIterator());
  return Object.entries(value).flatMap(([name, member]) => {
    const known = members.get(name);
    return known === undefined ? [`${path}.${name}: unknown member`] : walk(known, member, `${path}.${name}`);
  });
}

function kindMatches(schema: NormalizedSchema, value: unknown): boolean {
  if (schema.isStringSchema()) {
    return typeof value === 'string';
  }
  if (schema.isBooleanSchema()) {
    return typeof value === 'boolean';
  }
  return (schema.isNumericSchema() || schema.isTimestampSchema()) && typeof value === 'number' && Number.isFinite(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
