import type { ClusterCapacity, TaskSizeCapacity } from './capacity.js';
import { type AgentGrace, closedBy, type Host, isRegistered } from './host.js';

/** Puts the answers of the task sizes under the cluster's own: the least of each. */
export function summarise(
  method: ClusterCapacity['method'],
  { hosts, grace }: { readonly hosts: readonly Host[]; readonly grace?: AgentGrace },
  taskSizes: readonly TaskSizeCapacity[],
): ClusterCapacity {
  return {
    method,
    hosts: { registered: hosts.filter(isRegistered).length, eligible: hosts.filter((host) => closedBy(host, grace) === undefined).length },
    containerCapacity: Math.min(...taskSizes.map((size) => size.containerCapacity)),
    idleHostCapacity: leastOrNull(taskSizes.map((size) => size.idleHostCapacity)),
    taskSizes,
  };
}

function leastOrNull(values: ReadonlyArray<number | null>): number | null {
  const known = values.filter((value) => value !== null);
  return known.length < values.length ? null : Math.min(...known);
}
