import type { Host } from './host.js';
import type { HostResources } from './resource.js';

/**
 * The one of two records of a host that counts: that of the greater version.
 *
 * Of equal versions, or without any, no record is the newer, so what counts is chosen by content alone and any order of the same
 * records ends in the same host: `INACTIVE` before others, so that a host that is gone stays so; then the record that tells more (an
 * event leaves out the counts of tasks); then an order of no meaning. What never changes of a host, and since when its agent is away
 * (the earliest that was told), is kept of both.
 *
 * @returns one of the two themselves where nothing of the other is kept
 */
export function newerHost(known: Host, other: Host): Host {
  if (known.version !== other.version) return known.version > other.version ? known : other;
  const counts = isBefore(other, known) ? other : known;
  return withWhatLasts(counts, counts === known ? other : known);
}

function isBefore(one: Host, another: Host): boolean {
  const gone = Number(one.status === 'INACTIVE') - Number(another.status === 'INACTIVE');
  if (gone !== 0) return gone > 0;
  const told = toldBy(one) - toldBy(another);
  return told === 0 ? textOf(one) < textOf(another) : told > 0;
}

/** How many of the things that may be left out the record tells, but for those that are kept of both. */
function toldBy({ agentVersion, registeredAt, runningTasksCount, pendingTasksCount, attributes }: Host): number {
  return attributes.length + [agentVersion, registeredAt, runningTasksCount, pendingTasksCount].filter((told) => told !== undefined).length;
}

/** All of a record but what is kept of both, in one order of fields. */
function textOf(host: Host): string {
  const { status, agentConnected, agentVersion, registeredAt, runningTasksCount, pendingTasksCount, attributes } = host;
  return JSON.stringify([
    [status, agentConnected, agentVersion, registeredAt, runningTasksCount, pendingTasksCount],
    attributes.map(({ name, value }) => [name, value]),
    ...[host.registered, host.remaining].map(amountsOf),
  ]);
}

function amountsOf({ cpuUnits, memoryMiB, gpus, takenTcpPorts, takenUdpPorts, others }: HostResources): readonly unknown[] {
  return [cpuUnits, memoryMiB, gpus, takenTcpPorts, takenUdpPorts, others.map(({ name, amount }) => [name, amount])];
}

type Lasting = Pick<Host, 'clusterArn' | 'ec2InstanceId' | 'agentDisconnectedSince'>;

function withWhatLasts(host: Host, other: Host): Host {
  const lasting: { -readonly [Field in keyof Lasting]: Lasting[Field] } = {};
  for (const field of ['clusterArn', 'ec2InstanceId'] as const) {
    const [mine, its] = [host[field], other[field]];
    if (its !== undefined && (mine === undefined || its < mine)) lasting[field] = its;
  }
  const [mine, its] = [host.agentDisconnectedSince, other.agentDisconnectedSince];
  if (its !== undefined && Number.isFinite(its) && !(mine !== undefined && mine <= its)) lasting.agentDisconnectedSince = its;
  return Object.keys(lasting).length === 0 ? host : { ...host, ...lasting };
}
