import { type Result, success } from '../result.js';
import { checkArgument } from './check-argument.js';
import type { Cursor } from './cursor.js';
import type { PlacementComparison, PlacementOperator, PlacementSubject } from './expression.js';
import { type PlacementExpressionError, quoted, refused } from './expression-error.js';
import { arityOf, likelyOperator, operatorOf, operatorsOf, signOf, takesPattern } from './operators.js';

type Read<Value> = Result<Value, PlacementExpressionError>;

const FIELDS: readonly PlacementSubject[] = [
  'agentConnected',
  'agentVersion',
  'ec2InstanceId',
  'registeredAt',
  'runningTasksCount',
  'task:group',
];
/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html (`name`) */
const ATTRIBUTE = /^attribute:[A-Za-z0-9_./\\-]{1,128}$/;

/** Reads `subject operator [argument]`. */
export function readComparison(cursor: Cursor): Read<PlacementComparison> {
  const subject = readSubject(cursor);
  if (!subject.ok) return subject;
  const operator = readOperator(cursor, subject.value);
  if (!operator.ok) return operator;
  const found = readArguments(cursor, operator.value);
  if (!found.ok) return found;
  for (const { value, index } of found.value) {
    const problem = checkArgument(subject.value, operator.value, value, index);
    if (problem !== undefined) return problem;
  }
  return success({
    kind: 'comparison',
    subject: subject.value,
    operator: operator.value,
    arguments: found.value.map(({ value }) => value),
  });
}

function readSubject(cursor: Cursor): Read<PlacementSubject> {
  const at = cursor.at;
  const word = cursor.take(/[^\s=!<>~&|()[\],'"]+/y);
  if (word === undefined) {
    const found = cursor.atEnd ? 'nothing' : quoted(cursor.next);
    return refused('UNKNOWN_SUBJECT', at, `${found} where a subject is expected`, `write ${FIELDS.join(', ')} or attribute:name`);
  }
  const field = FIELDS.find((name) => name === word);
  if (field !== undefined) return success(field);
  if (ATTRIBUTE.test(word)) return success(word as `attribute:${string}`);
  return word.startsWith('attribute:')
    ? refused('UNKNOWN_SUBJECT', at, `${quoted(word)} names no attribute`, 'use 1 to 128 letters, digits and - _ . / \\ after attribute:')
    : refused('UNKNOWN_SUBJECT', at, `unknown subject ${quoted(word)}`, `use ${FIELDS.join(', ')} or attribute:name`);
}

function readOperator(cursor: Cursor, subject: PlacementSubject): Read<PlacementOperator> {
  const at = cursor.skipSpace();
  const token = cursor.take(/!?[A-Za-z_]+|[=!<>~&|]+/y);
  const allowed = operatorsOf(subject);
  const list = allowed.map(signOf).join(', ');
  if (token === undefined) {
    const found = cursor.atEnd ? 'nothing' : quoted(cursor.next);
    return refused('UNKNOWN_OPERATOR', at, `${found} where an operator is expected`, `use one of ${list}`);
  }
  const operator = operatorOf(token);
  if (operator === undefined) {
    cursor.skipSpace();
    const likely = likelyOperator(token, cursor.take(/[a-z]+|=/y) ?? '');
    return refused(
      'UNKNOWN_OPERATOR',
      at,
      `unknown operator ${quoted(token)}`,
      likely === undefined ? `use one of ${list}` : `use '${likely}'`,
    );
  }
  return allowed.includes(operator)
    ? success(operator)
    : refused('OPERATOR_NOT_ALLOWED', at, `operator '${token}' is not documented for ${subject}`, `use one of ${list}`);
}

/** An argument, and the index of its first character without quotes. */
interface Argument {
  readonly value: string;
  readonly index: number;
}

function readArguments(cursor: Cursor, operator: PlacementOperator): Read<readonly Argument[]> {
  switch (arityOf(operator)) {
    case 'none':
      return success([]);
    case 'list':
      return readList(cursor, operator);
    default: {
      const argument = readArgument(cursor, takesPattern(operator));
      return argument.ok ? success([argument.value]) : argument;
    }
  }
}

function readList(cursor: Cursor, operator: PlacementOperator): Read<readonly Argument[]> {
  const opened = cursor.skipSpace();
  if (cursor.take(/\[/y) === undefined) {
    const code = cursor.atEnd ? 'MISSING_ARGUMENT' : 'INVALID_ARGUMENT';
    return refused(code, opened, `'${operator}' without a list`, 'write [first, second]');
  }
  const items: Argument[] = [];
  for (;;) {
    const item = readArgument(cursor, false);
    if (!item.ok) return item;
    items.push(item.value);
    const at = cursor.skipSpace();
    const end = cursor.take(/[,\]]/y);
    if (end === ']') return success(items);
    if (end === undefined) {
      return cursor.atEnd
        ? refused('UNCLOSED', opened, `'[' without an end`, `close it with ']'`)
        : refused(
            'UNEXPECTED_TEXT',
            at,
            `unexpected ${quoted(cursor.next)} in a list`,
            'set a comma between arguments, and put text with spaces in quotes',
          );
    }
  }
}

function readArgument(cursor: Cursor, pattern: boolean): Read<Argument> {
  const at = cursor.skipSpace();
  const quote = cursor.take(/['"]/y);
  if (quote !== undefined) return readQuoted(cursor, quote);
  // An operator's sign at the start is a slip; within the text it may be meant.
  const value = cursor.take(pattern ? /(?![=<>~&|])(?:(?!&&|\|\|)[^\s()'"])+/y : /(?![=!<>~&|])(?:(?!&&|\|\|)[^\s()'"[\],])+/y);
  if (value !== undefined) return success({ value, index: at });
  const { next } = cursor;
  if (next === '[') return refused('INVALID_ARGUMENT', at, `a list where one argument is expected`, `use 'in', or put the text in quotes`);
  if (next === '(') return refused('INVALID_ARGUMENT', at, `a parenthesis in an argument`, 'put the argument in quotes');
  const found = cursor.atEnd ? 'nothing' : quoted(next);
  return refused('MISSING_ARGUMENT', at, `${found} where an argument is expected`, 'write a value, in quotes if it has spaces or signs');
}

function readQuoted(cursor: Cursor, quote: string): Read<Argument> {
  const index = cursor.at;
  const end = cursor.text.indexOf(quote, index);
  if (end < 0) return refused('UNCLOSED', index - 1, `${quote} without an end`, `close it with ${quote}`);
  cursor.at = end + 1;
  return success({ value: cursor.text.slice(index, end), index });
}
