import { type Host, needsHost, type Task } from '@plimsoll/capacity-core';
import { groupOf, isDaemon, isOnHosts, type ServiceRecord } from './services.js';

/** A cluster of which some hosts drain. */
export interface DrainingCluster {
  /** Its hosts. */
  readonly hosts: readonly Host[];
  /** Its tasks. */
  readonly tasks: readonly Task[];
  /** Its services. */
  readonly services: readonly ServiceRecord[];
}

/**
 * The tasks on hosts that drain which are replaced already, by ARN: elsewhere their service has as many as it wants.
 *
 * ECS lets them run until their replacements do, so both are there for minutes. They need no other host: counted as if they did, a host
 * would be added for each one that drains. Of a service's tasks, which ones does not matter; those first by ARN are taken.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html (service tasks are replaced by the
 * deployment's minimum and maximum percent)
 */
export function replacedTasks({ hosts, tasks, services }: DrainingCluster): ReadonlySet<string> {
  const draining = new Set(hosts.filter(({ status }) => status === 'DRAINING').map(({ containerInstanceArn }) => containerInstanceArn));
  if (draining.size === 0) return new Set();
  const lasting = new Map<string, Task[]>();
  for (const task of tasks.filter((one) => needsHost(one) && one.desiredStatus !== 'STOPPED')) {
    const { group = '' } = task;
    const known = lasting.get(group);
    if (known === undefined) lasting.set(group, [task]);
    else known.push(task);
  }
  const replaced = services
    .filter((service) => isOnHosts(service) && !isDaemon(service))
    .flatMap((service) => {
      const own = lasting.get(groupOf(service)) ?? [];
      const leaving = own.filter(({ containerInstanceArn = '' }) => draining.has(containerInstanceArn));
      const wanted = Math.max(0, (service.desiredCount ?? 0) - (own.length - leaving.length));
      return leaving
        .map(({ taskArn }) => taskArn)
        .sort()
        .slice(0, Math.max(0, leaving.length - wanted));
    });
  return new Set(replaced);
}
