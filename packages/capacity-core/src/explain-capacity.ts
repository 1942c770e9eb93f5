import { explanationSentence } from './explanation-sentence.js';
import { type Host, isRegistered } from './host.js';
import { roomOf } from './host-room.js';
import { type PlacementOptions, placementContext } from './placement-context.js';
import { compareReasons, type Reason } from './reason.js';
import { fits } from './room-fit.js';
import type { TaskSizes } from './task-size.js';

/** On how many hosts something stops one more copy. */
export interface ReasonCount {
  /** What stops it. */
  readonly reason: Reason;
  /** Hosts. Integer, at least 1. */
  readonly hosts: number;
}

/** Why no more copies of one task size fit than do. */
export interface CapacityExplanation {
  /** Name of the task size. */
  readonly name: string;
  /** For people: `no host has 800 MiB free; 3 of 3 hosts are short of MEMORY`. */
  readonly sentence: string;
  /**
   * What stops one more copy, on how many of the registered hosts; the most frequent first. A host counts under each of its reasons.
   */
  readonly reasons: readonly ReasonCount[];
}

/**
 * Says for each size what stops one more copy on each registered host, in Amazon ECS's own words.
 *
 * Linear in hosts times sizes; the order of the hosts changes nothing.
 */
export function explainCapacity(
  hosts: readonly Host[],
  taskSizes: TaskSizes,
  options: PlacementOptions = {},
): readonly CapacityExplanation[] {
  const context = placementContext(options);
  const rooms = hosts.filter(isRegistered).map((host) => roomOf(host, context));
  return taskSizes.map((size) => {
    const counts = new Map<Reason, number>();
    let copies = 0;
    let hostsWithRoom = 0;
    for (const room of rooms) {
      const now = fits(room, size);
      copies += now.copies;
      if (now.copies > 0) hostsWithRoom += 1;
      for (const reason of now.boundBy) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    const reasons = sorted(counts);
    return { name: size.name, sentence: explanationSentence(size, { copies, hostsWithRoom, hosts: rooms.length, reasons }), reasons };
  });
}

function sorted(counts: ReadonlyMap<Reason, number>): readonly ReasonCount[] {
  return [...counts].sort(([a, one], [b, other]) => other - one || compareReasons(a, b)).map(([reason, hosts]) => ({ reason, hosts }));
}
