import type { HostRoom } from '../host-room.js';
import type { HostResources } from '../resource.js';
import { daemonDoubtsOf, fits } from '../room-fit.js';
import type { TaskSize } from '../task-size.js';
import type { Unknown } from '../unknown.js';
import { freeOf, NO_LIMIT } from './dimension.js';
import type { Kinds } from './kinds.js';

/**
 * What many hosts have free for tasks of several kinds, as numbers: hosts × dimensions, and hosts × kinds.
 *
 * Counts as `fits` and `place` do, for those who ask of thousands of hosts thousands of times.
 */
export class PlacementTable {
  public readonly kinds: Kinds;
  /** What each host can give before any task is placed: less what its daemons will take. */
  public readonly rooms: readonly HostRoom[];
  /** What is left: hosts × dimensions. */
  public readonly free: Float64Array;
  /** 1 where nothing but resources can keep the kind from the host: hosts × kinds. */
  public readonly open: Uint8Array;
  /** 1 for a host that takes no task at all. */
  public readonly closed: Uint8Array;
  /** What is unknown of some pair of host and kind. */
  public readonly unknown: ReadonlySet<Unknown>;

  private constructor(from: Pick<PlacementTable, 'kinds' | 'rooms' | 'free' | 'open' | 'closed' | 'unknown'>) {
    this.kinds = from.kinds;
    this.rooms = from.rooms;
    this.free = from.free;
    this.open = from.open;
    this.closed = from.closed;
    this.unknown = from.unknown;
  }

  /** Linear in rooms × kinds. */
  public static of(rooms: readonly HostRoom[], kinds: Kinds): PlacementTable {
    const { dimensions, sizes } = kinds;
    const free = new Float64Array(rooms.length * dimensions.length);
    const open = new Uint8Array(rooms.length * sizes.length);
    const closed = Uint8Array.from(rooms, (room) => (room.closedBy === undefined ? 0 : 1));
    const unknown = new Set<Unknown>();
    const isPlain = sizes.map(asksForResourcesAlone);
    for (const [index, room] of rooms.entries()) {
      for (const [d, dimension] of dimensions.entries()) free[index * dimensions.length + d] = freeOf(room, dimension);
      for (const [k, size] of sizes.entries()) {
        const takes = isPlain[k] === true ? takesPlain(room, size, unknown) : takesOne(room, size, unknown);
        open[index * sizes.length + k] = takes ? 1 : 0;
      }
    }
    return new PlacementTable({ kinds, rooms, free, open, closed, unknown });
  }

  /** The same room, to be filled by itself. */
  public copy(): PlacementTable {
    return new PlacementTable({ ...this, free: this.free.slice(), open: this.open.slice(), closed: this.closed.slice() });
  }

  /** How many copies of a kind are packed onto a host. Integer, at least 0. */
  public copies(host: number, kind: number): number {
    return this.#copies(host, kind, this.kinds.exclusive[kind] === true);
  }

  /** How many copies of a kind a host can run at most, in whatever order tasks come. Integer, at least 0. */
  public mostCopies(host: number, kind: number): number {
    return this.#copies(host, kind, this.kinds.single[kind] === true);
  }

  #copies(host: number, kind: number, isOne: boolean): number {
    const { demand, dimensions, sizes } = this.kinds;
    if (this.open[host * sizes.length + kind] !== 1) return 0;
    let copies = isOne ? 1 : NO_LIMIT;
    const width = dimensions.length;
    for (let d = 0; d < width; d += 1) {
      const asked = demand[kind * width + d] ?? 0;
      if (asked > 0) copies = Math.min(copies, Math.floor((this.free[host * width + d] ?? 0) / asked));
    }
    return Math.max(0, copies);
  }

  /** Whether a host takes one copy of a kind. */
  public takes(host: number, kind: number): boolean {
    const { demand, dimensions, sizes } = this.kinds;
    if (this.open[host * sizes.length + kind] !== 1) return false;
    const width = dimensions.length;
    for (let d = 0; d < width; d += 1) {
      const asked = demand[kind * width + d] ?? 0;
      if (asked > 0 && (this.free[host * width + d] ?? 0) < asked) return false;
    }
    return true;
  }

  /** Places copies of a kind on a host; the caller knows that they fit. */
  public take(host: number, kind: number, copies: number): void {
    const { demand, dimensions, sizes, closes } = this.kinds;
    const width = dimensions.length;
    for (let d = 0; d < width; d += 1) {
      this.free[host * width + d] = (this.free[host * width + d] ?? 0) - copies * (demand[kind * width + d] ?? 0);
    }
    for (const closed of closes[kind] ?? []) this.open[host * sizes.length + closed] = 0;
  }

  /** Lets no further task onto a host. */
  public close(host: number): void {
    const { length } = this.kinds.sizes;
    this.closed[host] = 1;
    this.open.fill(0, host * length, (host + 1) * length);
  }
}

/** Whether `fits` looks at nothing but CPU, memory, GPUs and ports. */
function asksForResourcesAlone({ networkMode, others, requiredAttributes, placementConstraints }: TaskSize): boolean {
  return networkMode !== 'awsvpc' && others.length + requiredAttributes.length + placementConstraints.length === 0;
}

/** Whether a copy fits; what is unknown of it is added. */
function takesOne(room: HostRoom, size: TaskSize, unknown: Set<Unknown>): boolean {
  const fit = fits(room, size);
  for (const what of fit.unknown) unknown.add(what);
  return fit.copies >= 1;
}

/** The same of a size that asks for resources alone, faster: hosts × kinds are many. */
function takesPlain(room: HostRoom, size: TaskSize, unknown: Set<Unknown>): boolean {
  const takes = room.closedBy === undefined && hasAmounts(room.free, size) && hasPorts(room.free, size);
  if (takes) for (const what of daemonDoubtsOf(room)) unknown.add(what);
  return takes;
}

function hasAmounts(free: HostResources, { cpuUnits, memoryMiB, gpus }: TaskSize): boolean {
  return (
    (!(cpuUnits > 0) || free.cpuUnits >= cpuUnits) &&
    (!(memoryMiB > 0) || free.memoryMiB >= memoryMiB) &&
    (!(gpus > 0) || free.gpus >= gpus)
  );
}

function hasPorts({ takenTcpPorts, takenUdpPorts }: HostResources, { tcpPorts, udpPorts }: TaskSize): boolean {
  return !tcpPorts.some((port) => takenTcpPorts.includes(port)) && !udpPorts.some((port) => takenUdpPorts.includes(port));
}
