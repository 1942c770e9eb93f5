import {
  type DrainableHosts,
  drainableHosts,
  type Host,
  type HostsShort,
  type HostType,
  hostsShort,
  type PlacementOptions,
  type TaskDemand,
  type TaskSize,
} from '@plimsoll/capacity-core';
import { expectedHostType } from './host-type.js';

/** What scaling is decided from. */
export interface ScalingObservation {
  /** The hosts, each in its newest record. */
  readonly hosts: readonly Host[];
  /** What is known beside them. */
  readonly placement: PlacementOptions;
  /** Task sizes, with their headroom. */
  readonly taskSizes: readonly TaskSize[];
  /** Tasks that services want and have not. */
  readonly missing: readonly TaskDemand[];
  /**
   * Tasks that deployments have yet to start beside older ones: no host is added for them, but none goes that they need.
   *
   * @default none
   */
  readonly deploying?: readonly TaskDemand[];
  /** The type of host that is added; by default the commonest of the cluster. */
  readonly hostType?: HostType | undefined;
  /** ARNs of hosts that are not to be named as drainable, beside those that no Auto Scaling group has. */
  readonly staying?: ReadonlySet<string>;
  /** Whether hosts are named so that the Availability Zones stay in balance. */
  readonly balanceZones?: boolean;
}

/** Whether the cluster has too few hosts, or more than it needs. */
export interface ScalingDecision {
  /**
   * Hosts to add so that what waits and every size's headroom fit, all of it together. Integer, at least 0.
   *
   * Where no host tells what a new one would be like and none is configured, 1 stands for any number above 0.
   */
  readonly hostsShort: number;
  /** Tasks for which no number of hosts makes room, by the name of their size. */
  readonly unplaceable: HostsShort['unplaceable'];
  /** Name of the type of host that would be added; absent where it is not known. */
  readonly hostType?: string;
  /** Hosts that are `ACTIVE`. Integer, at least 0. */
  readonly activeHosts: number;
  /** Hosts that can be emptied; none while hosts are short. */
  readonly drainable: DrainableHosts;
}

/**
 * Decides whether hosts are missing, and which could go. Pure.
 *
 * Never both: what the drainable hosts are proved to leave room for is what being short is measured by.
 */
export function decideScaling(observation: ScalingObservation): ScalingDecision {
  const { placement, taskSizes, missing: waiting, deploying = [], balanceZones = false } = observation;
  const hosts = placement.tasks === undefined ? observation.hosts : observation.hosts.map(withoutWhatStops);
  const asked = [...taskSizes, ...[...waiting, ...deploying].map(({ size }) => size)];
  const hostType = expectedHostType(hosts, observation.hostType, asked);
  const demand = { ...placement, taskSizes, waiting };
  const short = shortOf(hosts, hostType, demand);
  return {
    ...short,
    activeHosts: hosts.filter(({ status }) => status === 'ACTIVE').length,
    ...(hostType === undefined ? {} : { hostType: hostType.name }),
    drainable: drainableHosts(hosts, {
      ...demand,
      waiting: [...waiting, ...deploying],
      balanceZones,
      staying: new Set([...(observation.staying ?? []), ...outsideGroups(hosts)]),
      ...(short.hostsShort > 0 ? { limit: 0 } : {}),
    }),
  };
}

/**
 * A draining host as if it held no more than its listed tasks do.
 *
 * It takes no new ones, so that what it has in use beyond them is of tasks that stop: they are listed no longer, hold their room until they
 * have, and need none elsewhere. Counted as if they did, a host would be added for the seconds that they take.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html
 */
function withoutWhatStops(host: Host): Host {
  return host.status === 'DRAINING' ? { ...host, remaining: host.registered } : host;
}

/** Hosts that are no EC2 instances, and so in no Auto Scaling group; an external host has an id of another form. */
function outsideGroups(hosts: readonly Host[]): readonly string[] {
  return hosts.filter(({ ec2InstanceId = '' }) => !ec2InstanceId.startsWith('i-')).map(({ containerInstanceArn }) => containerInstanceArn);
}

function shortOf(
  hosts: readonly Host[],
  hostType: HostType | undefined,
  demand: Parameters<typeof hostsShort>[2],
): Pick<ScalingDecision, 'hostsShort' | 'unplaceable'> {
  if (hostType !== undefined) {
    const { hosts: count, unplaceable } = hostsShort(hosts, hostType, demand);
    return { hostsShort: count, unplaceable };
  }
  // Without any type nothing can be packed: what is left over is what is asked for.
  const { unplaceable } = hostsShort(hosts, NOTHING, demand);
  return { hostsShort: unplaceable.length > 0 ? 1 : 0, unplaceable: [] };
}

/** A type of host that no task fits on. */
const NOTHING: HostType = {
  name: 'none',
  resources: { cpuUnits: 0, memoryMiB: 0, gpus: 0, takenTcpPorts: [], takenUdpPorts: [], others: [] },
};
