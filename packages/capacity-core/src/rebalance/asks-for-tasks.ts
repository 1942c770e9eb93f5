import type { PlacementComparison, PlacementExpression, PlacementOperator } from '../placement-expression/expression.js';

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
