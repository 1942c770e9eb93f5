import type { Reason } from './reason.js';
import type { Unknown } from './unknown.js';

/** What an answer means: the true number, or one the truth never exceeds. */
export type Precision = 'exact' | 'upperBound';

/** Something a reader of an answer should know. */
export interface CapacityNote {
  /**
   * - `POOLED_OVERSTATES`: sums over hosts count room that no single host has.
   * - `POOLED_IGNORES`: the pooled formula left out a resource the task asks for.
   * - `DIVISION_BY_ZERO`: the pooled formula's reference host holds none of the tasks, so it has no idle host capacity.
   * - others: why the exact method's count is an upper bound.
   */
  readonly code: 'POOLED_OVERSTATES' | 'POOLED_IGNORES' | 'DIVISION_BY_ZERO' | Unknown;
  /** One sentence. */
  readonly message: string;
}

/** The answer for one task size. */
export interface TaskSizeCapacity {
  /** Name of the task size. */
  readonly name: string;
  /** More copies of the task that the cluster can place now. Integer, at least 0. */
  readonly containerCapacity: number;
  /** Hosts' worth of room, in hosts: an empty host is 1. At least 0; `null` where the pooled formula divides by zero. */
  readonly idleHostCapacity: number | null;
  /** What stops one more copy on most hosts; `null` where no host is eligible. */
  readonly binding: Reason | null;
  /** Whether `containerCapacity` is the true count. */
  readonly precision: Precision;
  /** What a reader should know; empty for most exact answers. */
  readonly notes: readonly CapacityNote[];
}

/** The answer for a cluster. */
export interface ClusterCapacity {
  /** `exact` counts host by host; `pooled` is the formula over sums. */
  readonly method: 'exact' | 'pooled';
  /** Hosts the answer is about. */
  readonly hosts: {
    /** `ACTIVE` and `DRAINING` hosts. */
    readonly registered: number;
    /** Hosts that ECS may place a task on. */
    readonly eligible: number;
  };
  /** The least over the task sizes. */
  readonly containerCapacity: number;
  /** The least over the task sizes; `null` where that of one size is. */
  readonly idleHostCapacity: number | null;
  /** One answer a task size, in the order asked. */
  readonly taskSizes: readonly TaskSizeCapacity[];
}
