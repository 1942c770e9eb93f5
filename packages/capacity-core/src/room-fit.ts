import { hasAttribute } from './attribute.js';
import type { Fit, Limit } from './fit.js';
import { leastLimit, resourceLimits } from './fit.js';
import type { HostRoom } from './host-room.js';
import { rulingOfDistinctInstance, rulingOfMemberOf } from './placement-rules.js';
import type { TaskSize } from './task-size.js';
import type { Unknown } from './unknown.js';

/** How many copies of a task fit into the room of a host. */
export interface RoomFit extends Fit {
  /** What could make the true number smaller; empty where the number is exact. */
  readonly unknown: readonly Unknown[];
}

/** Counts the copies of one task that fit into the room of one host, by resources, constraints and the state of the host. */
export function fits(room: HostRoom, size: TaskSize): RoomFit {
  if (room.closedBy !== undefined) return { copies: 0, boundBy: [room.closedBy], copiesWithoutBinding: 0, unknown: [] };
  const limits = resourceLimits(room.free, size);
  const unknown: Unknown[] = [];
  unknown.push(...daemonDoubtsOf(room));
  if (size.networkMode === 'awsvpc') addInterfaces(room, limits, unknown);
  if (!size.requiredAttributes.every((required) => hasAttribute(room.host.attributes, required))) {
    limits.push({ reason: 'ATTRIBUTE', copies: 0 });
  }
  addConstraints(room, size, limits, unknown);
  const least = leastLimit(limits);
  return { ...least, unknown: least.copies === 0 ? NOTHING : withoutRepeats(unknown) };
}

/** What leaves open how much the host's daemons will still take of the room; empty where that is known. */
export function daemonDoubtsOf({ daemonsUnknown, daemonDoubts }: HostRoom): readonly Unknown[] {
  if (!daemonsUnknown) return NOTHING;
  return daemonDoubts ?? TASKS_UNKNOWN;
}

const TASKS_UNKNOWN: readonly Unknown[] = ['RUNNING_TASKS_UNKNOWN'];
/** Nothing unknown can lower 0. */
const NOTHING: readonly Unknown[] = [];

function withoutRepeats(unknown: readonly Unknown[]): readonly Unknown[] {
  return unknown.length < 2 ? unknown : [...new Set(unknown)];
}

function addInterfaces(room: HostRoom, limits: Limit[], unknown: Unknown[]): void {
  if (room.freeNetworkInterfaces === undefined) {
    unknown.push('NETWORK_INTERFACE_LIMIT_UNKNOWN');
    return;
  }
  limits.push({ reason: 'ENI', copies: Math.max(0, room.freeNetworkInterfaces) });
  if (room.groups === undefined || room.areTasksMissing === true) unknown.push('NETWORK_INTERFACE_USE_UNKNOWN');
}

function addConstraints(room: HostRoom, size: TaskSize, limits: Limit[], unknown: Unknown[]): void {
  for (const constraint of size.placementConstraints) {
    const ruling =
      constraint.type === 'distinctInstance' ? rulingOfDistinctInstance(room, size) : rulingOfMemberOf(room, size, constraint.expression);
    if (ruling.limit !== undefined) limits.push(ruling.limit);
    if (ruling.unknown !== undefined) unknown.push(ruling.unknown);
  }
}
