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
  const limits: Limit[] = [...resourceLimits(room.free, size)];
  const unknown = new Set<Unknown>();
  if (room.daemonsUnknown) unknown.add('RUNNING_TASKS_UNKNOWN');
  if (size.networkMode === 'awsvpc') addInterfaces(room, limits, unknown);
  if (!size.requiredAttributes.every((required) => hasAttribute(room.host.attributes, required))) {
    limits.push({ reason: 'ATTRIBUTE', copies: 0 });
  }
  addConstraints(room, size, limits, unknown);
  const least = leastLimit(limits);
  // Nothing unknown can lower 0.
  return { ...least, unknown: least.copies === 0 ? [] : [...unknown] };
}

function addInterfaces(room: HostRoom, limits: Limit[], unknown: Set<Unknown>): void {
  if (room.freeNetworkInterfaces === undefined) {
    unknown.add('NETWORK_INTERFACE_LIMIT_UNKNOWN');
    return;
  }
  limits.push({ reason: 'ENI', copies: Math.max(0, room.freeNetworkInterfaces) });
  if (room.groups === undefined) unknown.add('NETWORK_INTERFACE_USE_UNKNOWN');
}

function addConstraints(room: HostRoom, size: TaskSize, limits: Limit[], unknown: Set<Unknown>): void {
  for (const constraint of size.placementConstraints) {
    const ruling =
      constraint.type === 'distinctInstance' ? rulingOfDistinctInstance(room, size) : rulingOfMemberOf(room, size, constraint.expression);
    if (ruling.limit !== undefined) limits.push(ruling.limit);
    if (ruling.unknown !== undefined) unknown.add(ruling.unknown);
  }
}
