import { fits, type HostRoom, place, type TaskSize } from '../../src/index.js';

/** A host type: an empty room of it, and its cost. */
export interface PricedRoom {
  readonly room: HostRoom;
  readonly cost: number;
}

/** The least cost of hosts onto which all tasks fit beside existing ones, found by trying every way; `undefined` where none does. */
export function cheapestPacking(given: readonly TaskSize[], existing: readonly HostRoom[], types: readonly PricedRoom[]): number | undefined {
  // A task that must be alone of its group can only come first; beside it, others of the group may come later.
  const isDistinct = ({ placementConstraints }: TaskSize): number => placementConstraints.length;
  const tasks = [...given].sort((a, b) => isDistinct(b) - isDistinct(a));
  let best = Number.POSITIVE_INFINITY;
  const visit = (next: number, rooms: readonly HostRoom[], cost: number): void => {
    if (cost >= best) return;
    const size = tasks[next];
    if (size === undefined) {
      best = cost;
      return;
    }
    for (const [index, room] of rooms.entries()) {
      if (fits(room, size).copies > 0) visit(next + 1, rooms.with(index, place(room, size)), cost);
    }
    for (const { room, cost: more } of types) {
      if (fits(room, size).copies > 0) visit(next + 1, [...rooms, place(room, size)], cost + more);
    }
  };
  visit(0, existing, 0);
  return Number.isFinite(best) ? best : undefined;
}
