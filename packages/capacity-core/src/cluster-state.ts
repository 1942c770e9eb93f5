import type { Host } from './host.js';
import { SharedHosts } from './shared-hosts.js';

/**
 * What is known of a cluster's hosts, by ARN, in the order they were first heard of.
 *
 * Hosts that left stay, as `INACTIVE`: a late event of theirs is then known to be old.
 */
export type ClusterState = ReadonlyMap<string, Host>;

/** The state before anything was heard. */
export const EMPTY_CLUSTER: ClusterState = new Map();

/**
 * Takes one record of a host into the state, if it is newer than what is known.
 *
 * `version` decides, so a repeated or late record changes nothing and any order of the same records ends in the same hosts.
 * The time it takes does not grow with the number of hosts, as long as each record is applied to the latest state.
 *
 * @returns a new state, or the same one when the record told nothing new
 */
export function applyHost(state: ClusterState, host: Host): ClusterState {
  const known = state.get(host.containerInstanceArn);
  if (known !== undefined && known.version >= host.version) return state;
  return (state instanceof SharedHosts ? state : new SharedHosts([...state])).with(host);
}

/**
 * Replaces each host by a newer record of it, where there is one.
 *
 * Updates about hosts that are not in the list are left out: the list was made after them, so those hosts are gone.
 */
export function refreshHosts(listed: readonly Host[], updates: readonly Host[]): readonly Host[] {
  const newest = new Map<string, Host>();
  for (const host of updates) {
    const known = newest.get(host.containerInstanceArn);
    if (known === undefined || host.version > known.version) newest.set(host.containerInstanceArn, host);
  }
  return listed.map((host) => {
    const update = newest.get(host.containerInstanceArn);
    return update !== undefined && update.version > host.version ? update : host;
  });
}

/** What was heard while a list of hosts was made. */
export interface MergeListOptions {
  /**
   * ARNs of hosts that an event told of since the list was begun: such a host may be too new to be listed.
   *
   * @default none
   */
  readonly heardSince?: ReadonlySet<string>;
}

/**
 * Takes a full list of the cluster's hosts into the state: every item of DescribeContainerInstances.
 *
 * A listed host counts in its newer record. One that is not listed is gone: it stays once as `INACTIVE`, so that a late event of it
 * is known to be old, and is left out at the next list.
 *
 * Linear in hosts.
 */
export function mergeList(state: ClusterState, listed: readonly Host[], { heardSince }: MergeListOptions = {}): ClusterState {
  const hosts = new Map<string, Host>();
  const present = new Set(listed.map((host) => host.containerInstanceArn));
  for (const [arn, known] of state) {
    if (present.has(arn) || heardSince?.has(arn) === true) hosts.set(arn, known);
    else if (known.status !== 'INACTIVE') hosts.set(arn, { ...known, status: 'INACTIVE', agentConnected: false });
  }
  return listed.reduce(applyHost, new SharedHosts(hosts));
}
