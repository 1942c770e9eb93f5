import type { HostError } from './host-error.js';
import { type HostResources, type NamedAmount, RESOURCE_NAMES } from './resource.js';
import { failure, type Result, success } from './result.js';

type Problem = Omit<HostError, 'containerInstanceArn'>;
type Fields = Readonly<Record<string, unknown>>;

/** Value fields of a resource in the order they are tried when a handwritten record names no type. */
const NUMBER_FIELDS = ['integerValue', 'longValue', 'doubleValue'] as const;
const FIELD_OF_TYPE: ReadonlyMap<unknown, string> = new Map([
  ['INTEGER', 'integerValue'],
  ['LONG', 'longValue'],
  ['DOUBLE', 'doubleValue'],
]);
const NAMED: ReadonlySet<string> = new Set(RESOURCE_NAMES);
const MAX_PORT = 65_535;
/** Characters of a record's own text that an error repeats. */
const MAX_TEXT = 40;
/** ECS's `integerValue` has 32 bits. The sum over any cluster then stays exact, whatever the order of its hosts. */
const MAX_AMOUNT = 2_147_483_647;

/** The fields of a JSON object, `undefined` for any other value. What a prototype holds was not in the JSON and is left out. */
export function ownFields(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return { __proto__: null, ...value };
}

/**
 * Reads `registeredResources` or `remainingResources`.
 *
 * A resource the host did not register counts as none of it. Resources are found by name, since their order varies, and a
 * value by the resource's `type`, since API responses fill the other value fields with zeros.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Resource.html
 */
export function readResources(input: unknown, path: string): Result<HostResources, Problem> {
  const indexed = indexByName(input, path);
  if (!indexed.ok) return indexed;
  const cpuUnits = readAmount(indexed.value.get('CPU'), `${path}[CPU]`);
  if (!cpuUnits.ok) return cpuUnits;
  const memoryMiB = readAmount(indexed.value.get('MEMORY'), `${path}[MEMORY]`);
  if (!memoryMiB.ok) return memoryMiB;
  const gpus = readGpus(indexed.value.get('GPU'), `${path}[GPU]`);
  if (!gpus.ok) return gpus;
  const takenTcpPorts = readPorts(indexed.value.get('PORTS'), `${path}[PORTS]`);
  if (!takenTcpPorts.ok) return takenTcpPorts;
  const takenUdpPorts = readPorts(indexed.value.get('PORTS_UDP'), `${path}[PORTS_UDP]`);
  if (!takenUdpPorts.ok) return takenUdpPorts;
  return success({
    cpuUnits: cpuUnits.value,
    memoryMiB: memoryMiB.value,
    gpus: gpus.value,
    takenTcpPorts: takenTcpPorts.value,
    takenUdpPorts: takenUdpPorts.value,
    others: readOthers(indexed.value),
  });
}

/** Resources that ECS does not name itself. One that is no readable amount is left out: a demand finds none of it, and the host stands. */
function readOthers(indexed: ReadonlyMap<string, Fields>): readonly NamedAmount[] {
  const others: NamedAmount[] = [];
  for (const [name, resource] of indexed) {
    const amount = NAMED.has(name) ? undefined : readAmount(resource, name);
    if (amount?.ok === true) others.push({ name, amount: amount.value });
  }
  return others.sort(byName);
}

