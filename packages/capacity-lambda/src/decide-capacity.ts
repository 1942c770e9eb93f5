import {
  type ClusterCapacity,
  type Daemon,
  exactCapacity,
  type Host,
  type HostError,
  type PlacementOptions,
  readHost,
  readTask,
  refreshHosts,
  type Task,
  type TaskError,
  type TaskSize,
  type TaskSizes,
} from '@plimsoll/capacity-core';
import type { ServiceRecord } from './services.js';
import { type WaitingTasks, waitingTasks } from './waiting-tasks.js';

/** What is known of a cluster when its capacity is decided. */
export interface CapacityObservation {
  /** Container instances as DescribeContainerInstances returned them. */
  readonly records: readonly unknown[];
  /** Details of Container Instance State Change events; one that is newer than its record replaces it. */
  readonly updates: readonly unknown[];
  /** Task sizes to count. */
  readonly taskSizes: TaskSizes;
  /**
   * Every task that is to run, as DescribeTasks returned them.
   *
   * @default unknown: answers that depend on it are upper bounds, and nothing is taken to wait
   */
  readonly tasks?: readonly unknown[];
  /** What daemon services start on each host. */
  readonly daemons?: readonly Daemon[];
  /** The services of the cluster, as DescribeServices returned them. */
  readonly services?: readonly ServiceRecord[];
  /** What a task of each service asks for, beside `taskSizes`. */
  readonly serviceSizes?: readonly TaskSize[];
}

/** The capacity of a cluster, and what could not be counted. */
export interface CapacityDecision {
  /** The answer, over the records that could be read. */
  readonly capacity: ClusterCapacity;
  /** The hosts it was counted on, each in its newest record. */
  readonly hosts: readonly Host[];
  /** Tasks that wait for a host; none where tasks are not known. */
  readonly waiting: readonly WaitingTasks[];
  /** Records left out because they could not be read: such a host never counts as room. */
  readonly refusedRecords: readonly HostError[];
  /** Event details left out likewise: the record stands. */
  readonly refusedUpdates: readonly HostError[];
  /** Tasks left out because they could not be read; the tasks of the cluster are then unknown. */
  readonly refusedTasks: readonly TaskError[];
}

/** Records that were read, and those that could not be. */
export interface HostReading {
  /** Hosts that can be counted, in the order of their records. */
  readonly hosts: readonly Host[];
  /** Why each other record could not be read. */
  readonly refused: readonly HostError[];
}

/**
 * Decides the capacity of a cluster from what was read of it and from newer events.
 *
 * Pure. The function and the command line's `capacity --cluster` both decide by it, so they answer alike.
 */
export function decideCapacity(observation: CapacityObservation): CapacityDecision {
  const { records, updates, taskSizes, daemons = [], services = [], serviceSizes = [] } = observation;
  const listed = readHosts(records);
  const newer = readHosts(updates);
  const hosts = refreshHosts(listed.hosts, newer.hosts);
  const tasks = observation.tasks && readTaskRecords(observation.tasks, daemons);
  const options: PlacementOptions = { daemons, ...(tasks === undefined || tasks.refused.length > 0 ? {} : { tasks: tasks.tasks }) };
  return {
    capacity: exactCapacity(hosts, taskSizes, options),
    hosts,
    waiting: tasks === undefined ? [] : waitingTasks({ tasks: tasks.tasks, services, sizes: [...serviceSizes, ...taskSizes] }),
    refusedRecords: listed.refused,
    refusedUpdates: newer.refused,
    refusedTasks: tasks?.refused ?? [],
  };
}

interface TaskRecords {
  readonly tasks: readonly Task[];
  readonly refused: readonly TaskError[];
}

function readTaskRecords(records: readonly unknown[], daemons: readonly Daemon[]): TaskRecords {
  const daemonGroups = new Set(daemons.map(({ group }) => group));
  const read = records.map((record) => readTask(record, { daemonGroups }));
  return {
    tasks: read.flatMap((task) => (task.ok ? [task.value] : [])),
    refused: read.flatMap((task) => (task.ok ? [] : [task.error])),
  };
}

/** Reads the hosts of a live cluster as `decideCapacity` does: a record that cannot be read is left out, the others count. */
export function readHosts(records: readonly unknown[]): HostReading {
  const hosts: Host[] = [];
  const refused: HostError[] = [];
  for (const record of records) {
    const host = readHost(record);
    if (host.ok) hosts.push(host.value);
    else refused.push(host.error);
  }
  return { hosts, refused };
}
