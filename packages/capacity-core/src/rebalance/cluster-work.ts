import { closedBy, type Host } from '../host.js';
import { emptyRoomOf } from '../host-room.js';
import { type PlacementContext, type PlacementOptions, placementContext } from '../placement-context.js';
import type { Reason } from '../reason.js';
import { needsHost, type Task } from '../task.js';
import type { TaskSize } from '../task-size.js';
import { type LooseTasks, looseTasksOn } from './loose-tasks.js';
import type { TaskDemand } from './task-demand.js';
import { type ToldSize, toldSizes } from './told-sizes.js';

/** A host and those of its tasks that must run elsewhere once it is gone. */
export interface HostWork {
  /** The host. */
  readonly host: Host;
  /** Its known tasks that are no daemons. */
  readonly tasks: readonly Task[];
  /** What each of them asks for, with the group it is in. */
  readonly sizes: readonly TaskSize[];
  /** Whether the constraints of one of them are not known. */
  readonly isConstraintUnknown: boolean;
}

/** What is to be placed in a cluster, and where. */
export interface ClusterWork {
  /** The cluster. */
  readonly context: PlacementContext;
  /** Hosts that take tasks, by ARN. */
  readonly eligible: readonly HostWork[];
  /** Hosts that ECS empties, or that are gone, by ARN: `DRAINING`, `DEREGISTERING`, `INACTIVE`. */
  readonly leaving: readonly HostWork[];
  /** Tasks without a host. */
  readonly waiting: readonly TaskDemand[];
  /** Whether a task waits of which it is not known what it takes. */
  readonly isWaitingUnknown: boolean;
  /** Whether a task waits of which it is not known what constrains it. */
  readonly isWaitingConstraintUnknown: boolean;
  /** What a task asks of the next host. */
  readonly tell: (task: Task) => ToldSize;
  /** Every dimension that some host has any of. */
  readonly dimensions: readonly Reason[];
}

/** Statuses of a task that waits for a host, if it has none. */
const WAITING: ReadonlySet<string> = new Set(['PROVISIONING', 'PENDING']);

/** Sorts out what must be placed. Linear in hosts and tasks, but for the sorting of hosts. */
export function clusterWork(
  hosts: readonly Host[],
  options: PlacementOptions & { readonly waiting?: readonly TaskDemand[]; readonly taskSizes?: readonly TaskSize[] },
): ClusterWork {
  const context = placementContext(options);
  const tell = toldSizes([...(options.taskSizes ?? []), ...(options.waiting ?? []).map(({ size }) => size)]);
  const sorted = [...hosts].sort((a, b) => (a.containerInstanceArn < b.containerInstanceArn ? -1 : 1));
  const workOf = (host: Host): HostWork => {
    const tasks = (context.tasksOfHost?.get(host.containerInstanceArn) ?? []).filter(({ daemon }) => !daemon);
    const told = tasks.map(tell);
    return { host, tasks, sizes: told.map(({ size }) => size), isConstraintUnknown: told.some(({ isUnknown }) => isUnknown) };
  };
  const waiting = (options.tasks ?? []).filter(isWaiting);
  const toldOfWaiting = waiting.map(tell);
  return {
    context,
    eligible: sorted.filter((host) => closedBy(host, context) === undefined).map(workOf),
    leaving: sorted.filter(({ status }) => status === 'DRAINING' || status === 'DEREGISTERING' || status === 'INACTIVE').map(workOf),
    waiting: [...(options.waiting ?? []), ...toldOfWaiting.map(({ size }) => ({ size, tasks: 1 }))],
    isWaitingUnknown: waiting.some(({ sizeUnknown }) => sizeUnknown === true),
    isWaitingConstraintUnknown: toldOfWaiting.some(({ isUnknown }) => isUnknown),
    tell,
    dimensions: dimensionsOf(sorted),
  };
}

/** What the host has in use that no known task accounts for; `undefined` where there is none. */
export function looseOn({ host }: HostWork, context: PlacementContext, dimensions: readonly Reason[]): LooseTasks | undefined {
  const { tasksOfHost } = context;
  if (tasksOfHost === undefined)
    return runsOnly(host, context, dimensions) ? undefined : looseTasksOn(host, { known: [], areAllKnown: false }, dimensions);
  const known = (tasksOfHost.get(host.containerInstanceArn) ?? []).map(({ size }) => size);
  return looseTasksOn(host, { known, areAllKnown: true }, dimensions);
}

/** Whether what a host has in use is, to the unit, what all the daemons take that it can run, and it runs as many tasks. */
function runsOnly(host: Host, context: PlacementContext, dimensions: readonly Reason[]): boolean {
  if (context.daemons.length === 0) return false;
  const { groups } = emptyRoomOf({ ...host, status: 'ACTIVE', agentConnected: true }, context);
  const daemons = context.daemons.filter(({ group }) => groups?.includes(group));
  const running = host.runningTasksCount === undefined ? daemons.length : host.runningTasksCount + (host.pendingTasksCount ?? 0);
  if (running !== daemons.length || looseTasksOn(host, { known: daemons, areAllKnown: false }, dimensions) !== undefined) return false;
  const sum = (amountOf: (size: TaskSize) => number): number => daemons.reduce((total, daemon) => total + amountOf(daemon), 0);
  return (
    sum(({ memoryMiB }) => memoryMiB) === host.registered.memoryMiB - host.remaining.memoryMiB &&
    sum(({ cpuUnits }) => cpuUnits) === host.registered.cpuUnits - host.remaining.cpuUnits
  );
}

/** One that is to be stopped before it has a host waits for none. */
function isWaiting(task: Task): boolean {
  const { containerInstanceArn, daemon, lastStatus, desiredStatus } = task;
  return containerInstanceArn === undefined && !daemon && needsHost(task) && WAITING.has(lastStatus) && desiredStatus !== 'STOPPED';
}

function dimensionsOf(hosts: readonly Host[]): readonly Reason[] {
  const others = [...new Set(hosts.flatMap(({ registered }) => registered.others.map(({ name }) => name)))].sort();
  const gpu: readonly Reason[] = hosts.some(({ registered }) => registered.gpus > 0) ? ['GPU'] : [];
  return ['CPU', 'MEMORY', ...gpu, ...others.map((name): Reason => `RESOURCE:${name}`)];
}
