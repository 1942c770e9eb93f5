import type { Attribute } from './attribute.js';
import type { PlacementConstraint } from './placement-constraint.js';
import type { NamedAmount } from './resource.js';

/**
 * How a task reaches the network; only `awsvpc` takes a network interface of the host.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html (`networkMode`)
 */
export type NetworkMode = 'awsvpc' | 'bridge' | 'host' | 'none';

/** What one task asks of a host. A demand of 0, or an empty list, leaves that resource out of account. */
export interface TaskSize {
  /** Names the size in answers and metrics: letters, digits and `_ . / : -`, 1 to 255 of them, the first a letter or digit. */
  readonly name: string;
  /** CPU in ECS CPU units, 1,024 to a vCPU. Integer, at least 0. */
  readonly cpuUnits: number;
  /** Memory in MiB: the reservation where one is set, else the hard limit. Integer, at least 0. */
  readonly memoryMiB: number;
  /** GPUs. Integer, at least 0. */
  readonly gpus: number;
  /** Fixed TCP host ports, each 1 to 65,535. One such port allows one copy of the task a host. */
  readonly tcpPorts: readonly number[];
  /** Fixed UDP host ports, each 1 to 65,535. */
  readonly udpPorts: readonly number[];
  /** How the task reaches the network. */
  readonly networkMode: NetworkMode;
  /** Further resources, sorted by name, each name once and at least 0.01. */
  readonly others: readonly NamedAmount[];
  /** Attributes that a host must have. */
  readonly requiredAttributes: readonly Attribute[];
  /** What a host must satisfy beside them. */
  readonly placementConstraints: readonly PlacementConstraint[];
  /** The group that its tasks belong to, which `distinctInstance` and `task:group` compare: `service:web`, `family:web`. */
  readonly group?: string;
  /** How many more of these tasks must always fit, in tasks. Integer, at least 0. */
  readonly headroom: number;
}

/** One or more task sizes with different names, as `readTaskSizes` returns them. */
export type TaskSizes = readonly [TaskSize, ...TaskSize[]];
