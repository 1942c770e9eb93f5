import type { Limit } from './fit.js';
import type { Host } from './host.js';
import type { HostRoom } from './host-room.js';
import { mayOpenIn } from './placement-expression/asks-for-tasks.js';
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

/** At most one task of a group, and none where one runs. Copies of a size without a group count as one group's. */
export function rulingOfDistinctInstance(
  { groups, areTasksMissing, distinctWithoutGroup = [] }: HostRoom,
  { group, name }: TaskSize,
): Ruling {
  const runs = group === undefined ? distinctWithoutGroup.includes(name) : groups?.includes(group) === true;
  const limit: Limit = { reason: 'distinctInstance', copies: runs ? 0 : 1 };
  if (groups === undefined || areTasksMissing === true) return { limit, unknown: 'RUNNING_TASKS_UNKNOWN' };
  return group === undefined && groups.length + distinctWithoutGroup.length > 0 ? { limit, unknown: 'GROUP_UNKNOWN' } : { limit };
}

/**
 * None where the expression does not match; one where it stops matching once a copy is there, as `not(task:group == service:web)` does.
 *
 * Whether it matches may be unknown before a copy is there, or only after: either way any number may fit that it does not rule out.
 * Whether a copy that is placed counts as running at once is not documented, so an expression about `runningTasksCount` leaves more
 * than one copy in doubt.
 */
export function rulingOfMemberOf(room: HostRoom, size: TaskSize, expression: PlacementExpression): Ruling {
  const before = certainOf(room, expression, outcomeOf(expression, room.host, groupsOf(room)));
  if (before === 'unmet') return { limit: { reason: 'memberOf', copies: 0 } };
  const doubt =
    before === 'unknown' && (room.groups === undefined || room.areTasksMissing === true) && asksFor(expression, 'task:group')
      ? ('RUNNING_TASKS_UNKNOWN' as const)
      : ('EXPRESSION_UNKNOWN' as const);
  // A copy changes nothing else that an expression can ask for.
  const isChanged = asksFor(expression, 'task:group') || asksFor(expression, 'runningTasksCount');
  const after = isChanged ? outcomeAfter(room, size, expression) : before;
  if (after === 'unmet') return { limit: { reason: 'memberOf', copies: 1 }, ...(before === 'met' ? {} : { unknown: doubt }) };
  if (before === 'unknown') return { unknown: doubt };
  if (after === 'met') return {};
  return { unknown: size.group === undefined && asksFor(expression, 'task:group') ? 'GROUP_UNKNOWN' : 'EXPRESSION_UNKNOWN' };
}

/** Whether the host still matches once a copy is there, by what is certain of it then. */
function outcomeAfter(room: HostRoom, { group }: TaskSize, expression: PlacementExpression): Outcome {
  const now = groupsOf(room);
  const groups = now === undefined || group === undefined ? undefined : [...now, group];
  if (!asksFor(expression, 'runningTasksCount')) return certainOf(room, expression, outcomeOf(expression, room.host, groups));
  const { runningTasksCount: _, ...host } = room.host;
  return certainOf(room, expression, outcomeOf(expression, host, groups));
}

/** What stays of an outcome where tasks are missing that may be of any group. */
function certainOf({ areTasksMissing }: HostRoom, expression: PlacementExpression, outcome: Outcome): Outcome {
  if (areTasksMissing !== true || !asksFor(expression, 'task:group')) return outcome;
  return mayOpenIn(expression, outcome === 'met') ? 'unknown' : outcome;
}

/** The groups on the host; `undefined` where a daemon that perhaps starts may add its own. */
function groupsOf({ groups, daemonDoubts }: HostRoom): readonly string[] | undefined {
  return daemonDoubts === undefined ? groups : undefined;
}

type Outcome = 'met' | 'unmet' | 'unknown';

function outcomeOf(expression: PlacementExpression, host: Host, taskGroups: readonly string[] | undefined): Outcome {
  // A host is copied only where the expression needs more than its record: there are as many as hosts times sizes.
  const facts = taskGroups !== undefined && asksFor(expression, 'task:group') ? { ...host, taskGroups } : host;
  return evaluatePlacementExpression(expression, facts).outcome;
}

function asksFor(expression: PlacementExpression, subject: PlacementSubject): boolean {
  if (expression.kind === 'comparison') return expression.subject === subject;
  if (expression.kind === 'not') return asksFor(expression.operand, subject);
  return expression.operands.some((operand) => asksFor(operand, subject));
}
