import type { CapacityNote, ClusterCapacity, TaskSizeCapacity } from './capacity.js';
import { closedBy, type Host } from './host.js';
import { emptyRoomOf, type HostRoom, roomOf } from './host-room.js';
import { type PlacementOptions, placementContext } from './placement-context.js';
import { compareReasons, type Reason } from './reason.js';
import { fits } from './room-fit.js';
import { summarise } from './summarise.js';
import type { TaskSize, TaskSizes } from './task-size.js';
import type { Unknown } from './unknown.js';
import { UNKNOWN_NOTES } from './unknown-notes.js';

/**
 * Counts host by host how many more tasks of each size the cluster can place.
 *
 * A size's container capacity is the sum, over the eligible hosts, of the copies that fit on each: a task cannot straddle two.
 * Its idle host capacity is the sum of each host's share of what the same host would hold when empty, at most 1; a host that
 * could never hold one adds nothing. The sizes are counted each by itself, not on top of one another.
 *
 * Linear in hosts times sizes; the order of the hosts changes nothing.
 *
 * @example
 * const sizes = readTaskSizes([{ name: 'web', cpuUnits: 250, memoryMiB: 400 }]);
 * if (sizes.ok) exactCapacity(hosts, sizes.value).containerCapacity; // 2
 */
export function exactCapacity(hosts: readonly Host[], taskSizes: TaskSizes, options: PlacementOptions = {}): ClusterCapacity {
  const context = placementContext(options);
  const pairs = hosts
    .filter((host) => closedBy(host, context) === undefined)
    .map((host) => ({ room: roomOf(host, context), emptyRoom: emptyRoomOf(host, context) }));
  return summarise(
    'exact',
    { hosts, grace: context },
    taskSizes.map((size) => exactCapacityOf(pairs, size)),
  );
}

function exactCapacityOf(
  pairs: ReadonlyArray<{ readonly room: HostRoom; readonly emptyRoom: HostRoom }>,
  size: TaskSize,
): TaskSizeCapacity {
  const shares = new Map<number, number>();
  const bound = new Map<Reason, { hosts: number; gain: number }>();
  const unknown = new Set<Unknown>();
  let containerCapacity = 0;
  for (const { room, emptyRoom } of pairs) {
    const now = fits(room, size);
    const empty = fits(emptyRoom, size).copies;
    for (const what of now.unknown) unknown.add(what);
    containerCapacity += now.copies;
    // Copies are added up apart by what the host would hold empty, so that the order of hosts cannot change the last digit.
    if (empty > 0) shares.set(empty, (shares.get(empty) ?? 0) + Math.min(now.copies, empty));
    for (const reason of now.boundBy) {
      const { hosts, gain } = bound.get(reason) ?? { hosts: 0, gain: 0 };
      bound.set(reason, { hosts: hosts + 1, gain: gain + now.copiesWithoutBinding - now.copies });
    }
  }
  const idleHostCapacity = [...shares].sort(([a], [b]) => a - b).reduce((sum, [empty, copies]) => sum + copies / empty, 0);
  return {
    name: size.name,
    containerCapacity,
    idleHostCapacity,
    binding: mostBinding(bound),
    precision: unknown.size === 0 ? 'exact' : 'upperBound',
    notes: notesOf(unknown),
  };
}

function notesOf(unknown: ReadonlySet<Unknown>): readonly CapacityNote[] {
  return UNKNOWN_NOTES.filter((note) => unknown.has(note.code as Unknown));
}

/** What binds on most hosts; of equals, that without which most would fit; of equals, the first in the order reasons are told in. */
function mostBinding(bound: ReadonlyMap<Reason, { readonly hosts: number; readonly gain: number }>): Reason | null {
  const [first] = [...bound].sort(([a, one], [b, other]) => other.hosts - one.hosts || moreGain(one, other) || compareReasons(a, b));
  return first === undefined ? null : first[0];
}

/** Both may be infinite, so they are compared and not subtracted. */
function moreGain(one: { readonly gain: number }, other: { readonly gain: number }): number {
  if (one.gain === other.gain) return 0;
  return other.gain > one.gain ? 1 : -1;
}
