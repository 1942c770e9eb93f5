import { hasAttribute } from './attribute.js';
import type { Fit, Limit } from './fit.js';
import { leastLimit, resourceLimits } from './fit.js';
import type { HostRoom } from './host-room.js';
import type { PlacementExpression } from './placement-constraint.js';
import type { TaskSize } from './task-size.js';

/**
 * Something that is not known of a host and could lower its count.
 *
 * - `RUNNING_TASKS_UNKNOWN`: which groups run there, so neither `distinctInstance`, `task:group` nor missing daemons are.
 * - `GROUP_UNKNOWN`: the size names no group for `distinctInstance` to compare.
 * - `NETWORK_INTERFACE_USE_UNKNOWN`: how many network interfaces its tasks have.
 * - `NETWORK_INTERFACE_LIMIT_UNKNOWN`: how many its instance type takes.
 * - `EXPRESSION_UNKNOWN`: whether a `memberOf` expression matches it.
 */
export type Unknown =
  | 'RUNNING_TASKS_UNKNOWN'
  | 'GROUP_UNKNOWN'
  | 'NETWORK_INTERFACE_USE_UNKNOWN'
  | 'NETWORK_INTERFACE_LIMIT_UNKNOWN'
  | 'EXPRESSION_UNKNOWN';

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
    if (constraint.type === 'distinctInstance') addDistinctInstance(room, size, limits, unknown);
    else {
      const matches = matchesExpression(constraint.expression);
      if (matches === false) limits.push({ reason: 'memberOf', copies: 0 });
      if (matches === undefined) unknown.add('EXPRESSION_UNKNOWN');
    }
  }
}

function addDistinctInstance({ groups }: HostRoom, { group }: TaskSize, limits: Limit[], unknown: Set<Unknown>): void {
  const runs = group !== undefined && groups?.includes(group) === true;
  limits.push({ reason: 'distinctInstance', copies: runs ? 0 : 1 });
  if (groups === undefined) unknown.add('RUNNING_TASKS_UNKNOWN');
  else if (group === undefined && groups.length > 0) unknown.add('GROUP_UNKNOWN');
}

/** The evaluator of the cluster query language comes in here. */
function matchesExpression(_expression: PlacementExpression): boolean | undefined {
  return undefined;
}
