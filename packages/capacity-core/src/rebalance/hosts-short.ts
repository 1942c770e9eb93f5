import type { Host } from '../host.js';
import type { HostType } from './host-type.js';
import { type HostsNeeded, type HostsNeededRequest, hostsNeeded } from './hosts-needed.js';

/** How many hosts are missing, and whether adding them helps. */
export interface HostsShort extends Pick<HostsNeeded, 'unplaceable' | 'precision' | 'unknown'> {
  /** Hosts of the type to add. Integer, at least 0. */
  readonly hosts: number;
  /** Hosts that no packing gets by with less than. Integer, at least 0. */
  readonly lowerBound: number;
  /** Whether all that waits and all headroom fit beside what runs, with no host added. */
  readonly isPacked: boolean;
}

/**
 * Counts the hosts of one type to add so that what waits and every size's headroom, all of it together, fit beside what runs.
 *
 * 0 means that it is packed on what is free now, but for `unplaceable` tasks, which no number of such hosts makes room for.
 *
 * @example
 * hostsShort(hosts, { name: 'm5.large', resources }, { tasks, taskSizes }).hosts; // 2
 */
export function hostsShort(
  existing: readonly Host[],
  hostType: HostType,
  options: Omit<HostsNeededRequest, 'existing' | 'hostTypes'> = {},
): HostsShort {
  const listed = new Set(existing.map(({ containerInstanceArn }) => containerInstanceArn));
  // A task on a host that is not listed runs there: it is none of these hosts' business.
  const tasks = options.tasks?.filter(({ containerInstanceArn }) => containerInstanceArn === undefined || listed.has(containerInstanceArn));
  const { hosts, lowerBound, unplaceable, precision, unknown } = hostsNeeded({
    ...options,
    ...(tasks === undefined ? {} : { tasks }),
    existing,
    hostTypes: [{ ...hostType, cost: 1 }],
  });
  return { hosts, lowerBound: lowerBound.hosts, isPacked: hosts === 0 && unplaceable.length === 0, unplaceable, precision, unknown };
}
