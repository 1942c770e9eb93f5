import type { PlacementComparison, PlacementExpression } from './expression.js';
import { arityOf, signOf } from './operators.js';

/**
 * Writes an expression out in one canonical form, which `parsePlacementExpression` reads back to the same data.
 *
 * Arguments are always quoted, and operators are signs where they have one.
 */
export function printPlacementExpression(expression: PlacementExpression): string {
  switch (expression.kind) {
    case 'comparison':
      return printComparison(expression);
    case 'not':
      return `not (${printPlacementExpression(expression.operand)})`;
    default:
      return expression.operands.map(printOperand).join(` ${expression.kind} `);
  }
}

function printOperand(operand: PlacementExpression): string {
  const text = printPlacementExpression(operand);
  return operand.kind === 'and' || operand.kind === 'or' ? `(${text})` : text;
}

function printComparison({ subject, operator, arguments: values }: PlacementComparison): string {
  const texts = values.map((value) => (value.includes(`'`) ? `"${value}"` : `'${value}'`));
  switch (arityOf(operator)) {
    case 'none':
      return `${subject} ${signOf(operator)}`;
    case 'list':
      return `${subject} ${signOf(operator)} [${texts.join(', ')}]`;
    default:
      return `${subject} ${signOf(operator)} ${texts.join('')}`;
  }
}
