import type { PlacementConstraint } from './placement-constraint.js';
import { parsePlacementExpression } from './placement-expression/parse.js';
import { readAttributes } from './read-attributes.js';
import { byName, kindOf, ownFields, withoutSign } from './read-resources.js';
import type { TaskSizeError } from './read-task-size.js';
import { type NamedAmount, RESOURCE_NAMES } from './resource.js';
import { failure, type Result, success } from './result.js';
import type { NetworkMode, TaskSize } from './task-size.js';

type Placement = Pick<TaskSize, 'networkMode' | 'others' | 'requiredAttributes' | 'placementConstraints' | 'group' | 'headroom'>;
type Refusal = { readonly ok: false; readonly error: TaskSizeError };

const NETWORK_MODES: readonly NetworkMode[] = ['awsvpc', 'bridge', 'host', 'none'];
const MAX_NAME = 255;
/** Of less, more copies than a number counts exactly would fit where a host has the 2,147,483,647 that ECS can write. */
const LEAST_AMOUNT = 0.01;

/** Reads the fields of a task size that say where it may be placed; each may be left out. */
export function readPlacement(fields: Readonly<Record<string, unknown>>, at: (field: string) => string): Result<Placement, TaskSizeError> {
  const networkMode = readNetworkMode(fields.networkMode ?? 'bridge', at('networkMode'));
  if (!networkMode.ok) return networkMode;
  const others = readOthers(fields.others ?? [], at('others'));
  if (!others.ok) return others;
  const requiredAttributes = readAttributes(fields.requiredAttributes ?? [], at('requiredAttributes'));
  if (!requiredAttributes.ok) return requiredAttributes;
  const placementConstraints = readConstraints(fields.placementConstraints ?? [], at('placementConstraints'));
  if (!placementConstraints.ok) return placementConstraints;
  const group = readGroup(fields.group, at('group'));
  if (!group.ok) return group;
  const headroom = readHeadroom(fields.headroom ?? 0, at('headroom'));
  if (!headroom.ok) return headroom;
  return success({
    networkMode: networkMode.value,
    others: others.value,
    requiredAttributes: requiredAttributes.value,
    placementConstraints: placementConstraints.value,
    ...(group.value === undefined ? {} : { group: group.value }),
    headroom: headroom.value,
  });
}

function readNetworkMode(input: unknown, path: string): Result<NetworkMode, TaskSizeError> {
  const mode = NETWORK_MODES.find((known) => known === input);
  if (mode !== undefined) return success(mode);
  const found = typeof input === 'string' ? JSON.stringify(input.slice(0, 40)) : kindOf(input);
  return refused('WRONG_TYPE', path, `is ${found}: expected ${NETWORK_MODES.join(', ')}`);
}

function readGroup(input: unknown, path: string): Result<string | undefined, TaskSizeError> {
  if (input === undefined || (typeof input === 'string' && input !== '' && input.length <= MAX_NAME)) return success(input);
  return refused('WRONG_TYPE', path, `is ${input === '' ? 'empty' : kindOf(input)}: expected a group such as service:web`);
}

function readHeadroom(input: unknown, path: string): Result<number, TaskSizeError> {
  if (typeof input !== 'number') return refused('WRONG_TYPE', path, `is ${kindOf(input)}: expected a whole number of tasks`);
  if (!Number.isSafeInteger(input) || input < 0) {
    return refused('OUT_OF_RANGE', path, `is ${input}: expected a whole number of tasks, 0 or more`);
  }
  return success(withoutSign(input));
}

function readOthers(input: unknown, path: string): Result<readonly NamedAmount[], TaskSizeError> {
  if (!Array.isArray(input)) return refused('WRONG_TYPE', path, `is ${kindOf(input)}: expected a list of resources`);
  const others: NamedAmount[] = [];
  for (const [index, item] of input.entries()) {
    const other = readOther(item, `${path}[${index}]`);
    if (!other.ok) return other;
    const { name } = other.value;
    if (others.some((known) => known.name === name)) {
      return refused('DUPLICATE', `${path}[${index}].name`, `repeats ${JSON.stringify(name)}: name it once`);
    }
    others.push(other.value);
  }
  return success(others.filter(({ amount }) => amount > 0).sort(byName));
}

function readOther(input: unknown, path: string): Result<NamedAmount, TaskSizeError> {
  const fields = ownFields(input);
  if (fields === undefined) return refused('WRONG_TYPE', path, `is ${kindOf(input)}: expected a resource`);
  const { name, amount } = fields;
  if (typeof name !== 'string') return refused('WRONG_TYPE', `${path}.name`, `is ${kindOf(name)}: expected a string`);
  if (name === '' || name.length > MAX_NAME || RESOURCE_NAMES.some((known) => known === name)) {
    const shown = JSON.stringify(name.slice(0, 40));
    return refused('INVALID_NAME', `${path}.name`, `is ${shown}: name a resource that has no field of its own`);
  }
  if (typeof amount !== 'number') return refused('WRONG_TYPE', `${path}.amount`, `is ${kindOf(amount)}: expected a number`);
  if (!(amount >= 0 && amount <= Number.MAX_SAFE_INTEGER)) {
    return refused('OUT_OF_RANGE', `${path}.amount`, `is ${amount}: expected a number, 0 or more`);
  }
  if (amount > 0 && amount < LEAST_AMOUNT) {
    return refused('OUT_OF_RANGE', `${path}.amount`, `is ${amount}: expected 0, or ${LEAST_AMOUNT} or more of a smaller unit`);
  }
  return success({ name, amount: withoutSign(amount) });
}

/** Reads a list of placement constraints, each expression parsed. */
export function readConstraints(input: unknown, path: string): Result<readonly PlacementConstraint[], TaskSizeError> {
  if (!Array.isArray(input)) return refused('WRONG_TYPE', path, `is ${kindOf(input)}: expected a list of placement constraints`);
  const constraints: PlacementConstraint[] = [];
  for (const [index, item] of input.entries()) {
    const constraint = readConstraint(item, `${path}[${index}]`);
    if (!constraint.ok) return constraint;
    constraints.push(constraint.value);
  }
  return success(constraints);
}

function readConstraint(input: unknown, path: string): Result<PlacementConstraint, TaskSizeError> {
  const fields = ownFields(input);
  if (fields === undefined) return refused('WRONG_TYPE', path, `is ${kindOf(input)}: expected a placement constraint`);
  const { type, expression } = fields;
  if (type === 'distinctInstance') return success({ type });
  if (type !== 'memberOf') {
    const found = typeof type === 'string' ? JSON.stringify(type.slice(0, 40)) : kindOf(type);
    return refused('WRONG_TYPE', `${path}.type`, `is ${found}: expected distinctInstance or memberOf`);
  }
  if (typeof expression !== 'string') return refused('WRONG_TYPE', `${path}.expression`, `is ${kindOf(expression)}: expected a string`);
  const parsed = parsePlacementExpression(expression);
  if (!parsed.ok) return refused('INVALID_EXPRESSION', `${path}.expression`, `is refused: ${parsed.error.message}`);
  return success({ type, expression: parsed.value });
}

function refused(code: TaskSizeError['code'], path: string, problem: string): Refusal {
  return failure({ code, path, message: `${path} ${problem}` });
}