/** Orders by name, character by character, whatever the language of the machine. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

function indexByName(input: unknown, path: string): Result<ReadonlyMap<string, Fields>, Problem> {
  if (input === undefined) return problem('MISSING_FIELD', path, `${path} is missing: give the whole record that ECS returned`);
  if (!Array.isArray(input)) return problem('WRONG_TYPE', path, `${path} is ${kindOf(input)}: expected an array of resources`);
  const byName = new Map<string, Fields>();
  for (const [index, item] of input.entries()) {
    const resource = ownFields(item);
    if (resource === undefined)
      return problem('WRONG_TYPE', `${path}[${index}]`, `${path}[${index}] is ${kindOf(item)}: expected a resource`);
    const { name } = resource;
    if (typeof name !== 'string')
      return problem('WRONG_TYPE', `${path}[${index}].name`, `${path}[${index}].name is ${kindOf(name)}: expected a string`);
    if (byName.has(name)) {
      const shown = name.slice(0, MAX_TEXT);
      return problem('DUPLICATE_RESOURCE', `${path}[${shown}]`, `${path}[${shown}] is listed twice: keep one`);
    }
    byName.set(name, resource);
  }
  return success(byName);
}

function readAmount(resource: Fields | undefined, path: string): Result<number, Problem> {
  if (resource === undefined) return success(0);
  const field =
    resource.type === undefined ? NUMBER_FIELDS.find((candidate) => resource[candidate] !== undefined) : FIELD_OF_TYPE.get(resource.type);
  if (field === undefined) {
    return problem(
      'WRONG_TYPE',
      `${path}.type`,
      `${path}.type is ${kindOrText(resource.type)}: expected INTEGER, LONG or DOUBLE with its value`,
    );
  }
  const value = resource[field];
  if (value === undefined) return problem('MISSING_FIELD', `${path}.${field}`, `${path}.${field} is missing: give the whole resource`);
  if (typeof value !== 'number')
    return problem('WRONG_TYPE', `${path}.${field}`, `${path}.${field} is ${kindOf(value)}: expected a number`);
  if (!(value >= 0 && value <= MAX_AMOUNT)) {
    return problem('OUT_OF_RANGE', `${path}.${field}`, `${path}.${field} is ${value}: expected a number, 0 to ${MAX_AMOUNT}`);
  }
  return success(withoutSign(value));
}

/** Turns -0, which JSON can hold, into 0. */
export function withoutSign(value: number): number {
  return value === 0 ? 0 : value;
}

/** ECS registers GPUs as the set of their device ids; a count is accepted too. */
function readGpus(resource: Fields | undefined, path: string): Result<number, Problem> {
  if (resource === undefined) return success(0);
  if (isStringSet(resource)) {
    const ids = readStringSet(resource, path);
    return ids.ok ? success(new Set(ids.value).size) : ids;
  }
  const count = readAmount(resource, path);
  if (count.ok && !Number.isInteger(count.value))
    return problem('OUT_OF_RANGE', path, `${path} is ${count.value}: expected a whole number of GPUs`);
  return count;
}

function readPorts(resource: Fields | undefined, path: string): Result<readonly number[], Problem> {
  if (resource === undefined) return success([]);
  if (!isStringSet(resource)) {
    return problem(
      'WRONG_TYPE',
      `${path}.type`,
      `${path}.type is ${kindOrText(resource.type)}: expected STRINGSET with the ports that are taken`,
    );
  }
  const texts = readStringSet(resource, path);
  if (!texts.ok) return texts;
  const ports: number[] = [];
  for (const text of texts.value) {
    const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (!(port <= MAX_PORT)) {
      return problem(
        'OUT_OF_RANGE',
        `${path}.stringSetValue`,
        `${path}.stringSetValue lists ${JSON.stringify(text.slice(0, MAX_TEXT))}: expected a port, 0 to ${MAX_PORT}`,
      );
    }
    ports.push(port);
  }
  return success(ports);
}

function isStringSet(resource: Fields): boolean {
  return resource.type === 'STRINGSET' || (resource.type === undefined && resource.stringSetValue !== undefined);
}

/** An empty set may come without its value field. */
function readStringSet(resource: Fields, path: string): Result<readonly string[], Problem> {
  const value = resource.stringSetValue ?? [];
  // Spread, since `every` alone skips the holes of a sparse array.
  const items: readonly unknown[] | undefined = Array.isArray(value) ? [...value] : undefined;
  if (!items?.every((item) => typeof item === 'string')) {
    return problem('WRONG_TYPE', `${path}.stringSetValue`, `${path}.stringSetValue is ${kindOf(value)}: expected an array of strings`);
  }
  return success(items);
}

/** The kind of a value, for a message; never the value. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function kindOrText(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, MAX_TEXT)) : kindOf(value);
}

function problem(code: Problem['code'], path: string, message: string): { readonly ok: false; readonly error: Problem } {
  return failure({ code, path, message });
}
