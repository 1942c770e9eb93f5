import type { ClusterCapacity, TaskSizeCapacity } from './capacity.js';
import { type Host, isRegistered } from './host.js';

/** Puts the answers of the task sizes under the cluster's own: the least of each. */
export function summarise(
  method: ClusterCapacity['method'],
  { hosts, eligible }: { readonly hosts: readonly Host[]; readonly eligible: number },
  taskSizes: readonly TaskSizeCapacity[],
): ClusterCapacity {
  return {
    method,
    hosts: { registered: hosts.filter(isRegistered).length, eligible },
    containerCapacity: Math.min(...taskSizes.map((size) => size.containerCapacity)),
    idleHostCapacity: leastOrNull(taskSizes.map((size) => size.idleHostCapacity)),
    taskSizes,
  };
}

function leastOrNull(values: ReadonlyArray<number | null>): number | null {
  const known = values.filter((value) => value !== null);
  return known.length < values.length ? null : Math.min(...known);
}
