/**
 * Resources this package counts, by the names ECS registers them under.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerInstance.html (`remainingResources`)
 */
export const RESOURCE_NAMES = ['CPU', 'MEMORY', 'GPU', 'PORTS', 'PORTS_UDP'] as const;

/** One of the resources this package counts. */
export type ResourceName = (typeof RESOURCE_NAMES)[number];

/** A resource beside those ECS names itself, such as one the user registered, and how much of it. */
export interface NamedAmount {
  /** The name it is registered under. */
  readonly name: string;
  /** In the unit its registrant chose. 0 to 2,147,483,647. */
  readonly amount: number;
}

/** How much of each resource a host has: registered, or remaining. */
export interface HostResources {
  /** CPU in ECS CPU units, 1,024 to a vCPU. 0 to 2,147,483,647. */
  readonly cpuUnits: number;
  /** Memory in MiB. 0 to 2,147,483,647. */
  readonly memoryMiB: number;
  /** GPUs. Integer, at least 0. */
  readonly gpus: number;
  /**
   * TCP host ports that are *taken*, 0 to 65,535.
   *
   * ECS lists ports in use, not ports that are free, in both its registered and its remaining resources.
   */
  readonly takenTcpPorts: readonly number[];
  /** UDP host ports that are *taken*, 0 to 65,535. */
  readonly takenUdpPorts: readonly number[];
  /** Further resources of type INTEGER, LONG or DOUBLE, sorted by name, each name once. */
  readonly others: readonly NamedAmount[];
}
