import type { Task } from '../task.js';
import type { TaskSize } from '../task-size.js';

/** What a task asks of the next host it is placed on. */
export interface ToldSize {
  /** With the group the task is in; equal ones are mostly one object. */
  readonly size: TaskSize;
  /** Whether the task's constraints are not known: only its record tells of it, and no size of its group. */
  readonly isUnknown: boolean;
}

/**
 * Tells what tasks ask of a host, those that a record told of with what it leaves out.
 *
 * Constraints, attributes and the network mode are those of the sizes of the task's group; GPUs, ports and further resources are
 * the record's and the size's together. What a task takes of CPU and memory stays as its record has it: it may be of an older
 * revision. Where sizes of one group ask for different things, none of them tells.
 */
export function toldSizes(sizes: readonly TaskSize[]): (task: Task) => ToldSize {
  const asked = askedByGroup(sizes);
  const grouped = groupedSizes();
  return (task) => {
    if (task.constraintsUnknown !== true) return { size: grouped(task), isUnknown: false };
    const tells = asked.get(task.group ?? '');
    return tells === undefined ? { size: grouped(task), isUnknown: true } : { size: filled(grouped(task), tells), isUnknown: false };
  };
}

/** One size of each group, where all of the group ask for the same beside CPU and memory. */
function askedByGroup(sizes: readonly TaskSize[]): ReadonlyMap<string, TaskSize> {
  const byGroup = new Map<string, { readonly size: TaskSize; readonly key: string; isOne: boolean }>();
  for (const size of sizes) {
    if (size.group === undefined) continue;
    const key = keyOf(size);
    const known = byGroup.get(size.group);
    if (known === undefined) byGroup.set(size.group, { size, key, isOne: true });
    else if (known.key !== key) known.isOne = false;
  }
  return new Map([...byGroup].flatMap(([group, { size, isOne }]) => (isOne ? [[group, size] as const] : [])));
}

function keyOf({ gpus, tcpPorts, udpPorts, networkMode, others, requiredAttributes, placementConstraints }: TaskSize): string {
  return JSON.stringify([gpus, tcpPorts, udpPorts, networkMode === 'awsvpc', others, requiredAttributes, placementConstraints]);
}

function filled(own: TaskSize, asked: TaskSize): TaskSize {
  const both = (one: readonly number[], other: readonly number[]): readonly number[] => [...new Set([...one, ...other])];
  const names = [...new Set([...own.others, ...asked.others].map(({ name }) => name))].sort();
  const amountOf = (size: TaskSize, name: string): number => size.others.find((other) => other.name === name)?.amount ?? 0;
  return {
    ...own,
    gpus: Math.max(own.gpus, asked.gpus),
    tcpPorts: both(own.tcpPorts, asked.tcpPorts),
    udpPorts: both(own.udpPorts, asked.udpPorts),
    networkMode: asked.networkMode === 'awsvpc' ? 'awsvpc' : own.networkMode,
    others: names.map((name) => ({ name, amount: Math.max(amountOf(own, name), amountOf(asked, name)) })),
    requiredAttributes: asked.requiredAttributes,
    placementConstraints: asked.placementConstraints,
  };
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
