import { accepted, type EcsResult, type Refusal, refused } from './ecs-error.js';
import type { ContainerDefinition } from './request-schemas.js';

/** What the task says that its containers depend on. */
export interface TaskSettings {
  /** Network mode. */
  readonly networkMode: string;
  /** Task-level memory in MiB as text, if set. */
  readonly taskMemory: string | undefined;
}

type PortMapping = NonNullable<ContainerDefinition['portMappings']>[number];

/** Checks container definitions and fills in ECS's defaults: cpu 0, essential, protocol tcp, host port. */
export function checkContainers(containers: readonly ContainerDefinition[], task: TaskSettings): EcsResult<readonly ContainerDefinition[]> {
  if (containers.length === 0) {
    return refused('ClientException', 'Container list cannot be empty.');
  }
  const filled = containers.map((container) => withDefaults(container, task));
  if (!filled.some(({ essential }) => essential)) {
    return refused('ClientException', 'no container is essential; at least one must be');
  }
  const names = new Set(filled.map(({ name }) => name));
  if (names.size < filled.length) {
    return refused('ClientException', 'two containers have the same name; give each its own');
  }
  return firstFault(filled, task) ?? repeatedPort(filled, task) ?? accepted(filled);
}

function withDefaults(container: ContainerDefinition, task: TaskSettings): ContainerDefinition {
  const portMappings = (container.portMappings ?? []).map((mapping) => ({
    ...mapping,
    protocol: mapping.protocol ?? 'tcp',
    hostPort: mapping.hostPort ?? (task.networkMode === 'host' || task.networkMode === 'awsvpc' ? (mapping.containerPort ?? 0) : 0),
  }));
  return { cpu: 0, essential: true, ...container, portMappings };
}

function firstFault(containers: readonly ContainerDefinition[], task: TaskSettings): Refusal | undefined {
  for (const container of containers) {
    const fault = faultOf(container, task);
    if (fault !== undefined) {
      return refused('ClientException', fault);
    }
  }
  return undefined;
}

function faultOf(container: ContainerDefinition, task: TaskSettings): string | undefined {
  if (container.name === undefined || container.name === '') {
    return 'Container.name should not be null or empty.';
  }
  if (container.image === undefined || container.image === '') {
    return 'Container.image should not be null or empty.';
  }
  return memoryFault(container, task) ?? portFault(container.portMappings ?? []) ?? gpuFault(container);
}

function memoryFault(container: ContainerDefinition, task: TaskSettings): string | undefined {
  const { memory, memoryReservation, name } = container;
  if ((container.cpu ?? 0) < 0 || (memory ?? 1) <= 0 || (memoryReservation ?? 1) <= 0) {
    return `container ${name} asks for CPU units below 0 or memory not above 0 MiB; raise them`;
  }
  if (memory === undefined && memoryReservation === undefined && task.taskMemory === undefined) {
    return `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`;
  }
  const crossed = memory !== undefined && memoryReservation !== undefined && memory < memoryReservation;
  return crossed
    ? `container ${name} reserves ${memoryReservation} MiB, above its limit of ${memory} MiB; lower the reservation`
    : undefined;
}

function portFault(mappings: readonly PortMapping[]): string | undefined {
  for (const { containerPort, hostPort, protocol } of mappings) {
    const ports = [containerPort ?? 1, hostPort === undefined || hostPort === 0 ? 1 : hostPort];
    if (ports.some((port) => port < 1 || port > 65535)) {
      return `a port mapping names port ${ports.join(' on host port ')}; use 1 to 65535`;
    }
    if (protocol !== 'tcp' && protocol !== 'udp') {
      return `a port mapping has protocol ${protocol}; use tcp or udp`;
    }
  }
  return undefined;
}

function gpuFault(container: ContainerDefinition): string | undefined {
  const wanted = (container.resourceRequirements ?? []).find(({ type, value }) => type === 'GPU' && !/^[1-9]\d{0,2}$/.test(value ?? ''));
  return wanted === undefined ? undefined : `container ${container.name} asks for ${wanted.value ?? 'no'} GPUs; use a whole number from 1`;
}

/** One host port can be bound once; a task that asks twice could start nowhere. */
function repeatedPort(containers: readonly ContainerDefinition[], task: TaskSettings): Refusal | undefined {
  if (task.networkMode === 'awsvpc' || task.networkMode === 'none') {
    return undefined;
  }
  const seen = new Set<string>();
  for (const { hostPort, protocol } of containers.flatMap(({ portMappings }) => portMappings ?? [])) {
    const port = `${hostPort}/${protocol}`;
    if (hostPort !== 0 && seen.has(port)) {
      return refused('ClientException', `host port ${port} is mapped twice in one task; map it once`);
    }
    seen.add(port);
  }
  return undefined;
}
