import { closedBy, type Host } from './host.js';
import { taskInterfacesOf } from './network-interface-limit.js';
import type { Daemon, PlacementContext } from './placement-context.js';
import type { HostResources, NamedAmount } from './resource.js';
import { fits } from './room-fit.js';
import type { Task } from './task.js';
import type { TaskSize } from './task-size.js';
import type { Unknown } from './unknown.js';

/** What one host can still give, and what it already runs that matters to placement. */
export interface HostRoom {
  /** The host. */
  readonly host: Host;
  /** Why it takes no task at all; absent where it does. */
  readonly closedBy?: 'AGENT' | 'DRAINING' | 'STATUS';
  /** What is left, less what its daemons will take that have not started yet. */
  readonly free: HostResources;
  /** Network interfaces left for `awsvpc` tasks; the most there can be where use is unknown, absent where the limit is. Integer. */
  readonly freeNetworkInterfaces?: number;
  /** The groups of the tasks it runs or is to run; absent where they are unknown. */
  readonly groups?: readonly string[];
  /** Set where the record counts more tasks than are known: `groups` then lacks some, and more network interfaces may be in use. */
  readonly areTasksMissing?: true;
  /** Names of sizes without a group that ask for `distinctInstance` and were placed here; absent where there is none. */
  readonly distinctWithoutGroup?: readonly string[];
  /** Whether daemons were given, and which of them the host runs or will start is unknown, so that `free` may count what they will take. */
  readonly daemonsUnknown: boolean;
  /** What leaves open whether a daemon will start; absent where that is which tasks run. */
  readonly daemonDoubts?: readonly Unknown[];
}

/**
 * What the host can still give: its remaining resources, less the demand of daemons that it has not started yet.
 *
 * Where its record counts more tasks than are known, one of them may be of any group, and any daemon.
 *
 * A daemon that does not fit is not taken off: ECS cannot start it there, and what is left is free for others. Nor is one of which it is
 * unknown whether it fits, and those that fit after it: the room is then the most there can be.
 */
export function roomOf(host: Host, context: PlacementContext): HostRoom {
  const tasks = tasksOn(host, context);
  const groups = tasks?.flatMap(({ group, desiredStatus }) => (desiredStatus === 'STOPPED' ? [] : (group ?? [])));
  const interfaces = interfacesOf(host, context);
  const used = tasks?.filter(({ size }) => size.networkMode === 'awsvpc').length ?? 0;
  const areTasksMissing = tasks !== undefined && countedOn(host) > tasks.length;
  const isDaemonUnknown = groups === undefined || (areTasksMissing && context.daemons.some(({ group }) => !groups.includes(group)));
  const room = baseRoom(host, context, {
    free: host.remaining,
    ...(groups === undefined ? {} : { groups }),
    ...(areTasksMissing ? { areTasksMissing } : {}),
    ...(interfaces === undefined ? {} : { freeNetworkInterfaces: Math.max(0, interfaces - used) }),
    daemonsUnknown: isDaemonUnknown && context.daemons.length > 0,
  });
  return isDaemonUnknown ? room : startDaemons(room, context.daemons);
}

/** What the host would give if it ran nothing but its daemons. */
export function emptyRoomOf(host: Host, context: PlacementContext): HostRoom {
  const interfaces = interfacesOf(host, context);
  const room = baseRoom(host, context, {
    free: host.registered,
    groups: [],
    ...(interfaces === undefined ? {} : { freeNetworkInterfaces: interfaces }),
    daemonsUnknown: false,
  });
  const tasks = (context.tasksOfHost?.get(host.containerInstanceArn) ?? []).filter(({ desiredStatus }) => desiredStatus !== 'STOPPED');
  const runs = new Set(tasks.map(({ group }) => group));
  const named = new Set<string | undefined>(context.daemons.map(({ group }) => group));
  const others = tasks.filter((task) => task.daemon && !named.has(task.group));
  const withOthers = others.reduce(
    (left, task) => place(left, { ...task.size, ...(task.group === undefined ? {} : { group: task.group }) }),
    room,
  );
  return startDaemons(withOthers, context.daemons, runs);
}

