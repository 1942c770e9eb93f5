import { needsHost, type Task, type TaskDemand, type TaskSize } from '@plimsoll/capacity-core';
import { groupOf, isDaemon, isOnHosts, type ServiceRecord } from './services.js';

/** What is known of the services of a cluster and of their tasks. */
export interface ServiceSources {
  /** The tasks of the cluster that are to run. */
  readonly tasks: readonly Task[];
  /** Its services. */
  readonly services: readonly ServiceRecord[];
  /** Task sizes, by the group of their tasks. */
  readonly sizes: readonly TaskSize[];
}

/**
 * Counts the tasks that services want and have not: a service without a capacity provider makes no task where none fits.
 *
 * @returns nothing for a service whose tasks have no known size
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html (`desiredCount`)
 */
export function missingTasks({ tasks, services, sizes }: ServiceSources): readonly TaskDemand[] {
  const sizeOfGroup = new Map(sizes.flatMap((size) => (size.group === undefined ? [] : [[size.group, size] as const])));
  const there = new Map<string, number>();
  for (const { group = '' } of tasks.filter(needsHost)) there.set(group, (there.get(group) ?? 0) + 1);
  return services
    .filter((service) => isOnHosts(service) && !isDaemon(service))
    .flatMap((service) => {
      const group = groupOf(service);
      const size = sizeOfGroup.get(group);
      const missing = (service.desiredCount ?? 0) - (there.get(group) ?? 0);
      return size === undefined || missing <= 0 ? [] : [{ size, tasks: missing }];
    });
}
