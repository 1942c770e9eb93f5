import { accepted, type EcsResult, type Refusal, refused } from './ecs-error.js';
import type { EcsState, TaskDefinition } from './ecs-state.js';
import { arnOf, NAME_PATTERN } from './identifiers.js';
import type { ContainerDefinition, EcsRequest, RegisterTaskDefinitionRequest } from './request-schemas.js';
import { checkContainers } from './task-definition-rules.js';
import { parseTaskCpu, parseTaskMemory } from './task-size.js';
import type { EcsOperation } from './transition.js';

const NETWORK_MODES = ['bridge', 'host', 'awsvpc', 'none', 'default'];

/** Registers the next revision of a family. */
export const registerTaskDefinition: EcsOperation<RegisterTaskDefinitionRequest> = (state, request, transition) => {
  const content = readContent(request);
  if (!content.ok) {
    return content;
  }
  const { family } = content.value;
  const revisions = state.taskDefinitions.get(family) ?? [];
  const revision = revisions.length + 1;
  const definition: TaskDefinition = {
    arn: arnOf(state.settings, 'task-definition', `${family}:${revision}`),
    family,
    revision,
    registeredAt: transition.now,
    content: content.value,
  };
  revisions.push(definition);
  state.taskDefinitions.set(family, revisions);
  return accepted({ taskDefinition: describeDefinition(state, definition), tags: content.value.tags ?? [] });
};

/** Describes one revision; without a revision, the newest. */
export const describeTaskDefinition: EcsOperation<EcsRequest<'DescribeTaskDefinition'>> = (state, request) => {
  const definition = findTaskDefinition(state, request.taskDefinition);
  if (definition === undefined) {
    return refused('ClientException', 'Unable to describe task definition.');
  }
  const withTags = request.include?.includes('TAGS') === true;
  return accepted({ taskDefinition: describeDefinition(state, definition), tags: withTags ? (definition.content.tags ?? []) : [] });
};

/** Finds a task definition by `family`, `family:revision` or ARN. */
export function findTaskDefinition(state: EcsState, name: string | undefined): TaskDefinition | undefined {
  const prefix = arnOf(state.settings, 'task-definition', '');
  const short = name?.startsWith(prefix) === true ? name.slice(prefix.length) : (name ?? '');
  const [family = '', revision] = short.split(':');
  const revisions = state.taskDefinitions.get(family);
  if (revision === undefined) {
    return revisions?.at(-1);
  }
  return /^[1-9]\d*$/.test(revision) ? revisions?.[Number(revision) - 1] : undefined;
}

function readContent(request: RegisterTaskDefinitionRequest): EcsResult<TaskDefinition['content']> {
  const family = request.family ?? '';
  if (!NAME_PATTERN.test(family)) {
    return refused('ClientException', 'family must be 1 to 255 letters, digits, hyphens or underscores');
  }
  const networkMode = request.networkMode ?? 'bridge';
  if (!NETWORK_MODES.includes(networkMode)) {
    return refused('ClientException', `networkMode is ${networkMode}; use one of ${NETWORK_MODES.join(', ')}`);
  }
  const size = readSize(request);
  if (!size.ok) {
    return size;
  }
  const containers = checkContainers(request.containerDefinitions ?? [], { networkMode, taskMemory: size.value.memory });
  if (!containers.ok) {
    return containers;
  }
  const { cpu: _cpu, memory: _memory, ...rest } = request;
  return accepted({ ...rest, ...size.value, family, networkMode, containerDefinitions: containers.value });
}

function readSize(request: RegisterTaskDefinitionRequest): EcsResult<{ cpu?: string; memory?: string }> {
  const cpu = request.cpu === undefined ? undefined : parseTaskCpu(request.cpu);
  const memory = request.memory === undefined ? undefined : parseTaskMemory(request.memory);
  if (request.cpu !== undefined && cpu === undefined) {
    return unreadable('cpu', request.cpu);
  }
  if (request.memory !== undefined && memory === undefined) {
    return unreadable('memory', request.memory);
  }
  return accepted({ ...(cpu === undefined ? {} : { cpu: String(cpu) }), ...(memory === undefined ? {} : { memory: String(memory) }) });
}

function unreadable(name: string, value: string): Refusal {
  return refused('ClientException', `Invalid '${name}' setting for task: ${value}`);
}

function describeDefinition(state: EcsState, definition: TaskDefinition): Readonly<Record<string, unknown>> {
  const { tags: _tags, containerDefinitions, ...content } = definition.content;
  return {
    ...content,
    taskDefinitionArn: definition.arn,
    containerDefinitions: containerDefinitions.map(describeContainerDefinition),
    revision: definition.revision,
    volumes: content.volumes ?? [],
    status: 'ACTIVE',
    requiresAttributes: [],
    placementConstraints: content.placementConstraints ?? [],
    compatibilities: content.networkMode === 'awsvpc' ? ['EC2', 'FARGATE'] : ['EC2'],
    registeredAt: definition.registeredAt.getTime() / 1000,
    registeredBy: `arn:aws:iam::${state.settings.accountId}:root`,
  };
}

/** Lists that were not given come back empty, as ECS answers them. */
function describeContainerDefinition(container: ContainerDefinition): ContainerDefinition {
  return { portMappings: [], environment: [], mountPoints: [], volumesFrom: [], systemControls: [], ...container };
}