/** The room after one copy of the task; the caller knows that one fits. */
export function place(room: HostRoom, size: TaskSize): HostRoom {
  const { free, freeNetworkInterfaces, groups, distinctWithoutGroup = [] } = room;
  const isDistinct = size.placementConstraints.some(({ type }) => type === 'distinctInstance');
  return {
    ...room,
    free: {
      cpuUnits: free.cpuUnits - size.cpuUnits,
      memoryMiB: free.memoryMiB - size.memoryMiB,
      gpus: free.gpus - size.gpus,
      takenTcpPorts: size.tcpPorts.length === 0 ? free.takenTcpPorts : [...free.takenTcpPorts, ...size.tcpPorts],
      takenUdpPorts: size.udpPorts.length === 0 ? free.takenUdpPorts : [...free.takenUdpPorts, ...size.udpPorts],
      others: size.others.length === 0 ? free.others : lessOthers(free.others, size.others),
    },
    ...(freeNetworkInterfaces === undefined || size.networkMode !== 'awsvpc' ? {} : { freeNetworkInterfaces: freeNetworkInterfaces - 1 }),
    ...(groups === undefined || size.group === undefined ? {} : { groups: [...groups, size.group] }),
    ...(size.group === undefined && isDistinct ? { distinctWithoutGroup: [...distinctWithoutGroup, size.name] } : {}),
  };
}

/**
 * The tasks on the host; `undefined` where unknown.
 *
 * A host with all its CPU and memory left runs none, since every task on an EC2 host has memory of it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html (`memory`)
 */
function tasksOn(host: Host, { tasksOfHost }: PlacementContext): readonly Task[] | undefined {
  if (tasksOfHost !== undefined) return tasksOfHost.get(host.containerInstanceArn) ?? [];
  return isFull(host) ? [] : undefined;
}

function isFull(host: Host): boolean {
  const { registered, remaining } = host;
  return (
    countedOn(host) === 0 &&
    registered.memoryMiB > 0 &&
    remaining.memoryMiB === registered.memoryMiB &&
    remaining.cpuUnits === registered.cpuUnits
  );
}

/** Tasks that the host's record counts; none where it does not tell. */
function countedOn({ runningTasksCount = 0, pendingTasksCount = 0 }: Host): number {
  return runningTasksCount + pendingTasksCount;
}

function interfacesOf(host: Host, { networkInterfaceLimits }: PlacementContext): number | undefined {
  return networkInterfaceLimits === undefined ? undefined : taskInterfacesOf(host.attributes, networkInterfaceLimits);
}

function baseRoom(host: Host, context: PlacementContext, others: Omit<HostRoom, 'host' | 'closedBy'>): HostRoom {
  const reason = closedBy(host, context);
  return { host, ...(reason === undefined ? {} : { closedBy: reason }), ...others };
}

/**
 * Takes off what each daemon needs that is not among the room's groups and may start; from the first that perhaps does, none.
 *
 * @param runs - groups that run on the host, so that no doubt is about whether they may
 */
function startDaemons(room: HostRoom, daemons: readonly Daemon[], runs: ReadonlySet<string | undefined> = NONE): HostRoom {
  let left = room;
  for (const daemon of daemons) {
    if (left.groups?.includes(daemon.group) === true) continue;
    const { copies, unknown } = fits(left, daemon);
    if (copies < 1) continue;
    if (unknown.length > 0 && !runs.has(daemon.group)) return { ...left, daemonsUnknown: true, daemonDoubts: unknown };
    left = place(left, daemon);
  }
  return left;
}

const NONE: ReadonlySet<string | undefined> = new Set();

function lessOthers(free: readonly NamedAmount[], demand: readonly NamedAmount[]): readonly NamedAmount[] {
  return free.map(({ name, amount }) => ({ name, amount: amount - (demand.find((other) => other.name === name)?.amount ?? 0) }));
}
