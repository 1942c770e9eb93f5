import { accepted, type EcsResult, invalidParameter } from './ecs-error.js';
import type { HostResource } from './host-resources.js';
import type { RequestedResource } from './request-schemas.js';

/** Type each resource that tasks take from must have. */
const TYPES: ReadonlyMap<string, HostResource['type']> = new Map([
  ['CPU', 'INTEGER'],
  ['MEMORY', 'INTEGER'],
  ['PORTS', 'STRINGSET'],
  ['PORTS_UDP', 'STRINGSET'],
  ['GPU', 'STRINGSET'],
]);

/** Largest value of an INTEGER resource, a signed 32-bit number in the SDK's model. */
const LARGEST_INTEGER = 2 ** 31 - 1;

/**
 * Reads what an agent registers. PORTS and PORTS_UDP that it leaves out are
 * added empty, so that a task with a fixed port can be placed and accounted.
 */
export function readResources(requested: readonly RequestedResource[]): EcsResult<readonly HostResource[]> {
  const resources: HostResource[] = [];
  for (const one of requested) {
    const resource = readResource(one);
    if (!resource.ok) {
      return resource;
    }
    resources.push(resource.value);
  }
  const names = new Set(resources.map(({ name }) => name));
  if (names.size < resources.length) {
    return invalidParameter('totalResources names one resource twice; name each once');
  }
  const missing = ['PORTS', 'PORTS_UDP'].filter((name) => !names.has(name));
  return accepted([...resources, ...missing.map((name): HostResource => ({ name, type: 'STRINGSET', values: [] }))]);
}

function readResource(requested: RequestedResource): EcsResult<HostResource> {
  const { name, type } = requested;
  if (name === undefined || name === '') {
    return invalidParameter('totalResources has a resource without a name; name it');
  }
  const required = TYPES.get(name);
  if (required !== undefined && type !== required) {
    return invalidParameter(`resource ${name} has type ${type ?? 'missing'}; give it type ${required}`);
  }
  switch (type) {
    case 'STRINGSET':
      return accepted({ name, type, values: [...new Set(requested.stringSetValue ?? [])] });
    case 'INTEGER':
      return readNumber(name, type, requested.integerValue);
    case 'LONG':
      return readNumber(name, type, requested.longValue);
    case 'DOUBLE':
      return readNumber(name, type, requested.doubleValue);
    default:
      return invalidParameter(`resource ${name} has type ${type ?? 'missing'}; use INTEGER, DOUBLE, LONG or STRINGSET`);
  }
}

function readNumber(name: string, type: 'INTEGER' | 'LONG' | 'DOUBLE', value: number | undefined): EcsResult<HostResource> {
  const inRange = value !== undefined && Number.isFinite(value) && value >= 0 && (type !== 'INTEGER' || value <= LARGEST_INTEGER);
  return inRange
    ? accepted({ name, type, value })
    : invalidParameter(`resource ${name} has value ${value ?? 'missing'}; give a number from 0`);
}
