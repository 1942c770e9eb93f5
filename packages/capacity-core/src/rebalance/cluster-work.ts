import { closedBy, type Host } from '../host.js';
import { type PlacementContext, type PlacementOptions, placementContext } from '../placement-context.js';
import type { Reason } from '../reason.js';
import { needsHost, type Task } from '../task.js';
import type { TaskSize } from '../task-size.js';
import { type LooseTasks, looseTasksOn } from './loose-tasks.js';
import type { TaskDemand } from './task-demand.js';

/** A host and those of its tasks that must run elsewhere once it is gone. */
export interface HostWork {
  /** The host. */
  readonly host: Host;
  /** Its known tasks that are no daemons. */
  readonly tasks: readonly Task[];
  /** What each of them asks for, with the group it is in. */
  readonly sizes: readonly TaskSize[];
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
  /** Every dimension that some host has any of. */
  readonly dimensions: readonly Reason[];
}

/** Statuses of a task that waits for a host, if it has none. */
const WAITING: ReadonlySet<string> = new Set(['PROVISIONING', 'PENDING']);

/** Sorts out what must be placed. Linear in hosts and tasks, but for the sorting of hosts. */
export function clusterWork(hosts: readonly Host[], options: PlacementOptions & { readonly waiting?: readonly TaskDemand[] }): ClusterWork {
  const context = placementContext(options);
  const sizeOf = groupedSizes();
  const sorted = [...hosts].sort((a, b) => (a.containerInstanceArn < b.containerInstanceArn ? -1 : 1));
  const workOf = (host: Host): HostWork => {
    const tasks = (context.tasksOfHost?.get(host.containerInstanceArn) ?? []).filter(({ daemon }) => !daemon);
    return { host, tasks, sizes: tasks.map(sizeOf) };
  };
  const waiting = (options.tasks ?? []).filter(isWaiting);
  return {
    context,
    eligible: sorted.filter((host) => closedBy(host, context) === undefined).map(workOf),
    leaving: sorted.filter(({ status }) => status === 'DRAINING' || status === 'DEREGISTERING' || status === 'INACTIVE').map(workOf),
    waiting: [...(options.waiting ?? []), ...waiting.map((task) => ({ size: sizeOf(task), tasks: 1 }))],
    isWaitingUnknown: waiting.some(({ sizeUnknown }) => sizeUnknown === true),
    dimensions: dimensionsOf(sorted),
  };
}

/** What the host has in use that no known task accounts for; `undefined` where there is none. */
export function looseOn({ host }: HostWork, { tasksOfHost, daemons }: PlacementContext, dimensions: readonly Reason[]): LooseTasks | undefined {
  if (tasksOfHost === undefined) return runsOnly(daemons, host, dimensions) ? undefined : looseTasksOn(host, [], dimensions);
  const known = tasksOfHost.get(host.containerInstanceArn) ?? [];
  return looseTasksOn(
    host,
    known.map(({ size }) => size),
    dimensions,
  );
}

/** Whether what a host has in use is, to the unit, what all its daemons take. */
function runsOnly(daemons: readonly TaskSize[], host: Host, dimensions: readonly Reason[]): boolean {
  const running = host.runningTasksCount === undefined ? daemons.length : host.runningTasksCount + (host.pendingTasksCount ?? 0);
  if (daemons.length === 0 || running !== daemons.length || looseTasksOn(host, daemons, dimensions) !== undefined) return false;
  const sum = (amountOf: (size: TaskSize) => number): number => daemons.reduce((total, daemon) => total + amountOf(daemon), 0);
  return (
    sum(({ memoryMiB }) => memoryMiB) === host.registered.memoryMiB - host.remaining.memoryMiB &&
    sum(({ cpuUnits }) => cpuUnits) === host.registered.cpuUnits - host.remaining.cpuUnits
  );
}

function isWaiting(task: Task): boolean {
  return task.containerInstanceArn === undefined && !task.daemon && needsHost(task) && WAITING.has(task.lastStatus);
}

/** Gives each task's size the group the task is in; equal ones are one object. */
function groupedSizes(): (task: Task) => TaskSize {
  const known = new Map<TaskSize, Map<string, TaskSize>>();
  return ({ size, group }) => {
    if (group === undefined || group === size.group) return size;
    const byGroup = known.get(size) ?? new Map<string, TaskSize>();
    known.set(size, byGroup);
    const grouped = byGroup.get(group) ?? { ...size, group };
    byGroup.set(group, grouped);
    return grouped;
  };
}

function dimensionsOf(hosts: readonly Host[]): readonly Reason[] {
  const others = [...new Set(hosts.flatMap(({ registered }) => registered.others.map(({ name }) => name)))].sort();
  const gpu: readonly Reason[] = hosts.some(({ registered }) => registered.gpus > 0) ? ['GPU'] : [];
  return ['CPU', 'MEMORY', ...gpu, ...others.map((name): Reason => `RESOURCE:${name}`)];
}
