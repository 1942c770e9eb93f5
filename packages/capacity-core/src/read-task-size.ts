import { readPlacement } from './read-placement.js';
import { kindOf, ownFields, withoutSign } from './read-resources.js';
import { failure, type Result, success } from './result.js';
import type { TaskSize, TaskSizes } from './task-size.js';

/** Why a task size was refused. */
export interface TaskSizeError {
  /**
   * - `WRONG_TYPE`: a field is absent or holds another kind of value.
   * - `OUT_OF_RANGE`: a number is negative, fractional, not finite, or not a port.
   * - `INVALID_NAME`: the name is empty, too long or has a character it may not have.
   * - `DUPLICATE`: two sizes share a name, or one size names a port twice.
   * - `UNKNOWN_FIELD`: a field this package does not know, such as a misspelt one.
   * - `INVALID_EXPRESSION`: the expression of a `memberOf` constraint is none of the cluster query language.
   * - `NO_DEMAND`: every demand is 0, so any number of tasks would fit.
   */
  readonly code: 'WRONG_TYPE' | 'OUT_OF_RANGE' | 'INVALID_NAME' | 'DUPLICATE' | 'UNKNOWN_FIELD' | 'INVALID_EXPRESSION' | 'NO_DEMAND';
  /** Where: `taskSizes[1].cpuUnits`, or `cpuUnits` where one size was read. */
  readonly path: string;
  /** One sentence with the wrong value and the remedy. */
  readonly message: string;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_./:-]{0,254}$/;
const MAX_PORT = 65_535;
const FIELDS: ReadonlySet<string> = new Set([
  'name',
  'cpuUnits',
  'memoryMiB',
  'gpus',
  'tcpPorts',
  'udpPorts',
  'networkMode',
  'others',
  'requiredAttributes',
  'placementConstraints',
  'group',
  'headroom',
]);

type Refusal = { readonly ok: false; readonly error: TaskSizeError };

/**
 * Reads a list of task sizes, as configuration gives them: at least one, each under a name of its own.
 *
 * @example
 * readTaskSizes([{ name: 'web', cpuUnits: 250, memoryMiB: 400, tcpPorts: [8080] }]);
 */
export function readTaskSizes(input: unknown): Result<TaskSizes, TaskSizeError> {
  if (!Array.isArray(input)) return refused('WRONG_TYPE', 'taskSizes', `is ${kindOf(input)}: expected a list of task sizes`);
  const sizes: TaskSize[] = [];
  for (const [index, item] of input.entries()) {
    const size = readTaskSize(item, `taskSizes[${index}]`);
    if (!size.ok) return size;
    if (sizes.some((other) => other.name === size.value.name)) {
      return refused(
        'DUPLICATE',
        `taskSizes[${index}].name`,
        `repeats ${JSON.stringify(size.value.name)}: give each task size a name of its own`,
      );
    }
    sizes.push(size.value);
  }
  const [first, ...rest] = sizes;
  if (first === undefined) return refused('WRONG_TYPE', 'taskSizes', 'is empty: give at least one task size');
  return success([first, ...rest]);
}

/**
 * Reads one task size. All but `name`, `cpuUnits` and `memoryMiB` may be left out.
 *
 * @param path - where the input stands, to begin the paths of errors with
 */
export function readTaskSize(input: unknown, path = ''): Result<TaskSize, TaskSizeError> {
  const at = (field: string): string => (path === '' ? field : `${path}.${field}`);
  const fields = ownFields(input);
  if (fields === undefined) return refused('WRONG_TYPE', path, `is ${kindOf(input)}: expected a task size`);
  const unknown = Object.keys(fields).find((key) => !FIELDS.has(key));
  if (unknown !== undefined)
    return refused('UNKNOWN_FIELD', at(unknown.slice(0, 80)), `is no field of a task size: use ${[...FIELDS].join(', ')}`);
  const { name } = fields;
  if (typeof name !== 'string') return refused('WRONG_TYPE', at('name'), `is ${kindOf(name)}: expected a string`);
  if (!NAME.test(name)) {
    return refused(
      'INVALID_NAME',
      at('name'),
      `is ${JSON.stringify(name.slice(0, 80))}: use 1 to 255 letters, digits and _ . / : -, the first a letter or digit`,
    );
  }
  const cpuUnits = readDemand(fields.cpuUnits, at('cpuUnits'), 'CPU units');
  if (!cpuUnits.ok) return cpuUnits;
  const memoryMiB = readDemand(fields.memoryMiB, at('memoryMiB'), 'MiB');
  if (!memoryMiB.ok) return memoryMiB;
  const gpus = readDemand(fields.gpus ?? 0, at('gpus'), 'GPUs');
  if (!gpus.ok) return gpus;
  const tcpPorts = readPorts(fields.tcpPorts ?? [], at('tcpPorts'));
  if (!tcpPorts.ok) return tcpPorts;
  const udpPorts = readPorts(fields.udpPorts ?? [], at('udpPorts'));
  if (!udpPorts.ok) return udpPorts;
  const placement = readPlacement(fields, at);
  if (!placement.ok) return placement;
  const size: TaskSize = {
    name,
    cpuUnits: cpuUnits.value,
    memoryMiB: memoryMiB.value,
    gpus: gpus.value,
    tcpPorts: tcpPorts.value,
    udpPorts: udpPorts.value,
    ...placement.value,
  };
  return demandsSomething(size)
    ? success(size)
    : refused('NO_DEMAND', path, `(${name}) asks for nothing: give it CPU, memory, a GPU or a port`);
}

function demandsSomething(size: TaskSize): boolean {
  return size.cpuUnits + size.memoryMiB + size.gpus + size.tcpPorts.length + size.udpPorts.length + size.others.length > 0;
}

function readDemand(value: unknown, path: string, unit: string): Result<number, TaskSizeError> {
  if (typeof value !== 'number') return refused('WRONG_TYPE', path, `is ${kindOf(value)}: expected a whole number of ${unit}`);
  if (!Number.isSafeInteger(value) || value < 0)
    return refused('OUT_OF_RANGE', path, `is ${value}: expected a whole number of ${unit}, 0 or more`);
  return success(withoutSign(value));
}

function readPorts(value: unknown, path: string): Result<readonly number[], TaskSizeError> {
  if (!Array.isArray(value)) return refused('WRONG_TYPE', path, `is ${kindOf(value)}: expected a list of ports`);
  for (const [index, port] of value.entries()) {
    if (typeof port !== 'number') return refused('WRONG_TYPE', `${path}[${index}]`, `is ${kindOf(port)}: expected a port`);
    if (!Number.isInteger(port) || port < 1 || port > MAX_PORT) {
      return refused('OUT_OF_RANGE', `${path}[${index}]`, `is ${port}: expected a port, 1 to ${MAX_PORT}`);
    }
    if (value.indexOf(port) !== index) return refused('DUPLICATE', `${path}[${index}]`, `repeats port ${port}: name it once`);
  }
  return success([...value]);
}

function refused(code: TaskSizeError['code'], path: string, problem: string): Refusal {
  return failure({ code, path, message: path === '' ? `task size ${problem}` : `${path} ${problem}` });
}
