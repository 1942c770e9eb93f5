import {
  type ClusterCapacity,
  exactCapacity,
  type Host,
  type HostError,
  type PlacementOptions,
  readHost,
  refreshHosts,
  type TaskSize,
} from '@plimsoll/capacity-core';

/** What is known of a cluster when its capacity is decided. */
export interface CapacityObservation {
  /** Container instances as DescribeContainerInstances returned them. */
  readonly records: readonly unknown[];
  /** Details of Container Instance State Change events; one that is newer than its record replaces it. */
  readonly updates: readonly unknown[];
  /** Task sizes to count; with none, only hosts are. */
  readonly taskSizes: readonly TaskSize[];
  /**
   * What is known beside the hosts' records.
   *
   * @default nothing
   */
  readonly placement?: PlacementOptions;
  /**
   * When each host's agent was last seen connected, by ARN, in milliseconds since 1970: it lost its connection later than that.
   *
   * @default unknown: a host without its agent is no room, whatever grace period `placement` names
   */
  readonly agentsSeen?: ReadonlyMap<string, number>;
}

/** The capacity of a cluster, and what could not be counted. */
export interface CapacityDecision {
  /** The answer, over the records that could be read. */
  readonly capacity: ClusterCapacity;
  /** The hosts it was counted over, each in its newest record. */
  readonly hosts: readonly Host[];
  /** Records left out because they could not be read: such a host never counts as room. */
  readonly refusedRecords: readonly HostError[];
  /** Event details left out likewise: the record stands. */
  readonly refusedUpdates: readonly HostError[];
}

/** Records that were read, and those that could not be. */
export interface HostReading {
  /** Hosts that can be counted, in the order of their records. */
  readonly hosts: readonly Host[];
  /** Why each other record could not be read. */
  readonly refused: readonly HostError[];
}

/**
 * Decides the capacity of a cluster from what was read of it and from newer events.
 *
 * Pure. The function and the command line's `capacity --cluster` both decide by it, so they answer alike.
 */
export function decideCapacity(observation: CapacityObservation): CapacityDecision {
  const { records, updates, taskSizes, placement = {}, agentsSeen = new Map() } = observation;
  const listed = readHosts(records);
  const newer = readHosts(updates);
  const hosts = refreshHosts(listed.hosts, newer.hosts).map((host) => withLastSeen(host, agentsSeen));
  return {
    capacity: countSizes(hosts, taskSizes, placement),
    hosts,
    refusedRecords: listed.refused,
    refusedUpdates: newer.refused,
  };
}

function countSizes(hosts: readonly Host[], [first, ...rest]: readonly TaskSize[], placement: PlacementOptions): ClusterCapacity {
  if (first !== undefined) return exactCapacity(hosts, [first, ...rest], placement);
  // Which hosts are eligible is a question about no size.
  const { method, hosts: counted } = exactCapacity(hosts, [ANYTHING], placement);
  return { method, hosts: counted, containerCapacity: 0, idleHostCapacity: null, taskSizes: [] };
}

const ANYTHING: TaskSize = {
  ...{ name: 'anything', cpuUnits: 1, memoryMiB: 0, gpus: 0, tcpPorts: [], udpPorts: [], others: [], networkMode: 'bridge', headroom: 0 },
  ...{ requiredAttributes: [], placementConstraints: [] },
};

function withLastSeen(host: Host, agentsSeen: ReadonlyMap<string, number>): Host {
  const since = host.agentConnected ? undefined : agentsSeen.get(host.containerInstanceArn);
  return since === undefined ? host : { ...host, agentDisconnectedSince: since };
}

/** Reads the hosts of a live cluster as `decideCapacity` does: a record that cannot be read is left out, the others count. */
export function readHosts(records: readonly unknown[]): HostReading {
  const hosts: Host[] = [];
  const refused: HostError[] = [];
  for (const record of records) {
    const host = readHost(record);
    if (host.ok) hosts.push(host.value);
    else refused.push(host.error);
  }
  return { hosts, refused };
}
