import type { ClusterCapacity, TaskSizeCapacity } from './capacity.js';
import { fit } from './fit.js';
import { type Host, isEligible } from './host.js';
import { RESOURCE_NAMES, type ResourceName } from './resource.js';
import { summarise } from './summarise.js';
import type { TaskSize, TaskSizes } from './task-size.js';

/**
 * Counts host by host how many more tasks of each size the cluster can place.
 *
 * A size's container capacity is the sum, over the eligible hosts, of the copies that fit on each: a task cannot straddle two.
 * Its idle host capacity is the sum of each host's share of what the same host would hold when empty, at most 1; a host that
 * could never hold one adds nothing. The sizes are counted each by itself, not on top of one another.
 *
 * Linear in hosts times sizes; the order of the hosts changes nothing.
 *
 * @example
 * const web = { name: 'web', cpuUnits: 250, memoryMiB: 400, gpus: 0, tcpPorts: [], udpPorts: [] };
 * exactCapacity(hosts, [web]).containerCapacity; // 2
 */
export function exactCapacity(hosts: readonly Host[], taskSizes: TaskSizes): ClusterCapacity {
  const eligible = hosts.filter(isEligible);
  return summarise(
    'exact',
    hosts,
    taskSizes.map((size) => exactCapacityOf(eligible, size)),
  );
}

function exactCapacityOf(eligible: readonly Host[], size: TaskSize): TaskSizeCapacity {
  const shares = new Map<number, number>();
  const bound = new Map<ResourceName, { hosts: number; gain: number }>();
  let containerCapacity = 0;
  for (const host of eligible) {
    const now = fit(host.remaining, size);
    const empty = fit(host.registered, size).copies;
    containerCapacity += now.copies;
    // Copies are added up apart by what the host would hold empty, so that the order of hosts cannot change the last digit.
    if (empty > 0) shares.set(empty, (shares.get(empty) ?? 0) + Math.min(now.copies, empty));
    for (const resource of now.boundBy) {
      const { hosts, gain } = bound.get(resource) ?? { hosts: 0, gain: 0 };
      bound.set(resource, { hosts: hosts + 1, gain: gain + now.copiesWithoutBinding - now.copies });
    }
  }
  const idleHostCapacity = [...shares].sort(([a], [b]) => a - b).reduce((sum, [empty, copies]) => sum + copies / empty, 0);
  return { name: size.name, containerCapacity, idleHostCapacity, binding: mostBinding(bound), precision: 'exact', notes: [] };
}

/** The resource that binds on most hosts; of equals, the one without which most would fit; of equals, the first by name order. */
function mostBinding(bound: ReadonlyMap<ResourceName, { readonly hosts: number; readonly gain: number }>): ResourceName | null {
  let best: ResourceName | null = null;
  let most = { hosts: 0, gain: 0 };
  for (const resource of RESOURCE_NAMES) {
    const candidate = bound.get(resource);
    if (candidate === undefined) continue;
    if (candidate.hosts > most.hosts || (candidate.hosts === most.hosts && candidate.gain > most.gain)) {
      best = resource;
      most = candidate;
    }
  }
  return best;
}
