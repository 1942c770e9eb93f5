import type { Host } from '../host.js';
import { emptyRoomOf, roomOf } from '../host-room.js';
import type { PlacementOptions } from '../placement-context.js';
import { compareReasons, type Reason } from '../reason.js';
import { fits } from '../room-fit.js';
import { needsHost } from '../task.js';
import type { TaskSize } from '../task-size.js';
import type { Unknown } from '../unknown.js';
import { binOf } from './bin.js';
import { clusterWork, looseOn } from './cluster-work.js';
import { costOf, type HostType, hostOf } from './host-type.js';
import { kindsOf } from './kinds.js';
import { sizeOfLoose } from './loose-size.js';
import { lowerBound } from './lower-bound.js';
import { pack } from './pack.js';
import type { PackingProblem } from './packing-problem.js';
import { PlacementTable } from './placement-table.js';
import { countInto, headroomOf, type TaskDemand } from './task-demand.js';

/** Costs that differ by no more than this share of them differ by rounding alone. */
const SAME = 1e-12;

/** What is to be packed, and onto what. */
export interface HostsNeededRequest extends PlacementOptions {
  /** The types of host that can be added. */
  readonly hostTypes: readonly HostType[];
  /**
   * Tasks that wait and are not in `tasks`.
   *
   * @default none
   */
  readonly waiting?: readonly TaskDemand[];
  /**
   * Sizes whose `headroom` must fit beside the tasks.
   *
   * @default none
   */
  readonly taskSizes?: readonly TaskSize[];
  /**
   * Hosts that are there. The tasks on those that are `ACTIVE` stay; what they have left costs nothing.
   *
   * @default none: every task in `tasks` needs a new host
   */
  readonly existing?: readonly Host[];
  /**
   * Hosts that are to go: what they run needs a place elsewhere. None of them is in `existing`.
   *
   * @default none
   */
  readonly replaced?: readonly Host[];
}

/** Hosts of one type that are filled alike. */
export interface PackedHosts {
  /** Name of the host type. */
  readonly hostType: string;
  /** How many. Integer, at least 1. */
  readonly hosts: number;
  /** What each of them takes: names of sizes, and copies. */
  readonly tasks: ReadonlyArray<{ readonly name: string; readonly copies: number }>;
}

/** Tasks that are left over, and that no number of hosts of the types makes room for. */
export interface UnplaceableTasks {
  /** Name of their size. */
  readonly name: string;
  /** How many. Integer, at least 1. */
  readonly tasks: number;
  /** What keeps them off an empty host of each type; empty where no type was given, or more than 10,000 hosts would be needed. */
  readonly reasons: readonly Reason[];
}

/** A packing, and how good it is. */
export interface HostsNeeded {
  /** Hosts of each type to be added, in the order of the types. */
  readonly byType: ReadonlyArray<{ readonly hostType: string; readonly hosts: number }>;
  /** Hosts to be added. Integer, at least 0. */
  readonly hosts: number;
  /** Their cost, in the unit of the types' costs. */
  readonly cost: number;
  /** What no packing of the tasks that are packed gets by with less than. */
  readonly lowerBound: { readonly hosts: number; readonly cost: number };
  /** How much more the packing costs than the bound, as a fraction of the bound; 0 where it is proved to be the cheapest. */
  readonly gap: number;
  /** What goes onto the added hosts. */
  readonly packing: readonly PackedHosts[];
  /** Tasks that fit on no host type, for which a larger one is needed, or that 10,000 hosts leave over. */
  readonly unplaceable: readonly UnplaceableTasks[];
  /** `estimate` where something unknown may make it more hosts, or fewer. */
  readonly precision: 'exact' | 'estimate';
  /** What is unknown. */
  readonly unknown: readonly Unknown[];
}

/**
 * Packs running and waiting tasks and the headroom onto host types, as cheaply as it finds, and proves how far from the cheapest
 * that can be at most.
 *
 * From zero hosts as well as beside existing ones. Of existing or replaced hosts without `tasks`, what waits is unknown: an estimate. Each new host loses what its daemons take. With hosts but no tasks known, what a
 * host has in use counts as one task where it must move.
 *
 * @example
 * hostsNeeded({ tasks, taskSizes, hostTypes: [{ name: 'm5.large', resources, cost: 0.096 }] }).byType;
 */
export function hostsNeeded(request: HostsNeededRequest): HostsNeeded {
  const { hostTypes, taskSizes = [] } = request;
  const { problem, unknown, reasonsFor } = packingProblem(request, headroomOf(taskSizes));
  const { kinds } = problem;
  const placeable = problem.counts.map((tasks, kind) => (problem.types.some((type) => type.open[kind] === 1) ? tasks : 0));
  const bound = (counts: Float64Array, costs: readonly number[]): number =>
    hostTypes.length === 0 ? 0 : lowerBound({ ...problem, counts }, costs);
  const enough = bound(placeable, problem.costs);
  const { bins, cost, left } = pack(problem, enough);
  // Beyond the most hosts that are packed, tasks stay out of the packing, and so they do of the bound.
  const packed = placeable.map((tasks, kind) => Math.max(0, tasks - (left[kind] ?? 0)));
  const isCutOff = packed.some((tasks, kind) => tasks !== placeable[kind]);
  const least = Math.min(isCutOff ? bound(packed, problem.costs) : enough, cost);
  const leastHosts = Math.min(
    bound(
      packed,
      problem.costs.map(() => 1),
    ),
    bins.length,
  );
  const unplaceable = [...left].flatMap((tasks, kind) => {
    const size = kinds.sizes[kind];
    return tasks > 0 && size !== undefined
      ? [{ name: size.name, tasks, reasons: problem.types.some((type) => type.open[kind] === 1) ? [] : reasonsFor(size) }]
      : [];
  });
  return {
    byType: hostTypes.map(({ name }, index) => ({ hostType: name, hosts: bins.filter(({ type }) => type === index).length })),
    hosts: bins.length,
    cost,
    lowerBound: { hosts: leastHosts, cost: least },
    gap: cost <= least * (1 + SAME) ? 0 : (cost - least) / least,
    packing: alike(
      bins.map(({ type, content }) => ({
        hostType: hostTypes[type]?.name ?? '',
        tasks: [...content].sort(([a], [b]) => a - b).map(([kind, copies]) => ({ name: kinds.sizes[kind]?.name ?? '', copies })),
      })),
    ),
    unplaceable,
    precision: unknown.length === 0 ? 'exact' : 'estimate',
    unknown,
  };
}

