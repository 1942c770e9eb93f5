/**
 * Resources this package counts, by the names ECS registers them under.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerInstance.html (`remainingResources`)
 */
export const RESOURCE_NAMES = ['CPU', 'MEMORY', 'GPU', 'PORTS', 'PORTS_UDP'] as const;

/** One of the resources this package counts. */
export type ResourceName = (typeof RESOURCE_NAMES)[number];

/** How much of each resource a host has: registered, or remaining. */
export interface HostResources {
  /** CPU in ECS CPU units, 1,024 to a vCPU. Finite, at least 0. */
  readonly cpuUnits: number;
  /** Memory in MiB. Finite, at least 0. */
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
}
