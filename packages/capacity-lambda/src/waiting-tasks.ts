import { needsHost, type Task, type TaskSize } from '@plimsoll/capacity-core';
import { groupOf, isDaemon, isOnHosts, type ServiceRecord } from './services.js';

/** Tasks that have no host yet. */
export interface WaitingTasks {
  /** What each of them asks for. */
  readonly size: TaskSize;
  /** How many. Integer, at least 1. */
  readonly count: number;
}

/** What is known of what waits. */
export interface WaitingSources {
  /** The tasks of the cluster that are to run. */
  readonly tasks: readonly Task[];
  /** Its services. */
  readonly services: readonly ServiceRecord[];
  /** Task sizes, by the group of their tasks. */
  readonly sizes: readonly TaskSize[];
}

/**
 * Counts the tasks that wait for a host.
 *
 * A service without a capacity provider makes no task where none fits, so what it wants and has not placed waits as well. A task
 * of no known size is counted by its own record.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html (PROVISIONING)
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html (`desiredCount`)
 */
export function waitingTasks({ tasks, services, sizes }: WaitingSources): readonly WaitingTasks[] {
  const sizeOfGroup = new Map(sizes.flatMap((size) => (size.group === undefined ? [] : [[size.group, size] as const])));
  const placed = new Map<string, number>();
  const unplaced = new Map<string, Task[]>();
  for (const task of tasks.filter(needsHost)) {
    const { group = task.taskArn } = task;
    if (task.containerInstanceArn !== undefined) placed.set(group, (placed.get(group) ?? 0) + 1);
    else if (!task.daemon) unplaced.set(group, [...(unplaced.get(group) ?? []), task]);
  }
  for (const service of services) {
    if (isOnHosts(service) && !isDaemon(service) && !unplaced.has(groupOf(service))) unplaced.set(groupOf(service), []);
  }
  const desired = new Map(services.map((service) => [groupOf(service), service.desiredCount ?? 0]));
  return [...unplaced].flatMap(([group, waiting]) => {
    const size = sizeOfGroup.get(group) ?? waiting[0]?.size;
    const count = Math.max(waiting.length, (desired.get(group) ?? 0) - (placed.get(group) ?? 0));
    return size === undefined || count === 0 ? [] : [{ size, count }];
  });
}
