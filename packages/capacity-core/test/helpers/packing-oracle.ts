import { fits, type HostRoom, place, type TaskSize } from '../../src/index.js';

/** A host type: an empty room of it, and its cost. */
export interface PricedRoom {
  readonly room: HostRoom;
  readonly cost: number;
}

/** The least cost of hosts onto which all tasks fit beside existing ones, found by trying every way; `undefined` where none does. */
export function cheapestPacking(
  given: readonly TaskSize[],
  existing: readonly HostRoom[],
  types: readonly PricedRoom[],
): number | undefined {
  let best = Number.POSITIVE_INFINITY;
  const visit = (left: readonly TaskSize[], rooms: readonly HostRoom[], cost: number): void => {
    if (cost >= best) return;
    if (left.length === 0) best = cost;
    for (const size of nextOf(left)) {
      const others = left.toSpliced(left.indexOf(size), 1);
      for (const placed of placements(rooms, size)) visit(others, placed, cost);
      for (const bought of purchases(types, size)) visit(others, [...rooms, bought.room], cost + bought.cost);
    }
  };
  visit(given, existing, 0);
  return Number.isFinite(best) ? best : undefined;
}

/** What others may keep off comes before them, in every order; the rest can come last, in any one. */
function nextOf(left: readonly TaskSize[]): readonly TaskSize[] {
  const picky = left.filter(({ placementConstraints }) => placementConstraints.length > 0);
  return picky.length > 0 ? [...new Set(picky)] : left.slice(0, 1);
}

function placements(rooms: readonly HostRoom[], size: TaskSize): ReadonlyArray<readonly HostRoom[]> {
  return rooms.flatMap((room, index) => (fits(room, size).copies > 0 ? [rooms.with(index, place(room, size))] : []));
}

function purchases(types: readonly PricedRoom[], size: TaskSize): readonly PricedRoom[] {
  return types.flatMap(({ room, cost }) => (fits(room, size).copies > 0 ? [{ room: place(room, size), cost }] : []));
}
