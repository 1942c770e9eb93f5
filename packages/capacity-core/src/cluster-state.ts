import type { Host } from './host.js';
import { newerHost } from './newer-host.js';
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
 * `version` decides, so a repeated or late record changes nothing and any order of the same records ends in the same hosts. Between
 * records of equal version, or without any, their content decides: the one that tells more, and `INACTIVE` before others.
 * The time it takes does not grow with the number of hosts, as long as each record is applied to the latest state.
 *
 * @returns a new state, or the same one when the record told nothing new
 */
export function applyHost(state: ClusterState, host: Host): ClusterState {
  const known = state.get(host.containerInstanceArn);
  const newer = known === undefined ? host : newerHost(known, host);
  if (newer === known) return state;
  return (state instanceof SharedHosts ? state : new SharedHosts([...state])).with(newer);
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
    newest.set(host.containerInstanceArn, known === undefined ? host : newerHost(known, host));
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
 * is known to be old, and is left out at the next list, or is back where that lists it again in a record as new.
 *
 * Linear in hosts.
 */
export function mergeList(state: ClusterState, listed: readonly Host[], { heardSince }: MergeListOptions = {}): ClusterState {
  const present = listed.reduce(applyHost, EMPTY_CLUSTER);
  const hosts = new Map<string, Host>();
  for (const [arn, known] of state) {
    const now = present.get(arn);
    if (now !== undefined) hosts.set(arn, merged(known, now));
    else if (heardSince?.has(arn) === true) hosts.set(arn, known);
    else if (known.status !== 'INACTIVE') hosts.set(arn, { ...known, status: 'INACTIVE', agentConnected: false });
  }
  for (const [arn, host] of present) if (!hosts.has(arn)) hosts.set(arn, host);
  return new SharedHosts(hosts);
}

/** A host that a list lacked and this one has in a record as new was never gone: its own last record would have a greater version. */
function merged(known: Host, listed: Host): Host {
  return known.status === 'INACTIVE' && known.version === listed.version ? listed : newerHost(known, listed);
}
