import type { Attribute } from './attribute.js';
import { type ContainerDemand, readContainers, readWhole, refused } from './container-demand.js';
import type { PlacementConstraint } from './placement-constraint.js';
import { readAttributes } from './read-attributes.js';
import { readConstraints } from './read-placement.js';
import { kindOf, ownFields } from './read-resources.js';
import { readTaskSize, type TaskSizeError } from './read-task-size.js';
import { failure, type Result, success } from './result.js';
import type { NetworkMode, TaskSize } from './task-size.js';

/** What a task definition does not say of the tasks made from it. */
export interface TaskDefinitionOptions {
  /**
   * Name of the task size.
   *
   * @default the family
   */
  readonly name?: string;
  /**
   * The group its tasks belong to: `service:web` for those of a service.
   *
   * @default `family:` and the family, as RunTask has it
   */
  readonly group?: string;
  /** Constraints of the service or of the call, beside those of the task definition. */
  readonly placementConstraints?: readonly PlacementConstraint[];
  /**
   * How many more of these tasks must always fit, in tasks.
   *
   * @default 0
   */
  readonly headroom?: number;
}

/** Why a task definition could not be read. */
export interface TaskDefinitionError {
  /**
   * - `MISSING_FIELD`: a field this package needs is absent.
   * - `UNSUPPORTED`: it asks for something that cannot be counted.
   * - others: as for a task size.
   */
  readonly code: 'MISSING_FIELD' | 'UNSUPPORTED' | TaskSizeError['code'];
  /** Where: `containerDefinitions[0].memory`. */
  readonly path: string;
  /** One sentence with the wrong value and the remedy. */
  readonly message: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Host ports that a network mode reserves. `default` is Windows's own, and maps ports as `bridge` does. */
const MODES: ReadonlyMap<unknown, { readonly networkMode: NetworkMode; readonly portsOf: 'hostPort' | 'containerPort' | 'none' }> = new Map(
  [
    ['bridge', { networkMode: 'bridge', portsOf: 'hostPort' }],
    ['default', { networkMode: 'bridge', portsOf: 'hostPort' }],
    ['host', { networkMode: 'host', portsOf: 'containerPort' }],
    ['awsvpc', { networkMode: 'awsvpc', portsOf: 'none' }],
    ['none', { networkMode: 'none', portsOf: 'none' }],
  ],
);

/**
 * Reads what a task takes of a host out of its task definition: the output of DescribeTaskDefinition or RegisterTaskDefinition, the
 * task definition itself, or the input to register it.
 *
 * CPU and memory are the task's where it has them, else the sum over its containers: of each the reservation where it is above 0,
 * else the hard limit. A host port is taken where it is fixed: in network mode `bridge` a `hostPort` above 0, in `host` the port of
 * the container, in `awsvpc` and `none` never; a `containerPortRange` gets ports that ECS chooses. An input to register says less
 * than what was registered: ECS adds `requiresAttributes`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 * @see https://github.com/aws/amazon-ecs-agent/blob/8dfceca/agent/api/task/task.go (`ToHostResources`)
 */
export function readTaskDefinition(document: unknown, options: TaskDefinitionOptions = {}): Result<TaskSize, TaskDefinitionError> {
  const outer = ownFields(document);
  if (outer === undefined) return refused('WRONG_TYPE', '', `is ${kindOf(document)}: expected a JSON object`);
  const prefix = outer.taskDefinition === undefined ? '' : 'taskDefinition.';
  const fields = prefix === '' ? outer : ownFields(outer.taskDefinition);
  if (fields === undefined)
    return refused('WRONG_TYPE', 'taskDefinition', `is ${kindOf(outer.taskDefinition)}: expected a task definition`);
  const { family } = fields;
  if (family === undefined) return refused('MISSING_FIELD', `${prefix}family`, 'is missing: give the whole task definition');
  if (typeof family !== 'string') return refused('WRONG_TYPE', `${prefix}family`, `is ${kindOf(family)}: expected a string`);
  const demand = readDemand(fields, prefix);
  if (!demand.ok) return demand;
  const placement = readWhere(fields, prefix);
  if (!placement.ok) return placement;
  // Checked as any other task size; what was read above cannot fail there any more.
  const size = readTaskSize({
    name: options.name ?? family,
    ...demand.value,
    group: options.group ?? `family:${family}`,
    headroom: options.headroom ?? 0,
  });
  if (!size.ok) return failure({ ...size.error, path: size.error.path === 'name' ? `${prefix}family` : size.error.path });
  const { requiredAttributes, placementConstraints } = placement.value;
  return success({
    ...size.value,
    requiredAttributes,
    placementConstraints: [...placementConstraints, ...(options.placementConstraints ?? [])],
  });
}

function readDemand(fields: Fields, prefix: string): Result<ContainerDemand & { readonly networkMode: NetworkMode }, TaskDefinitionError> {
  const mode = MODES.get(fields.networkMode ?? 'bridge');
  if (mode === undefined) {
    const found = typeof fields.networkMode === 'string' ? JSON.stringify(fields.networkMode.slice(0, 40)) : kindOf(fields.networkMode);
    return refused('WRONG_TYPE', `${prefix}networkMode`, `is ${found}: expected ${[...MODES.keys()].join(', ')}`);
  }
  const containers = readContainers(fields.containerDefinitions, `${prefix}containerDefinitions`, mode.portsOf);
  if (!containers.ok) return containers;
  const cpu = readQuantity(fields.cpu, `${prefix}cpu`, { unit: /\s*vcpu$/i, name: 'CPU units' });
  if (!cpu.ok) return cpu;
  const memory = readQuantity(fields.memory, `${prefix}memory`, { unit: /\s*gb$/i, name: 'MiB' });
  if (!memory.ok) return memory;
  return success({
    ...containers.value,
    cpuUnits: cpu.value > 0 ? cpu.value : containers.value.cpuUnits,
    memoryMiB: memory.value > 0 ? memory.value : containers.value.memoryMiB,
    networkMode: mode.networkMode,
  });
}

/** Task-level CPU or memory: a text of digits, or, in an input to register, of vCPUs or GB; 0 where there is none. */
function readQuantity(
  value: unknown,
  path: string,
  { unit, name }: { readonly unit: RegExp; readonly name: string },
): Result<number, TaskDefinitionError> {
  if (value === undefined) return success(0);
  if (typeof value !== 'string') return readWhole(value, path, name);
  const scaled = unit.test(value);
  const digits = value.replace(unit, '').trim();
  if (!(scaled ? /^\d{1,9}(?:\.\d{1,9})?$|^\.\d{1,9}$/ : /^\d{1,15}$/).test(digits)) {
    return refused('OUT_OF_RANGE', path, `is ${JSON.stringify(value.slice(0, 40))}: expected a whole number of ${name}`);
  }
  return readWhole(Number(digits) * (scaled ? 1024 : 1), path, name);
}

function readWhere(
  fields: Fields,
  prefix: string,
): Result<Pick<TaskSize, 'requiredAttributes' | 'placementConstraints'>, TaskDefinitionError> {
  const required = readAttributes(fields.requiresAttributes ?? [], `${prefix}requiresAttributes`);
  if (!required.ok) return required;
  const platform = readPlatform(fields.runtimePlatform, `${prefix}runtimePlatform`);
  if (!platform.ok) return platform;
  const constraints = readConstraints(fields.placementConstraints ?? [], `${prefix}placementConstraints`);
  if (!constraints.ok) return constraints;
  const attributes = new Map(
    [...required.value, ...platform.value].map((attribute) => [`${attribute.name}=${attribute.value}`, attribute]),
  );
  return success({ requiredAttributes: [...attributes.values()], placementConstraints: constraints.value });
}

/**
 * The attributes of hosts that a runtime platform needs.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html (`ecs.cpu-architecture`, `ecs.os-type`)
 */
function readPlatform(input: unknown, path: string): Result<readonly Attribute[], TaskDefinitionError> {
  if (input === undefined) return success([]);
  const fields = ownFields(input);
  if (fields === undefined) return refused('WRONG_TYPE', path, `is ${kindOf(input)}: expected a runtime platform`);
  const { cpuArchitecture, operatingSystemFamily } = fields;
  for (const [name, value] of Object.entries({ cpuArchitecture, operatingSystemFamily })) {
    if (value !== undefined && typeof value !== 'string') {
      return refused('WRONG_TYPE', `${path}.${name}`, `is ${kindOf(value)}: expected a string`);
    }
  }
  const attributes: Attribute[] = [];
  if (typeof cpuArchitecture === 'string') attributes.push({ name: 'ecs.cpu-architecture', value: cpuArchitecture.toLowerCase() });
  if (typeof operatingSystemFamily === 'string') {
    attributes.push({ name: 'ecs.os-type', value: operatingSystemFamily.startsWith('WINDOWS') ? 'windows' : 'linux' });
  }
  return success(attributes);
}
