import { type Result, success } from '../result.js';
import { Cursor } from './cursor.js';
import type { PlacementExpression } from './expression.js';
import { type PlacementExpressionError, quoted, type Refusal, refused } from './expression-error.js';
import { readComparison } from './parse-comparison.js';

/**
 * Longest expression Amazon ECS takes, in characters.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementConstraint.html (`expression`)
 */
const MAX_LENGTH = 2_000;
const MAX_DEPTH = 100;

const JOINS: ReadonlyMap<string, 'and' | 'or'> = new Map([
  ['and', 'and'],
  ['&&', 'and'],
  ['or', 'or'],
  ['||', 'or'],
]);

/**
 * Reads an expression of the cluster query language: the argument of a `memberOf` placement constraint.
 *
 * The language is what the developer guide documents, each operator by its sign or its word. Where the guide is silent this function
 * refuses what could be read in two ways, and tells how to write it in one:
 *
 * - Precedence is documented for parentheses alone. So `a and b or c` is refused, as is `not a and b`; `(a and b) or c` and
 *   `not (a) and b` are not.
 * - Words are read in small letters only. An argument without quotes ends at white space, a parenthesis, a comma, a bracket, `&&` or
 *   `||`; the pattern of `matches` may hold commas and brackets. Within single or double quotes every character stands for itself.
 * - `true` and `false` are the values of `agentConnected`.
 *
 * It never throws, takes time linear in the length of the text, and refuses more than 100 levels of nesting.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
 * @example
 * parsePlacementExpression('attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d');
 */
export function parsePlacementExpression(text: string): Result<PlacementExpression, PlacementExpressionError> {
  if (text.length > MAX_LENGTH) {
    return refused('TOO_LONG', MAX_LENGTH, `the expression has ${text.length} characters and goes on`, `use ${MAX_LENGTH} at the most`);
  }
  const cursor = new Cursor(text);
  cursor.skipSpace();
  if (cursor.atEnd) return refused('EMPTY', 0, 'the expression is empty', 'write a subject, an operator and an argument');
  const expression = readChain(cursor, 0);
  return expression.ok && !cursor.atEnd ? unexpected(cursor) : expression;
}

/** An expression, and whether it ends without a parenthesis of its own. */
interface Operand {
  readonly expression: PlacementExpression;
  readonly bare: boolean;
}

/** Reads operands until no join follows; leaves the cursor past white space. */
function readChain(cursor: Cursor, depth: number): Result<PlacementExpression, PlacementExpressionError> {
  const operands: PlacementExpression[] = [];
  let kind: 'and' | 'or' | undefined;
  for (;;) {
    const operand = readOperand(cursor, depth);
    if (!operand.ok) return operand;
    operands.push(operand.value.expression);
    const at = cursor.skipSpace();
    const join = JOINS.get(cursor.take(/(?:and|or)(?![\w:.-])|&&(?!&)|\|\|(?!\|)/y) ?? '');
    if (join === undefined) break;
    if (operand.value.bare && operand.value.expression.kind === 'not') {
      return refused('AMBIGUOUS', at, `'${join}' after a negation without parentheses`, 'write not (…) around what is negated');
    }
    if (kind !== undefined && kind !== join) {
      return refused('AMBIGUOUS', at, `'${join}' after '${kind}' without parentheses`, 'set parentheses around what belongs together');
    }
    kind = join;
  }
  const [only] = operands;
  return success(kind === undefined && only !== undefined ? only : { kind: kind ?? 'and', operands });
}

function readOperand(cursor: Cursor, depth: number): Result<Operand, PlacementExpressionError> {
  const at = cursor.skipSpace();
  if (depth > MAX_DEPTH) return refused('TOO_DEEP', at, `more than ${MAX_DEPTH} levels of nesting`, 'write the expression flatter');
  if (cursor.take(/not(?=[\s(!])|!/y) !== undefined) {
    const operand = readOperand(cursor, depth + 1);
    if (!operand.ok) return operand;
    return success({ expression: { kind: 'not', operand: operand.value.expression }, bare: operand.value.bare });
  }
  const grouped = cursor.take(/\(/y) !== undefined;
  const expression = grouped ? readGroup(cursor, at, depth) : readComparison(cursor);
  return expression.ok ? success({ expression: expression.value, bare: !grouped }) : expression;
}

function readGroup(cursor: Cursor, opened: number, depth: number): Result<PlacementExpression, PlacementExpressionError> {
  const inner = readChain(cursor, depth + 1);
  if (!inner.ok) return inner;
  if (cursor.take(/\)/y) !== undefined) return inner;
  return cursor.atEnd ? refused('UNCLOSED', opened, `'(' without an end`, `close it with ')'`) : unexpected(cursor);
}

/** The cursor stands behind a whole expression, and there is more. */
function unexpected(cursor: Cursor): Refusal {
  const { at, next } = cursor;
  if (next === ')') return refused('UNEXPECTED_TEXT', at, `')' without a '('`, 'remove it, or open the parenthesis');
  const token = cursor.peek(/[&|]+|[^\s()]+|\(/y) ?? next;
  const join = JOINS.get(token.toLowerCase()) ?? (/^&+$/.test(token) ? '&&' : /^\|+$/.test(token) ? '||' : undefined);
  return join === undefined
    ? refused(
        'UNEXPECTED_TEXT',
        at,
        `unexpected ${quoted(token)}`,
        `join expressions with 'and' or 'or', and put text with spaces or parentheses in quotes`,
      )
    : refused('UNKNOWN_OPERATOR', at, `unknown operator ${quoted(token)}`, `use '${join}'`);
}
