import type { Host } from '../host.js';
import type { HostResources } from '../resource.js';
import type { Reason } from '../reason.js';
import type { TaskSize } from '../task-size.js';
import { demandOf, freeOf } from './dimension.js';

/**
 * Tasks of which only the sum is known: what a host's record says is in use and no known task accounts for.
 *
 * How many they are, and what each takes, may be anything that adds up to it.
 */
export interface LooseTasks {
  /** The host that runs them. */
  readonly containerInstanceArn: string;
  /** What they take together, dimension by dimension; at least 0 each. */
  readonly amounts: Float64Array;
  /** TCP host ports they hold. */
  readonly tcpPorts: readonly number[];
  /** UDP host ports they hold. */
  readonly udpPorts: readonly number[];
}

/**
 * What the host has in use beyond the tasks known to be on it; `undefined` where they account for all of it.
 *
 * @param known - the tasks known to be there, daemons among them
 */
export function looseTasksOn(host: Host, known: readonly TaskSize[], dimensions: readonly Reason[]): LooseTasks | undefined {
  const sum = (resources: HostResources, dimension: Reason): number => {
    if (dimension === 'ENI') return 0;
    return freeOf({ host, free: resources, daemonsUnknown: false }, dimension);
  };
  const amounts = Float64Array.from(
    dimensions.map((dimension) => {
      const explained = known.reduce((total, size) => total + demandOf(size, dimension), 0);
      return Math.max(0, sum(host.registered, dimension) - sum(host.remaining, dimension) - explained);
    }),
  );
  const ports = (now: readonly number[], always: readonly number[], held: readonly number[]): readonly number[] =>
    now.filter((port) => !always.includes(port) && !held.includes(port));
  const tcpPorts = ports(
    host.remaining.takenTcpPorts,
    host.registered.takenTcpPorts,
    known.flatMap((size) => size.tcpPorts),
  );
  const udpPorts = ports(
    host.remaining.takenUdpPorts,
    host.registered.takenUdpPorts,
    known.flatMap((size) => size.udpPorts),
  );
  if (amounts.every((amount) => amount === 0) && tcpPorts.length + udpPorts.length === 0) return undefined;
  return { containerInstanceArn: host.containerInstanceArn, amounts, tcpPorts, udpPorts };
}
