import { needsHost, type Task, type TaskDemand, type TaskSize } from '@plimsoll/capacity-core';
import { groupOf, isDaemon, isOnHosts, type ServiceRecord } from './services.js';
import { sizesByGroup } from './task-constraints.js';

/** What is known of the services of a cluster and of their tasks. */
export interface ServiceSources {
  /** The tasks of the cluster; those that are to stop do not count. */
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
  const sizeOfGroup = sizesByGroup(sizes);
  const there = new Map<string, number>();
  for (const { group = '' } of tasks.filter((task) => needsHost(task) && task.desiredStatus !== 'STOPPED'))
    there.set(group, (there.get(group) ?? 0) + 1);
  return services
    .filter((service) => isOnHosts(service) && !isDaemon(service))
    .flatMap((service) => {
      const group = groupOf(service);
      const size = sizeOfGroup.get(group);
      const missing = (service.desiredCount ?? 0) - (there.get(group) ?? 0);
      return size === undefined || missing <= 0 ? [] : [{ size, tasks: missing }];
    });
}

/**
 * Counts the tasks that rolling deployments have yet to start beside the older ones, which keep running until then.
 *
 * They may need room for a while, and hosts are not added for it: ECS goes on as older tasks stop. But no host goes that they need.
 * A task on a host that drains, taken as replaced because enough run elsewhere, may be a newer one, and those elsewhere older ones that
 * are to stop: it is counted as if it were to be started.
 *
 * @param missing - what is missing already, and so counted
 * @param replaced - tasks that are taken as replaced
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html (`status`)
 */
export function tasksToDeploy(
  { services, sizes }: Pick<ServiceSources, 'services' | 'sizes'>,
  missing: readonly TaskDemand[],
  replaced: readonly Task[] = [],
): readonly TaskDemand[] {
  const sizeOfGroup = sizesByGroup(sizes);
  return services
    .filter((service) => isOnHosts(service) && !isDaemon(service))
    .flatMap((service) => {
      const group = groupOf(service);
      const size = sizeOfGroup.get(group);
      const { deployments = [] } = service;
      const primary = deployments.find(({ status }) => status === 'PRIMARY');
      if (size === undefined || primary === undefined || !deployments.some(({ status }) => status === 'ACTIVE')) return [];
      const { desiredCount = 0, runningCount = 0, pendingCount = 0 } = primary;
      const counted = missing.reduce((sum, demand) => sum + (demand.size === size ? demand.tasks : 0), 0);
      const again = replaced.filter((task) => task.group === group).length;
      const tasks = Math.max(0, desiredCount - runningCount - pendingCount - counted) + again;
      return tasks <= 0 ? [] : [{ size, tasks }];
    });
}
