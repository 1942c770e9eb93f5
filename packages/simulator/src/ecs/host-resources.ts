/** One resource of a container instance; which value counts is decided by `type`. */
export type HostResource =
  | { readonly name: string; readonly type: 'INTEGER' | 'LONG' | 'DOUBLE'; readonly value: number }
  | { readonly name: string; readonly type: 'STRINGSET'; readonly values: readonly string[] };

/** What one task takes from a host. */
export interface TaskDemand {
  /** CPU units (1 vCPU = 1024). At least 0. */
  readonly cpuUnits: number;
  /** Memory in MiB. At least 0. */
  readonly memoryMiB: number;
  /** Fixed TCP host ports, 1 to 65535, each once. */
  readonly tcpPorts: readonly string[];
  /** Fixed UDP host ports, 1 to 65535, each once. */
  readonly udpPorts: readonly string[];
  /** Whole GPUs. At least 0. */
  readonly gpus: number;
}

/** A resource a host can run short of, as it stands after `RESOURCE:` in a failure. */
export type ShortResource = 'CPU' | 'MEMORY' | 'PORTS' | 'GPU';

/** The part of a host that decides whether a task fits. */
interface PlaceableHost {
  /** Remaining resources. */
  readonly remaining: readonly HostResource[];
  /** Host ports the agent assigned on its own, with the protocol of each. */
  readonly dynamicPorts: ReadonlyMap<number, string>;
}

/** What is left after a task was placed, and the GPUs it was given. */
export interface Allocation {
  /** Remaining resources, in the order the host registered them. */
  readonly remaining: readonly HostResource[];
  /** Device ids of the GPUs handed out. */
  readonly gpuIds: readonly string[];
}

/**
 * The first resource the demand does not fit, or undefined if all fit.
 *
 * A demand of 0 skips its dimension, so that a task without CPU units fits a
 * host that has none left. A port fits if it is absent from the remaining
 * PORTS, which list what is *taken*
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerInstance.html).
 * A port that the agent has assigned to a task is not listed, and does not fit either.
 */
export function shortResource(host: PlaceableHost, demand: TaskDemand): ShortResource | undefined {
  const { remaining } = host;
  if (demand.cpuUnits > 0 && demand.cpuUnits > amount(remaining, 'CPU')) {
    return 'CPU';
  }
  if (demand.memoryMiB > 0 && demand.memoryMiB > amount(remaining, 'MEMORY')) {
    return 'MEMORY';
  }
  if (anyTaken(remaining, 'PORTS', demand.tcpPorts) || anyTaken(remaining, 'PORTS_UDP', demand.udpPorts)) {
    return 'PORTS';
  }
  if (anyAssigned(host, demand.tcpPorts, 'tcp') || anyAssigned(host, demand.udpPorts, 'udp')) {
    return 'PORTS';
  }
  return demand.gpus > 0 && demand.gpus > members(remaining, 'GPU').length ? 'GPU' : undefined;
}

/** Takes a demand that fits. */
export function allocate(remaining: readonly HostResource[], demand: TaskDemand): Allocation {
  const gpuIds = members(remaining, 'GPU').slice(0, demand.gpus);
  const left = remaining.map((resource) =>
    resource.type === 'STRINGSET'
      ? { ...resource, values: allocateMembers(resource.name, resource.values, demand, gpuIds) }
      : { ...resource, value: resource.value - demandOf(resource.name, demand) },
  );
  return { remaining: left, gpuIds };
}

/** Gives back what {@link allocate} took. GPUs return to their registered order. */
export function release(
  host: { registered: readonly HostResource[]; remaining: readonly HostResource[] },
  demand: TaskDemand,
  gpuIds: readonly string[],
): readonly HostResource[] {
  return host.remaining.map((resource) => {
    if (resource.type !== 'STRINGSET') {
      return { ...resource, value: resource.value + demandOf(resource.name, demand) };
    }
    if (resource.name === 'GPU') {
      const free = new Set([...resource.values, ...gpuIds]);
      return { ...resource, values: members(host.registered, 'GPU').filter((id) => free.has(id)) };
    }
    const freed = new Set(portsOf(resource.name, demand));
    return { ...resource, values: resource.values.filter((port) => !freed.has(port)) };
  });
}

/** Amount of a numeric resource; 0 if the host registered none. */
export function amount(resources: readonly HostResource[], name: string): number {
  const resource = named(resources, name);
  return resource === undefined || resource.type === 'STRINGSET' ? 0 : resource.value;
}

/** Members of a string set; empty if the host registered none. */
export function members(resources: readonly HostResource[], name: string): readonly string[] {
  const resource = named(resources, name);
  return resource?.type === 'STRINGSET' ? resource.values : [];
}

/** A plain loop: placement asks this of thousands of hosts for each task. */
function named(resources: readonly HostResource[], name: string): HostResource | undefined {
  for (const resource of resources) {
    if (resource.name === name) {
      return resource;
    }
  }
  return undefined;
}

function allocateMembers(name: string, values: readonly string[], demand: TaskDemand, gpuIds: readonly string[]): readonly string[] {
  return name === 'GPU' ? values.filter((id) => !gpuIds.includes(id)) : [...values, ...portsOf(name, demand)];
}

function anyTaken(remaining: readonly HostResource[], name: string, ports: readonly string[]): boolean {
  if (ports.length === 0) {
    return false;
  }
  const taken = members(remaining, name);
  return ports.some((port) => taken.includes(port));
}

function anyAssigned(host: PlaceableHost, ports: readonly string[], protocol: string): boolean {
  return ports.some((port) => host.dynamicPorts.get(Number(port)) === protocol);
}

function demandOf(name: string, demand: TaskDemand): number {
  if (name === 'CPU') {
    return demand.cpuUnits;
  }
  return name === 'MEMORY' ? demand.memoryMiB : 0;
}

function portsOf(name: string, demand: TaskDemand): readonly string[] {
  if (name === 'PORTS') {
    return demand.tcpPorts;
  }
  return name === 'PORTS_UDP' ? demand.udpPorts : [];
}
