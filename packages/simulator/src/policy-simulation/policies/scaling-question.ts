import type { HostType } from '@plimsoll/capacity-core';
import type { SimulatedHost } from '../model/simulated-host.js';
import type { PolicyContext } from './policy.js';
import type { ProductionDecisions, ScalingQuestion } from './production-decisions.js';

/** All that the capacity function sees of a cluster. Tasks on draining hosts that are replaced elsewhere need no host. */
export function wholeQuestion(
  context: PolicyContext,
  hostType: HostType,
  { replacedTasks }: Pick<ProductionDecisions, 'replacedTasks'>,
): ScalingQuestion {
  const { cluster, daemons, headroom, missing, services } = context;
  const hosts = cluster.hostViews();
  const tasks = cluster.taskViews();
  const replaced = hosts.some(({ status }) => status === 'DRAINING')
    ? replacedTasks({ hosts, tasks, services: services() })
    : new Set<string>();
  return {
    hosts,
    placement: {
      tasks: replaced.size === 0 ? tasks : tasks.map((task) => (replaced.has(task.taskArn) ? { ...task, daemon: true } : task)),
      daemons,
    },
    taskSizes: headroom,
    missing: missing(),
    hostType,
  };
}

/**
 * The same without what cannot bear on the answer, in a cluster of standalone tasks; `undefined` where all of it may.
 *
 * A standalone task keeps its host and leaves it for no other. What waits fits on no host that is there, or it would not wait. So where
 * no service and no headroom asks for room, and nothing drains, only hosts that are empty but for daemons and tasks that wait count.
 */
export function shortQuestion({ cluster, daemons, headroom, missing }: PolicyContext, hostType: HostType): ScalingQuestion | undefined {
  if (headroom.some((size) => size.headroom > 0) || missing().length > 0) return undefined;
  const empty: SimulatedHost[] = [];
  for (const host of cluster.registered()) {
    if (host.state !== 'ACTIVE' || host.ownTasks > host.standaloneTasks) return undefined;
    if (host.ownTasks === 0) empty.push(host);
  }
  const daemonTasks = empty.flatMap((host) => [...host.tasks].filter(({ state }) => state !== 'STOPPING'));
  const waiting = cluster.waiting.count === 0 ? [] : cluster.waiting.all();
  return {
    hosts: empty.map((host) => host.view()),
    placement: { tasks: [...daemonTasks, ...waiting].map((task) => task.view()), daemons },
    taskSizes: headroom,
    missing: [],
    hostType,
  };
}
