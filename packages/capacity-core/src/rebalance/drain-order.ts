import { valueOfAttribute } from '../attribute.js';
import type { HostWork } from './cluster-work.js';
import type { PlacementProblem } from './placement-problem.js';
import type { Candidate } from './prover.js';

/** The attribute ECS gives a host for its Availability Zone. */
const ZONE = 'ecs.availability-zone';

/** A host to try next. */
export interface DrainCandidate extends Candidate {
  readonly work: HostWork;
  /** To be called when the host is drained, so that its zone counts one less. */
  readonly drained: () => void;
}

/** The Availability Zone of a host; empty where it has none. */
export function zoneOf({ host }: HostWork): string {
  return valueOfAttribute(host.attributes, ZONE) ?? '';
}

/**
 * Hosts in the order they are tried: those with least to move first.
 *
 * What a host has to move is measured by its largest share, over the dimensions, of what all hosts had free; between equals, the
 * host with least room left for others comes first, then the ARN decides. With zones balanced, the next host is the first of the zone that has most hosts left.
 */
export function* inDrainOrder(problem: PlacementProblem, balanceZones: boolean): Generator<DrainCandidate, void, undefined> {
  const sorted = byWork(problem);
  const queues = new Map<string, { left: number; next: number; readonly hosts: typeof sorted }>();
  for (const entry of sorted) {
    const zone = balanceZones ? zoneOf(entry.work) : '';
    const queue = queues.get(zone) ?? { left: 0, next: 0, hosts: [] };
    queues.set(zone, queue);
    queue.hosts.push(entry);
    queue.left += 1;
  }
  const zones = [...queues].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, queue]) => queue);
  for (;;) {
    const waiting = zones.filter(({ next, hosts }) => next < hosts.length);
    const most = waiting.reduce<(typeof waiting)[number] | undefined>((best, zone) => (best === undefined || zone.left > best.left ? zone : best), undefined);
    const entry = most?.hosts[most.next];
    if (most === undefined || entry === undefined) return;
    most.next += 1;
    yield {
      ...entry,
      drained: () => {
        most.left -= 1;
      },
    };
  }
}

function byWork({ hosts, kinds, table }: PlacementProblem): Array<PlacementProblem['hosts'][number]> {
  const width = kinds.dimensions.length;
  const free = new Float64Array(width);
  for (const [index, amount] of table.free.entries()) free[index % width] = (free[index % width] ?? 0) + amount;
  const share = (host: (typeof hosts)[number]): number => {
    let most = 0;
    for (let d = 0; d < width; d += 1) {
      const moved = host.counts.reduce((sum, [kind, tasks]) => sum + tasks * (kinds.demand[kind * width + d] ?? 0), host.loose?.amounts[d] ?? 0);
      if (moved > 0) most = Math.max(most, moved / Math.max(1, free[d] ?? 0));
    }
    return most;
  };
  const room = ({ index }: (typeof hosts)[number]): number => {
    let most = 0;
    for (let d = 0; d < width; d += 1) most = Math.max(most, (table.free[index * width + d] ?? 0) / Math.max(1, free[d] ?? 0));
    return most;
  };
  return hosts
    .map((host) => ({ host, share: share(host), room: room(host) }))
    .sort((a, b) => a.share - b.share || a.room - b.room || a.host.index - b.host.index)
    .map(({ host }) => host);
}
