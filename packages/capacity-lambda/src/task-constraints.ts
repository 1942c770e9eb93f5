import { needsHost, type Task, type TaskSize } from '@plimsoll/capacity-core';
import { groupOf, isDaemon, isOnHosts, type ServiceRecord } from './services.js';

/**
 * Gives each task of a service what its own record does not tell: the constraints, required attributes and fixed ports that its
 * replacement is placed by.
 *
 * What it takes stays as its record has it, since it may be of an older revision.
 *
 * @param sizes - task sizes with the group of their tasks; the first of a group counts
 */
export function withConstraints(tasks: readonly Task[], sizes: readonly TaskSize[]): readonly Task[] {
  const sizeOfGroup = sizesByGroup(sizes);
  if (sizeOfGroup.size === 0) return tasks;
  return tasks.map((task) => {
    const asked = sizeOfGroup.get(task.group ?? '');
    if (asked === undefined) return task;
    const { constraintsUnknown: _, ...known } = task;
    return { ...known, size: constrained(task.size, asked) };
  });
}

/** Task sizes by the group of their tasks, the first of each group. */
export function sizesByGroup(sizes: readonly TaskSize[]): ReadonlyMap<string, TaskSize> {
  const byGroup = new Map<string, TaskSize>();
  for (const size of sizes) if (size.group !== undefined && !byGroup.has(size.group)) byGroup.set(size.group, size);
  return byGroup;
}

function constrained(own: TaskSize, asked: TaskSize): TaskSize {
  const both = (one: readonly number[], other: readonly number[]): readonly number[] => [...new Set([...one, ...other])];
  return {
    ...own,
    gpus: Math.max(own.gpus, asked.gpus),
    tcpPorts: both(own.tcpPorts, asked.tcpPorts),
    udpPorts: both(own.udpPorts, asked.udpPorts),
    networkMode: asked.networkMode === 'awsvpc' ? 'awsvpc' : own.networkMode,
    requiredAttributes: asked.requiredAttributes,
    placementConstraints: asked.placementConstraints,
  };
}

/** ARNs of hosts that run a task of a service whose constraints are not known: where its replacement may go is not, either. */
export function hostsOfUnknownServices(
  tasks: readonly Task[],
  services: readonly ServiceRecord[],
  sizes: readonly TaskSize[],
): ReadonlySet<string> {
  const daemons = services.filter((service) => isOnHosts(service) && isDaemon(service)).map(groupOf);
  const known = new Set([...sizesByGroup(sizes).keys(), ...daemons]);
  return new Set(
    tasks
      .filter((task) => needsHost(task) && !task.daemon && task.group?.startsWith('service:') === true && !known.has(task.group))
      .flatMap(({ containerInstanceArn }) => containerInstanceArn ?? []),
  );
}
