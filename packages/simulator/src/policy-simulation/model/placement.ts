import type { TaskSize } from '@plimsoll/capacity-core';
import type { SeededRandom } from '../../virtual-time/seeded-random.js';
import type { PlacementStrategy } from '../settings.js';
import type { SimulatedHost } from './simulated-host.js';

/** A task to be placed. */
export interface PlacementQuestion {
  readonly size: TaskSize;
  readonly group: string;
  /** Whether CPU, memory and GPUs alone decide where it fits. */
  readonly isPlain: boolean;
  readonly strategy: PlacementStrategy;
  readonly random: SeededRandom;
}

/**
 * Chooses a host with room: for `binpack` the one with least memory left, for `spread` one in the zone, then on the host, with fewest
 * tasks of the group, for `random` any. Of equals the oldest.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html
 */
export function chooseHost(hosts: readonly SimulatedHost[], question: PlacementQuestion): SimulatedHost | undefined {
  if (question.strategy === 'binpack') return fullest(hosts, question);
  const open = hosts.filter((host) => host.hasRoomFor(question.size, question.isPlain));
  const [first, ...others] = open;
  if (first === undefined) return undefined;
  return question.strategy === 'random' ? question.random.pick([first, ...others]) : emptiestOfGroup(hosts, open, question.group);
}

function fullest(hosts: readonly SimulatedHost[], { size, isPlain }: PlacementQuestion): SimulatedHost | undefined {
  let best: SimulatedHost | undefined;
  for (const host of hosts) {
    if (best !== undefined && host.freeMemoryMiB >= best.freeMemoryMiB) continue;
    if (host.hasRoomFor(size, isPlain)) best = host;
  }
  return best;
}

function emptiestOfGroup(hosts: readonly SimulatedHost[], open: readonly SimulatedHost[], group: string): SimulatedHost | undefined {
  const onHost = new Map(hosts.map((host) => [host, tasksOf(host, group)]));
  const inZone = new Map<string, number>();
  for (const [{ zone }, count] of onHost) inZone.set(zone, (inZone.get(zone) ?? 0) + count);
  const rank = (host: SimulatedHost): readonly [number, number] => [inZone.get(host.zone) ?? 0, onHost.get(host) ?? 0];
  return [...open].sort((a, b) => {
    const [zoneOfA, hostOfA] = rank(a);
    const [zoneOfB, hostOfB] = rank(b);
    return zoneOfA - zoneOfB || hostOfA - hostOfB || a.id - b.id;
  })[0];
}

function tasksOf(host: SimulatedHost, group: string): number {
  let count = 0;
  for (const task of host.tasks) if (task.group === group) count += 1;
  return count;
}
