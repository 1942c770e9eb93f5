import type { ClusterCapacity, Precision, Reason } from '@plimsoll/capacity-core';

/** The answer for one task size, as `--json` prints it. */
export interface TaskSizeReport {
  /** Name of the task size. */
  readonly name: string;
  /** More copies that fit now. Integer, at least 0. */
  readonly containerCapacity: number;
  /** Hosts' worth of room, in hosts; `null` where the pooled formula divides by zero. */
  readonly idleHostCapacity: number | null;
  /** What stops one more copy on most hosts; `null` without eligible hosts. */
  readonly binding: Reason | null;
  /** Whether `containerCapacity` is the count over CPU, memory, GPUs and fixed host ports, or a number that count never exceeds. */
  readonly precision: Precision;
  /** What a reader should know, a sentence each. */
  readonly notes: readonly string[];
}

/** The answer for a cluster, as `--json` prints it; `schemas/capacity.schema.json` describes it. */
export interface CapacityReport extends Omit<ClusterCapacity, 'taskSizes'> {
  /** Name of the cluster; `null` where the input does not say. */
  readonly cluster: string | null;
  /** One answer a task size, in the order asked. */
  readonly taskSizes: readonly TaskSizeReport[];
}

/** Puts the core's answer into the form that is printed, with its keys in the documented order. */
export function capacityReport(cluster: string | null, answer: ClusterCapacity): CapacityReport {
  return {
    cluster,
    method: answer.method,
    hosts: { registered: answer.hosts.registered, eligible: answer.hosts.eligible },
    containerCapacity: answer.containerCapacity,
    idleHostCapacity: answer.idleHostCapacity,
    taskSizes: answer.taskSizes.map(({ name, containerCapacity, idleHostCapacity, binding, precision, notes }) => ({
      name,
      containerCapacity,
      idleHostCapacity,
      binding,
      precision,
      notes: notes.map((note) => note.message),
    })),
  };
}
