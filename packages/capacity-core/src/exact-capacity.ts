import { AmountColumns, type HostAmounts } from './amount-columns.js';
import type { CapacityNote, ClusterCapacity, TaskSizeCapacity } from './capacity.js';
import { closedBy, type Host } from './host.js';
import { emptyRoomOf, type HostRoom, roomOf } from './host-room.js';
import { type PlacementContext, type PlacementOptions, placementContext } from './placement-context.js';
import { countPlain, type HostColumns, isPlain } from './plain-count.js';
import { fits } from './room-fit.js';
import { summarise } from './summarise.js';
import { Tally } from './tally.js';
import type { TaskSize, TaskSizes } from './task-size.js';
import type { Unknown } from './unknown.js';
import { UNKNOWN_NOTES } from './unknown-notes.js';

/**
 * Counts host by host how many more tasks of each size the cluster can place.
 *
 * A size's container capacity is the sum, over the eligible hosts, of the copies that fit on each: a task cannot straddle two.
 * Its idle host capacity is the sum of each host's share of what the same host would hold when empty but for its daemons, at most 1;
 * a host that could never hold one adds nothing. The sizes are counted each by itself, not on top of one another.
 *
 * Where something is unknown that could lower the count, the answer is an upper bound, and its notes say what.
 *
 * Linear in hosts times sizes; the order of the hosts changes nothing.
 *
 * @example
 * const sizes = readTaskSizes([{ name: 'web', cpuUnits: 250, memoryMiB: 400 }]);
 * if (sizes.ok) exactCapacity(hosts, sizes.value).containerCapacity; // 2
 */
export function exactCapacity(hosts: readonly Host[], taskSizes: TaskSizes, options: PlacementOptions = {}): ClusterCapacity {
  const context = placementContext(options);
  const cluster = new EligibleHosts(hosts, context);
  return summarise(
    'exact',
    { hosts, eligible: cluster.count },
    taskSizes.map((size) => exactCapacityOf(cluster, size)),
  );
}

function exactCapacityOf(cluster: EligibleHosts, size: TaskSize): TaskSizeCapacity {
  const unknown = new Set<Unknown>();
  const columns = isPlain(size) ? cluster.columns : undefined;
  const tally = columns === undefined ? countRooms(cluster.rooms, size, unknown) : countPlain(columns, size);
  return {
    name: size.name,
    containerCapacity: tally.copies,
    idleHostCapacity: tally.idleHosts,
    binding: tally.binding,
    precision: unknown.size === 0 ? 'exact' : 'upperBound',
    notes: notesOf(unknown),
  };
}

/** Counts any size, room by room. */
function countRooms(rooms: readonly RoomPair[], size: TaskSize, unknown: Set<Unknown>): Tally {
  const tally = new Tally();
  for (const { room, emptyRoom } of rooms) {
    const now = fits(room, size);
    tally.addHost(now.copies, fits(emptyRoom, size).copies);
    for (const what of now.unknown) unknown.add(what);
    for (const reason of now.boundBy) tally.addBound(reason, 1, now.copiesWithoutBinding - now.copies);
  }
  return tally;
}

function notesOf(unknown: ReadonlySet<Unknown>): readonly CapacityNote[] {
  return unknown.size === 0 ? [] : UNKNOWN_NOTES.filter((note) => unknown.has(note.code as Unknown));
}

interface RoomPair {
  readonly room: HostRoom;
  readonly emptyRoom: HostRoom;
}

/** The hosts that may take tasks; what is worked out of them is, once and only when a size needs it. */
class EligibleHosts {
  readonly #hosts: readonly Host[];
  readonly #context: PlacementContext;
  #rooms: readonly RoomPair[] | undefined;
  #columns: HostColumns | undefined;

  public constructor(hosts: readonly Host[], context: PlacementContext) {
    this.#hosts = hosts.filter((host) => closedBy(host, context) === undefined);
    this.#context = context;
  }

  public get count(): number {
    return this.#hosts.length;
  }

  public get rooms(): readonly RoomPair[] {
    this.#rooms ??= this.#hosts.map((host) => ({ room: roomOf(host, this.#context), emptyRoom: emptyRoomOf(host, this.#context) }));
    return this.#rooms;
  }

  /** What the hosts have, and had when empty; `undefined` where a count of it is not exact. */
  public get columns(): HostColumns | undefined {
    if (this.#context.daemons.length > 0 && this.rooms.some(({ room }) => room.daemonsUnknown)) return undefined;
    if (this.#columns === undefined) {
      const amounts = this.#amounts();
      this.#columns = {
        remaining: new AmountColumns(amounts.map(({ remaining }) => remaining)),
        registered: new AmountColumns(amounts.map(({ registered }) => registered)),
      };
    }
    return this.#columns;
  }

  #amounts(): readonly HostAmounts[] {
    const { daemons, tasksOfHost } = this.#context;
    // Without daemons and tasks, a host's room is what remains of it.
    if (daemons.length === 0 && tasksOfHost === undefined) return this.#hosts;
    return this.rooms.map(({ room, emptyRoom }) => ({ remaining: room.free, registered: emptyRoom.free }));
  }
}