function packingProblem(request: HostsNeededRequest, headroom: readonly TaskDemand[]) {
  const { hostTypes, existing = [], replaced = [] } = request;
  const hosts = [...existing, ...replaced.map((host) => (host.status === 'ACTIVE' ? { ...host, status: 'DRAINING' } : host))];
  const work = clusterWork(hosts, { ...request, waiting: [...(request.waiting ?? []), ...headroom] });
  const { context } = work;
  const listed = new Set(hosts.map((host) => host.containerInstanceArn));
  const tasksElsewhere = (request.tasks ?? []).filter(
    (task) => needsHost(task) && !task.daemon && task.containerInstanceArn !== undefined && !listed.has(task.containerInstanceArn),
  );
  const elsewhere = tasksElsewhere.map(work.tell);
  const loose = work.leaving
    .flatMap((one) => looseOn(one, context, work.dimensions) ?? [])
    .map((block) => sizeOfLoose(block, work.dimensions));
  const demand: readonly TaskDemand[] = [
    ...work.waiting,
    ...[...work.leaving.flatMap(({ sizes }) => sizes), ...elsewhere.map(({ size }) => size), ...loose].map((size) => ({ size, tasks: 1 })),
  ];
  const { kinds, kindOf } = kindsOf(
    demand.map(({ size }) => size),
    { alone: new Set(loose) },
  );
  const counts = countInto(new Float64Array(kinds.sizes.length), demand, kindOf);
  const isLoose = new Uint8Array(kinds.sizes.length);
  for (const size of loose) isLoose[kindOf(size)] = 1;
  const emptyRooms = hostTypes.map((type) => emptyRoomOf(hostOf(type), context));
  const rooms = work.eligible.map(({ host }) => roomOf(host, context));
  const templates = PlacementTable.of(emptyRooms, kinds);
  const table = PlacementTable.of(rooms, kinds);
  const problem: PackingProblem = {
    kinds,
    counts,
    loose: isLoose,
    existing: rooms.map((_, row) => binOf(table, row, -1)),
    types: hostTypes.map((_, row) => binOf(templates, row, row)),
    costs: hostTypes.map(costOf),
  };
  // What a task takes that its record does not tell, its host's record does: of hosts that are not listed, nothing does.
  const isAnyUnknown = loose.length > 0 || work.isWaitingUnknown || tasksElsewhere.some(({ sizeUnknown }) => sizeUnknown === true);
  // Asked of no hosts, what is given is all there is.
  const isWaitingUnknown = request.tasks === undefined && (request.existing !== undefined || request.replaced !== undefined);
  const isConstraintUnknown =
    work.isWaitingConstraintUnknown || work.leaving.some((one) => one.isConstraintUnknown) || elsewhere.some(({ isUnknown }) => isUnknown);
  const isOpeningAsked = kinds.mayOpen.some((opens, kind) => opens && (counts[kind] ?? 0) > 0);
  const unknown = [
    ...new Set([
      ...(isOpeningAsked ? (['EXPRESSION_UNKNOWN'] as const) : []),
      ...templates.unknown,
      ...table.unknown,
      ...(isAnyUnknown ? (['RUNNING_TASKS_UNKNOWN'] as const) : []),
      ...(isWaitingUnknown ? (['WAITING_TASKS_UNKNOWN'] as const) : []),
      ...(isConstraintUnknown ? (['CONSTRAINTS_UNKNOWN'] as const) : []),
    ]),
  ].sort();
  const reasonsFor = (size: TaskSize): readonly Reason[] =>
    [...new Set(emptyRooms.flatMap((room) => fits(room, size).boundBy))].sort(compareReasons);
  return { problem, unknown, reasonsFor };
}

/** Hosts that are filled alike, put together; most hosts first. */
function alike(hosts: ReadonlyArray<Omit<PackedHosts, 'hosts'>>): readonly PackedHosts[] {
  const groups = new Map<string, PackedHosts>();
  for (const host of hosts) {
    const key = JSON.stringify(host);
    groups.set(key, { ...host, hosts: (groups.get(key)?.hosts ?? 0) + 1 });
  }
  return [...groups]
    .sort(([a, one], [b, other]) => other.hosts - one.hosts || (a < b ? -1 : 1))
    .map(([, { hostType, hosts: number, tasks }]) => ({ hostType, hosts: number, tasks }));
}
