import { type Host, RESOURCE_NAMES, type ResourceName, type TaskSize } from '../../src/index.js';

/** Says which of the hosts that have room takes the next task: an index below `choices`. */
export type PlacementOrder = (choices: number) => number;

/**
 * Places copies of one task one at a time until no host has room, and counts them.
 *
 * Shares nothing with the code under test: no division, no minimum; it takes away what each task uses and looks again.
 */
export class PlacementOracle {
  readonly #hosts: readonly Room[];

  public constructor(hosts: readonly Host[]) {
    this.#hosts = hosts.filter((host) => host.status === 'ACTIVE' && host.agentConnected).map((host) => new Room(host));
  }

  /** @returns how many were placed */
  public placeAll(size: TaskSize, order: PlacementOrder): number {
    for (let placed = 0; ; placed += 1) {
      const candidates = this.#hosts.filter((room) => RESOURCE_NAMES.every((resource) => room.has(resource, size)));
      const room = candidates[order(candidates.length)];
      if (room === undefined) return placed;
      room.take(size);
    }
  }

  /** After placing: on how many hosts each resource has no room for one more. */
  public shortages(size: TaskSize): ReadonlyMap<ResourceName, number> {
    return new Map(RESOURCE_NAMES.map((resource) => [resource, this.#hosts.filter((room) => !room.has(resource, size)).length]));
  }
}

/** What is left on one host; shrinks. */
class Room {
  #cpuUnits: number;
  #memoryMiB: number;
  #gpus: number;
  readonly #taken: Record<'tcp' | 'udp', Set<number>>;

  public constructor({ remaining }: Host) {
    this.#cpuUnits = remaining.cpuUnits;
    this.#memoryMiB = remaining.memoryMiB;
    this.#gpus = remaining.gpus;
    this.#taken = { tcp: new Set(remaining.takenTcpPorts), udp: new Set(remaining.takenUdpPorts) };
  }

  public has(resource: ResourceName, size: TaskSize): boolean {
    switch (resource) {
      case 'CPU':
        return this.#cpuUnits >= size.cpuUnits;
      case 'MEMORY':
        return this.#memoryMiB >= size.memoryMiB;
      case 'GPU':
        return this.#gpus >= size.gpus;
      case 'PORTS':
        return !size.tcpPorts.some((port) => this.#taken.tcp.has(port));
      case 'PORTS_UDP':
        return !size.udpPorts.some((port) => this.#taken.udp.has(port));
    }
  }

  public take(size: TaskSize): void {
    this.#cpuUnits -= size.cpuUnits;
    this.#memoryMiB -= size.memoryMiB;
    this.#gpus -= size.gpus;
    for (const port of size.tcpPorts) this.#taken.tcp.add(port);
    for (const port of size.udpPorts) this.#taken.udp.add(port);
  }
}

/** The same task without its demand for one resource. */
export function without(resource: ResourceName, size: TaskSize): TaskSize {
  switch (resource) {
    case 'CPU':
      return { ...size, cpuUnits: 0 };
    case 'MEMORY':
      return { ...size, memoryMiB: 0 };
    case 'GPU':
      return { ...size, gpus: 0 };
    case 'PORTS':
      return { ...size, tcpPorts: [] };
    case 'PORTS_UDP':
      return { ...size, udpPorts: [] };
  }
}

/** Whether the task asks a host for anything at all. */
export function asksForSomething(size: TaskSize): boolean {
  return size.cpuUnits > 0 || size.memoryMiB > 0 || size.gpus > 0 || size.tcpPorts.length > 0 || size.udpPorts.length > 0;
}
