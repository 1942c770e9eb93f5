import { evaluatePlacementExpression } from './evaluate.js';
import type { PlacementComparison, PlacementExpression, PlacementOperator } from './expression.js';

/** Operators that more tasks on a host can only make hold, and those that they can only make not hold. */
const RISING: ReadonlySet<PlacementOperator> = new Set<PlacementOperator>(['greater_than', 'greater_than_equal']);
const FALLING: ReadonlySet<PlacementOperator> = new Set<PlacementOperator>(['less_than', 'less_than_equal']);
const FOUND: ReadonlySet<PlacementOperator> = new Set<PlacementOperator>(['equals', 'in', 'matches', 'exists']);
const NOT_FOUND: ReadonlySet<PlacementOperator> = new Set<PlacementOperator>(['not_exists']);

/** Whether the expression asks what runs on a host. */
export function asksForTasksIn(expression: PlacementExpression): boolean {
  if (expression.kind === 'comparison') return expression.subject === 'task:group' || expression.subject === 'runningTasksCount';
  return expression.kind === 'not' ? asksForTasksIn(expression.operand) : expression.operands.some(asksForTasksIn);
}

/**
 * Whether a host that does not meet the expression could meet it once more tasks run there.
 *
 * Not so of `not(task:group == service:db)` and `runningTasksCount < 5`, which more tasks can only break. A denial such as
 * `task:group != service:db` can mean that one task is of another group, so it may.
 */
export function mayOpenIn(expression: PlacementExpression, isDenied = false): boolean {
  if (expression.kind === 'comparison') return asksForTasksIn(expression) && !onlyCloses(expression, isDenied);
  if (expression.kind === 'not') return mayOpenIn(expression.operand, !isDenied);
  return expression.operands.some((operand) => mayOpenIn(operand, isDenied));
}

function onlyCloses({ subject, operator }: PlacementComparison, isDenied: boolean): boolean {
  if (subject === 'runningTasksCount') return (isDenied ? RISING : FALLING).has(operator);
  return (isDenied ? FOUND : NOT_FOUND).has(operator);
}

/** Whether a host could meet the expression before a task of the group is placed there, and not after, or the other way round. */
export function dependsOn(expression: PlacementExpression, group: string | undefined): boolean {
  if (expression.kind === 'not') return dependsOn(expression.operand, group);
  if (expression.kind !== 'comparison') return expression.operands.some((operand) => dependsOn(operand, group));
  if (!asksForTasksIn(expression)) return false;
  if (group === undefined || !FOUND.has(expression.operator)) return true;
  return outcomeOf(expression, group) !== 'unmet';
}

/** Whether the groups of tasks decide alone what the expression says of tasks, so that it can be `dependsOn` some and not others. */
export function tellsGroupsApart(expression: PlacementExpression): boolean {
  return asksForTasksIn(expression) && !dependsOn(expression, '');
}

/** Whether no host meets the expression that runs a task of the group, whatever else is there. */
export function isBrokenBy(expression: PlacementExpression, group: string): boolean {
  switch (expression.kind) {
    case 'comparison':
      return expression.subject === 'task:group' && NOT_FOUND.has(expression.operator);
    case 'not':
      return isMetBy(expression.operand, group);
    case 'and':
      return expression.operands.some((operand) => isBrokenBy(operand, group));
    case 'or':
      return expression.operands.every((operand) => isBrokenBy(operand, group));
  }
}

/** Whether every host meets the expression that runs a task of the group. */
function isMetBy(expression: PlacementExpression, group: string): boolean {
  switch (expression.kind) {
    case 'comparison':
      return expression.subject === 'task:group' && FOUND.has(expression.operator) && outcomeOf(expression, group) === 'met';
    case 'not':
      return isBrokenBy(expression.operand, group);
    case 'and':
      return expression.operands.every((operand) => isMetBy(operand, group));
    case 'or':
      return expression.operands.some((operand) => isMetBy(operand, group));
  }
}

/** What the comparison says of a host of which nothing is known but that it runs one task, of the group. */
function outcomeOf(comparison: PlacementComparison, group: string): 'met' | 'unmet' | 'unknown' {
  return evaluatePlacementExpression(comparison, { agentConnected: true, attributes: [], taskGroups: [group] }).outcome;
}
