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
  const inZone = new Map<string, number>();
  const onHost = new Map<SimulatedHost, number>();
  for (const host of hosts) {
    let count = 0;
    for (const task of host.tasks) if (task.group === group) count += 1;
    onHost.set(host, count);
    inZone.set(host.zone, (inZone.get(host.zone) ?? 0) + count);
  }
  let best: SimulatedHost | undefined;
  for (const host of open) {
    if (best === undefined) {
      best = host;
      continue;
    }
    const byZone = (inZone.get(host.zone) ?? 0) - (inZone.get(best.zone) ?? 0);
    const byHost = (onHost.get(host) ?? 0) - (onHost.get(best) ?? 0);
    if (byZone < 0 || (byZone === 0 && byHost < 0)) best = host;
  }
  return best;
}
