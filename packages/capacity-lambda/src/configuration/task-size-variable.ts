import { readTaskSize, type TaskSize } from '@plimsoll/capacity-core';
import { type Environment, refused, shown, type VariableResult } from './variable.js';

/** A task size that is read out of a task definition when the function runs. */
export interface TaskSizeReference {
  /** ARN of a revision, `family:revision`, or a family for its newest active revision. */
  readonly taskDefinition: string;
  /**
   * Name of the size in metrics.
   *
   * @default the family
   */
  readonly name?: string;
  /**
   * The group its tasks belong to: `service:web`.
   *
   * @default `family:` and the family
   */
  readonly group?: string;
  /**
   * How many more of its tasks must always fit. Integer, at least 0.
   *
   * @default 0
   */
  readonly headroom: number;
}

/** A task size as configured: in full, or by its task definition. */
export type ConfiguredTaskSize = TaskSize | TaskSizeReference;

/** Most task sizes that one decision is made for. */
export const MAX_TASK_SIZES = 50;

const VARIABLE = 'PLIMSOLL_TASK_SIZES';
/**
 * A revision by ARN, `family:revision`, or a family.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html (`taskDefinition`)
 */
const TASK_DEFINITION = /^(?:arn:[a-z0-9-]+:ecs:[a-z0-9-]+:\d{12}:task-definition\/)?[A-Za-z0-9_-]{1,255}(?::\d{1,10})?$/;
const REFERENCE_FIELDS = new Set(['taskDefinition', 'name', 'group', 'headroom']);

/**
 * Reads `PLIMSOLL_TASK_SIZES`: a JSON list of task sizes, each in full or by its task definition.
 *
 * @param optional - whether none may be given, since they are discovered
 */
export function readTaskSizesVariable(env: Environment, optional: boolean): VariableResult<readonly ConfiguredTaskSize[]> {
  const { [VARIABLE]: text = '' } = env;
  if (text.trim() === '') {
    if (optional) return { ok: true, value: [] };
    return refused('MISSING_VARIABLE', VARIABLE, 'is not set: give a JSON list such as [{"name":"web","cpuUnits":250,"memoryMiB":400}]');
  }
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    return refused('INVALID_JSON', VARIABLE, `is ${shown(text)}: give a JSON list of task sizes`);
  }
  return Array.isArray(input) && (input.length > 0 || optional)
    ? readList(input)
    : invalid(`taskSizes is ${Array.isArray(input) ? 'empty' : kindOf(input)}: give a JSON list of task sizes`);
}

function readList(items: readonly unknown[]): VariableResult<readonly ConfiguredTaskSize[]> {
  if (items.length > MAX_TASK_SIZES) return invalid(`it holds ${items.length} task sizes: give at most ${MAX_TASK_SIZES}`);
  const sizes: ConfiguredTaskSize[] = [];
  const names = new Set<string>();
  for (const [index, item] of items.entries()) {
    const path = `taskSizes[${index}]`;
    const size = isReference(item) ? readReference(item, path) : readInFull(item, path);
    if (!size.ok) return size;
    const { name } = size.value;
    if (name !== undefined && names.has(name)) return invalid(`${path}.name repeats ${shown(name)}: give each size a name of its own`);
    if (name !== undefined) names.add(name);
    sizes.push(size.value);
  }
  return { ok: true, value: sizes };
}

function isReference(item: unknown): item is Readonly<Record<string, unknown>> {
  return typeof item === 'object' && item !== null && Object.hasOwn(item, 'taskDefinition');
}

function readInFull(item: unknown, path: string): VariableResult<TaskSize> {
  const size = readTaskSize(item, path);
  return size.ok ? size : invalid(size.error.message);
}

function readReference(item: Readonly<Record<string, unknown>>, path: string): VariableResult<TaskSizeReference> {
  const { taskDefinition, ...others } = item;
  if (typeof taskDefinition !== 'string' || !TASK_DEFINITION.test(taskDefinition)) {
    const found = typeof taskDefinition === 'string' ? shown(taskDefinition) : kindOf(taskDefinition);
    return invalid(`${path}.taskDefinition is ${found}: give an ARN, family:revision or a family`);
  }
  const unknown = Object.keys(others).find((field) => !REFERENCE_FIELDS.has(field));
  if (unknown !== undefined) return invalid(`${path}.${unknown.slice(0, 80)} is no field beside taskDefinition: use name, group, headroom`);
  // Judged as a task size's own fields are; what it asks for comes later.
  const family = taskDefinition.slice(taskDefinition.lastIndexOf('/') + 1).replace(/:\d+$/, '');
  const checked = readTaskSize({ name: family, ...others, cpuUnits: 1, memoryMiB: 0 }, path);
  if (!checked.ok) return invalid(checked.error.message);
  const { name, group, headroom } = checked.value;
  return {
    ok: true,
    value: {
      taskDefinition,
      ...(others.name === undefined ? {} : { name }),
      ...(group === undefined ? {} : { group }),
      headroom,
    },
  };
}

function invalid(problem: string): ReturnType<typeof refused> {
  return refused('INVALID_TASK_SIZES', VARIABLE, `is refused: ${problem}`);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
