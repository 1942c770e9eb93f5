import {
  type Daemon,
  type PlacementConstraint,
  type Result,
  readTaskDefinition,
  readTaskSize,
  type TaskSize,
} from '@plimsoll/capacity-core';
import type { ReadingScope } from './configuration/reading-variables.js';
import { type ConfiguredTaskSize, MAX_TASK_SIZES, type TaskSizeReference } from './configuration/task-size-variable.js';
import { groupOf, isDaemon, isOnHosts, type ServiceRecord } from './services.js';

/** A task definition as it was read, or why it could not be. */
export type TaskDefinitionAnswer = Result<unknown, string>;

/** What task sizes are made of. */
export interface TaskSizeSources {
  /** As configured. */
  readonly configured: readonly ConfiguredTaskSize[];
  /** The services of the cluster; none where they are not read. */
  readonly services: readonly ServiceRecord[];
  /** What is read of the cluster. */
  readonly scope: ReadingScope;
  /** The task definitions that {@link taskDefinitionsNeeded} named. */
  readonly taskDefinitions: ReadonlyMap<string, TaskDefinitionAnswer>;
}

/** A task size that cannot be counted. */
export interface RefusedTaskSize {
  /** The task definition, or the name of the size. */
  readonly taskSize: string;
  /** One sentence. */
  readonly reason: string;
}

/** The task sizes of a decision. */
export interface ResolvedTaskSizes {
  /** Sizes to count, with different names. At most 50. */
  readonly taskSizes: readonly TaskSize[];
  /** What a task of each other service asks for, counted or not: what waits is measured in it. */
  readonly serviceSizes: readonly TaskSize[];
  /** What daemon services start on each host. */
  readonly daemons: readonly Daemon[];
  /** What is left out, and why. */
  readonly refused: readonly RefusedTaskSize[];
  /** Whether one of these could not be read, and tasks of it must always fit: how much room that takes is not known. */
  readonly headroomUnknown: boolean;
}

/** The task definitions to read before the sizes can be resolved, each once. */
export function taskDefinitionsNeeded({ configured, services, scope }: Omit<TaskSizeSources, 'taskDefinitions'>): readonly string[] {
  const referenced = configured.filter(isReference).map(({ taskDefinition }) => taskDefinition);
  const ofServices = services
    .filter((service) => isOnHosts(service) && (isDaemon(service) || scope.discoverServices || scope.tasks))
    .flatMap(({ taskDefinition }) => taskDefinition ?? []);
  return [...new Set([...referenced, ...ofServices])];
}

/**
 * Resolves task sizes and daemons. Pure.
 *
 * What is configured comes first; a discovered service whose name is taken is left out. One that cannot be read is refused by itself.
 */
export function resolveTaskSizes(sources: TaskSizeSources): ResolvedTaskSizes {
  const { configured, scope } = sources;
  const services = sources.services.filter(isOnHosts);
  const fromConfiguration = configured.map((size) =>
    isReference(size) ? resolveReference(size, sources) : { ok: true as const, value: size },
  );
  const named = new Set(fromConfiguration.flatMap((size) => (size.ok ? size.value.name : [])));
  const ofServices =
    scope.discoverServices || scope.tasks
      ? services.filter((service) => !isDaemon(service)).map((service) => resolveService(service, scope.discoveredHeadroom, sources))
      : [];
  const discovered = ofServices.filter((size) => scope.discoverServices && !(size.ok && named.has(size.value.name)));
  const daemons = services.filter(isDaemon).map((service) => ({ service, size: resolveService(service, 0, sources) }));
  const { taken, refused } = takeOnce([...fromConfiguration, ...discovered]);
  // Not counted, but the constraints of its tasks are then unknown, and their hosts stay.
  const unread = scope.discoverServices ? [] : ofServices.flatMap((size) => (size.ok ? [] : [size.error]));
  return {
    taskSizes: taken,
    serviceSizes: ofServices.flatMap((size) => (size.ok ? [size.value] : [])),
    daemons: daemons.flatMap(({ service, size }) => (size.ok ? [{ ...size.value, group: groupOf(service) }] : [])),
    headroomUnknown:
      fromConfiguration.some((size, index) => !size.ok && (configured[index]?.headroom ?? 0) > 0) ||
      (scope.discoveredHeadroom > 0 && discovered.some(({ ok }) => !ok)),
    refused: [...refused, ...unread, ...daemons.flatMap(({ size }) => (size.ok ? [] : [size.error]))],
  };
}

/** Keeps the first of each name, and no more than a decision is made for. */
function takeOnce(sizes: readonly Resolved[]): { readonly taken: readonly TaskSize[]; readonly refused: readonly RefusedTaskSize[] } {
  const taken = new Map<string, TaskSize>();
  const refused: RefusedTaskSize[] = [];
  for (const size of sizes) {
    if (!size.ok) refused.push(size.error);
    else if (taken.has(size.value.name))
      refused.push({ taskSize: size.value.name, reason: 'another size has this name: configure a name' });
    else if (taken.size === MAX_TASK_SIZES) refused.push({ taskSize: size.value.name, reason: `only ${MAX_TASK_SIZES} sizes are counted` });
    else taken.set(size.value.name, size.value);
  }
  return { taken: [...taken.values()], refused };
}

function isReference(size: ConfiguredTaskSize): size is TaskSizeReference {
  return 'taskDefinition' in size;
}

type Resolved = Result<TaskSize, RefusedTaskSize>;

function resolveReference(reference: TaskSizeReference, { taskDefinitions }: TaskSizeSources): Resolved {
  const { taskDefinition, ...options } = reference;
  return readDefinition(taskDefinition, taskDefinitions, options);
}

function resolveService(service: ServiceRecord, headroom: number, { taskDefinitions }: TaskSizeSources): Resolved {
  const { serviceName: name = '', taskDefinition = '', placementConstraints = [] } = service;
  // The constraints are read as those of a task size are; it needs a demand to be one.
  const constraints = readTaskSize({ name: 'constraints', cpuUnits: 1, memoryMiB: 0, placementConstraints });
  if (!constraints.ok) return { ok: false, error: { taskSize: name, reason: constraints.error.message } };
  const options = { name, group: groupOf(service), headroom, placementConstraints: constraints.value.placementConstraints };
  return readDefinition(taskDefinition, taskDefinitions, options);
}

interface DefinitionOptions {
  readonly name?: string;
  readonly group?: string;
  readonly headroom: number;
  readonly placementConstraints?: readonly PlacementConstraint[];
}

function readDefinition(taskDefinition: string, answers: ReadonlyMap<string, TaskDefinitionAnswer>, options: DefinitionOptions): Resolved {
  const answer = answers.get(taskDefinition) ?? { ok: false, error: 'it was not read' };
  if (!answer.ok) return { ok: false, error: { taskSize: taskDefinition, reason: answer.error } };
  const size = readTaskDefinition(answer.value, options);
  return size.ok ? size : { ok: false, error: { taskSize: taskDefinition, reason: size.error.message } };
}
