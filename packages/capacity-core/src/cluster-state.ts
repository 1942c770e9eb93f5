import type { Host } from './host.js';

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
 *
 * @returns a new state, or the same one when the record told nothing new
 */
export function applyHost(state: ClusterState, host: Host): ClusterState {
  const known = state.get(host.containerInstanceArn);
  if (known !== undefined && known.version >= host.version) return state;
  return new Map(state).set(host.containerInstanceArn, host);
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
