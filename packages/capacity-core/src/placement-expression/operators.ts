import type { PlacementOperator, PlacementSubject } from './expression.js';

/** How many arguments an operator takes. */
export type Arity = 'none' | 'one' | 'list';

/** Every documented operator, with its sign where it has one. */
const SIGNS: ReadonlyArray<readonly [name: PlacementOperator, sign: string]> = [
  ['equals', '=='],
  ['not_equals', '!='],
  ['greater_than', '>'],
  ['greater_than_equal', '>='],
  ['less_than', '<'],
  ['less_than_equal', '<='],
  ['exists', 'exists'],
  ['not_exists', '!exists'],
  ['in', 'in'],
  ['not_in', '!in'],
  ['matches', '=~'],
  ['not_matches', '!~'],
];

const BY_TOKEN: ReadonlyMap<string, PlacementOperator> = new Map(
  SIGNS.flatMap(
    ([name, sign]): Array<[string, PlacementOperator]> => [
      [name, name],
      [sign, name],
    ],
  ),
);

const SIGN_OF: ReadonlyMap<PlacementOperator, string> = new Map(SIGNS);

const EVERY = SIGNS.map(([name]) => name);
const TEXT: readonly PlacementOperator[] = ['equals', 'not_equals', 'in', 'not_in', 'matches', 'not_matches'];
const ORDERED: readonly PlacementOperator[] = [
  'equals',
  'not_equals',
  'greater_than',
  'greater_than_equal',
  'less_than',
  'less_than_equal',
];

/** The operator a sign or a word stands for. */
export function operatorOf(token: string): PlacementOperator | undefined {
  return BY_TOKEN.get(token);
}

/** The sign, or for want of one the word, that stands for an operator. */
export function signOf(operator: PlacementOperator): string {
  return SIGN_OF.get(operator) ?? operator;
}

/** How many arguments an operator takes. */
export function arityOf(operator: PlacementOperator): Arity {
  if (operator === 'exists' || operator === 'not_exists') return 'none';
  return operator === 'in' || operator === 'not_in' ? 'list' : 'one';
}

/** Whether the operator's argument is a regular expression. */
export function takesPattern(operator: PlacementOperator): boolean {
  return operator === 'matches' || operator === 'not_matches';
}

/**
 * The operators a subject has.
 *
 * Amazon ECS lists them for each field but not for `attribute:` and `task:group`. An attribute takes every operator here; a task group
 * those of text and `exists`, since an order of group names would mean nothing.
 */
export function operatorsOf(subject: PlacementSubject): readonly PlacementOperator[] {
  switch (subject) {
    case 'agentConnected':
    case 'ec2InstanceId':
      return TEXT;
    case 'agentVersion':
    case 'registeredAt':
    case 'runningTasksCount':
      return ORDERED;
    case 'task:group':
      return [...TEXT, 'exists', 'not_exists'];
    default:
      return EVERY;
  }
}

/** The operator somebody most likely meant, by what they wrote and what follows it. */
export function likelyOperator(token: string, following: string): string | undefined {
  const known: Readonly<Record<string, string>> = {
    '=': '==',
    '===': '==',
    '!==': '!=',
    '<>': '!=',
    '=>': '>=',
    '=<': '<=',
    '~': '=~',
    '~=': '=~',
  };
  const lower = token.toLowerCase();
  if (Object.hasOwn(known, token)) return known[token];
  if (BY_TOKEN.has(lower)) return lower;
  const denied = token === 'not' ? `not_${following}` : `!${following}`;
  return (token === 'not' || token === '!') && BY_TOKEN.has(denied) ? denied : undefined;
}
