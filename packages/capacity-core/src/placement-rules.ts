import type { Limit } from './fit.js';
import type { HostRoom } from './host-room.js';
import { evaluatePlacementExpression } from './placement-expression/evaluate.js';
import type { PlacementExpression, PlacementSubject } from './placement-expression/expression.js';
import type { TaskSize } from './task-size.js';
import type { Unknown } from './unknown.js';

/** What a constraint says of a host: how many copies it lets in, and what is unknown. */
export interface Ruling {
  /** Absent where it lets in any number. */
  readonly limit?: Limit;
  /** Absent where nothing unknown could lower the number. */
  readonly unknown?: Unknown;
}

/** At most one task of a group, and none where one runs. */
export function rulingOfDistinctInstance({ groups }: HostRoom, { group }: TaskSize): Ruling {
  const runs = group !== undefined && groups?.includes(group) === true;
  const limit: Limit = { reason: 'distinctInstance', copies: runs ? 0 : 1 };
  if (groups === undefined) return { limit, unknown: 'RUNNING_TASKS_UNKNOWN' };
  return group === undefined && groups.length > 0 ? { limit, unknown: 'GROUP_UNKNOWN' } : { limit };
}

/**
 * None where the expression does not match; one where it stops matching once a copy is there, as `not(task:group == service:web)` does.
 *
 * Whether a copy that is placed counts as running at once is not documented, so an expression about `runningTasksCount` leaves more
 * than one copy in doubt.
 */
export function rulingOfMemberOf(room: HostRoom, size: TaskSize, expression: PlacementExpression): Ruling {
  const before = outcomeOf(expression, room, room.groups);
  if (before === 'unmet') return { limit: { reason: 'memberOf', copies: 0 } };
  if (before === 'unknown') {
    const unknown = room.groups === undefined && asksFor(expression, 'task:group') ? 'RUNNING_TASKS_UNKNOWN' : 'EXPRESSION_UNKNOWN';
    return { unknown };
  }
  if (asksFor(expression, 'task:group') && room.groups !== undefined) {
    if (size.group === undefined) return { unknown: 'GROUP_UNKNOWN' };
    const after = outcomeOf(expression, room, [...room.groups, size.group]);
    if (after === 'unmet') return { limit: { reason: 'memberOf', copies: 1 } };
  }
  return asksFor(expression, 'runningTasksCount') ? { unknown: 'EXPRESSION_UNKNOWN' } : {};
}

function outcomeOf(
  expression: PlacementExpression,
  { host }: HostRoom,
  taskGroups: readonly string[] | undefined,
): 'met' | 'unmet' | 'unknown' {
  return evaluatePlacementExpression(expression, { ...host, ...(taskGroups === undefined ? {} : { taskGroups }) }).outcome;
}

function asksFor(expression: PlacementExpression, subject: PlacementSubject): boolean {
  if (expression.kind === 'comparison') return expression.subject === subject;
  if (expression.kind === 'not') return asksFor(expression.operand, subject);
  return expression.operands.some((operand) => asksFor(operand, subject));
}
