import { accepted, type EcsResult, invalidParameter } from './ecs-error.js';
import type { TaskDefinition } from './ecs-state.js';
import type { RunTaskRequest } from './request-schemas.js';
import { checkContainers } from './task-definition-rules.js';
import { containersOf, parseTaskCpu, parseTaskMemory } from './task-size.js';

type Overrides = NonNullable<RunTaskRequest['overrides']>;

/** Checks overrides, and the containers they make of a definition's by the rules of a definition; CPU and memory come back as integers. */
export function readOverrides(overrides: Overrides | undefined, definition: TaskDefinition): EcsResult<Overrides | undefined> {
  if (overrides === undefined) {
    return accepted(undefined);
  }
  const misnamed = nameFault(overrides, definition);
  if (misnamed !== undefined) {
    return invalidParameter(misnamed);
  }
  const cpu = overrides.cpu === undefined ? undefined : parseTaskCpu(overrides.cpu);
  const memory = overrides.memory === undefined ? undefined : parseTaskMemory(overrides.memory);
  if ((overrides.cpu !== undefined && cpu === undefined) || (overrides.memory !== undefined && memory === undefined)) {
    return invalidParameter(
      `overrides ask for cpu ${overrides.cpu ?? 'unset'} and memory ${overrides.memory ?? 'unset'}; use CPU units and MiB`,
    );
  }
  const checked = checkContainers(containersOf(definition, overrides), {
    networkMode: definition.content.networkMode ?? 'bridge',
    taskMemory: overrides.memory ?? definition.content.memory,
  });
  if (!checked.ok) {
    return invalidParameter(`overrides: ${checked.error.message}`);
  }
  return accepted({
    ...overrides,
    ...(cpu === undefined ? {} : { cpu: String(cpu) }),
    ...(memory === undefined ? {} : { memory: String(memory) }),
  });
}

function nameFault({ containerOverrides = [] }: Overrides, definition: TaskDefinition): string | undefined {
  const known = new Set(definition.content.containerDefinitions.map(({ name }) => name));
  const unknown = containerOverrides.find(({ name }) => !known.has(name));
  if (unknown !== undefined) {
    return `Override for container named ${unknown.name ?? ''} is not a container in the TaskDefinition.`;
  }
  const names = new Set(containerOverrides.map(({ name }) => name));
  return names.size < containerOverrides.length ? 'overrides name one container twice; override each once' : undefined;
}
