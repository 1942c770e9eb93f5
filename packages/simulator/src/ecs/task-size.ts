import type { TaskDefinition } from './ecs-state.js';
import type { TaskDemand } from './host-resources.js';
import type { ContainerDefinition, RunTaskRequest } from './request-schemas.js';

type Overrides = RunTaskRequest['overrides'];
type PortMapping = NonNullable<ContainerDefinition['portMappings']>[number];

/** The containers of a definition with the overrides of a run applied. */
export function containersOf(definition: TaskDefinition, overrides: Overrides): readonly ContainerDefinition[] {
  return definition.content.containerDefinitions.map((container) => {
    const override = overrides?.containerOverrides?.find(({ name }) => name === container.name);
    return override === undefined ? container : { ...container, ...override, ...mergedEnvironment(container, override) };
  });
}

/** Variables are added to those of the definition, and win over one of the same name (SDK model, `ContainerOverride.environment`). */
function mergedEnvironment(container: ContainerDefinition, override: Pick<ContainerDefinition, 'environment'>): object {
  if (override.environment === undefined) {
    return {};
  }
  const names = new Set(override.environment.map(({ name }) => name));
  const kept = (container.environment ?? []).filter(({ name }) => !names.has(name));
  return { environment: [...kept, ...override.environment] };
}

/**
 * What one task takes from its host.
 *
 * CPU is the task's if above 0, else the sum over its containers; memory
 * likewise, a container counting with its reservation if it has one, else with
 * its hard limit (`ToHostResources` in amazon-ecs-agent, `agent/api/task/task.go`).
 */
export function demandOfTask(definition: TaskDefinition, overrides: Overrides): TaskDemand {
  const containers = containersOf(definition, overrides);
  const taskCpu = Number(overrides?.cpu ?? definition.content.cpu ?? 0);
  const taskMemory = Number(overrides?.memory ?? definition.content.memory ?? 0);
  return {
    cpuUnits: taskCpu > 0 ? taskCpu : sum(containers, (container) => container.cpu ?? 0),
    memoryMiB: taskMemory > 0 ? taskMemory : sum(containers, memoryOf),
    tcpPorts: fixedPorts(containers, { definition, protocol: 'tcp' }),
    udpPorts: fixedPorts(containers, { definition, protocol: 'udp' }),
    gpus: sum(containers, gpusOf),
  };
}

/** Number of GPUs a container asks for. */
export function gpusOf(container: ContainerDefinition): number {
  return sum(container.resourceRequirements ?? [], ({ type, value }) => (type === 'GPU' ? Number(value ?? 0) : 0));
}

/** Whether the network mode maps ports onto the host: `bridge`, its default, and `host` do; `awsvpc` and `none` do not. */
export function mapsHostPorts(networkMode: string | undefined): boolean {
  return networkMode === undefined || networkMode === 'bridge' || networkMode === 'host' || networkMode === 'default';
}

/**
 * Task-level CPU in units, from `"1024"` or `"1 vCPU"`; undefined if neither.
 * Forms: SDK model, `RegisterTaskDefinitionRequest.cpu`.
 */
export function parseTaskCpu(text: string): number | undefined {
  return parseQuantity(text, { unit: /\s*vcpu$/i, factor: 1024 });
}

/**
 * Task-level memory in MiB, from `"2048"` or `"2 GB"`; undefined if neither.
 * Forms: SDK model, `RegisterTaskDefinitionRequest.memory`.
 */
export function parseTaskMemory(text: string): number | undefined {
  return parseQuantity(text, { unit: /\s*gb$/i, factor: 1024 });
}

function parseQuantity(text: string, scale: { unit: RegExp; factor: number }): number | undefined {
  const scaled = scale.unit.test(text);
  const digits = text.replace(scale.unit, '').trim();
  if (!(scaled ? /^(\d+\.?\d*|\.\d+)$/ : /^\d+$/).test(digits)) {
    return undefined;
  }
  const quantity = Number(digits) * (scaled ? scale.factor : 1);
  return Number.isSafeInteger(quantity) ? quantity : undefined;
}

function memoryOf(container: ContainerDefinition): number {
  const reservation = container.memoryReservation ?? 0;
  return reservation > 0 ? reservation : (container.memory ?? 0);
}

function fixedPorts(
  containers: readonly ContainerDefinition[],
  wanted: { definition: TaskDefinition; protocol: string },
): readonly string[] {
  if (!mapsHostPorts(wanted.definition.content.networkMode)) {
    return [];
  }
  return containers.flatMap((container) =>
    (container.portMappings ?? []).filter((mapping) => isFixed(mapping, wanted.protocol)).map(({ hostPort }) => String(hostPort)),
  );
}

function isFixed(mapping: PortMapping, protocol: string): boolean {
  return (mapping.hostPort ?? 0) > 0 && (mapping.protocol ?? 'tcp') === protocol;
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
