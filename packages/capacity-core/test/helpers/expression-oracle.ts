import type { PlacementComparison, PlacementExpression, PlacementFacts } from '../../src/index.js';

/** Every way to read what is not documented: each a yes or no. */
export interface Reading {
  /** Whether a pattern must match the whole value. */
  readonly whole: boolean;
  /** Whether a denial of a group asks that no task is of it, rather than that one task is not. */
  readonly denyAll: boolean;
  /** Whether a date means its first moment, rather than all of its day or second. */
  readonly moment: boolean;
  /** Whether versions and attributes are compared as text, rather than by number. */
  readonly text: boolean;
}

/** All sixteen combinations. */
export const READINGS: readonly Reading[] = Array.from({ length: 16 }, (_, bits) => ({
  whole: (bits & 1) > 0,
  denyAll: (bits & 2) > 0,
  moment: (bits & 4) > 0,
  text: (bits & 8) > 0,
}));

/** What an expression comes to under one reading, everything unknown settled one way or the other by `guess`. */
export function holds(expression: PlacementExpression, facts: PlacementFacts, reading: Reading, guess: () => boolean): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.operands.map((operand) => holds(operand, facts, reading, guess)).every(Boolean);
    case 'or':
      return expression.operands.map((operand) => holds(operand, facts, reading, guess)).some(Boolean);
    case 'not':
      return !holds(expression.operand, facts, reading, guess);
    default:
      return compares(expression, facts, reading) ?? guess();
  }
}

function compares(comparison: PlacementComparison, facts: PlacementFacts, reading: Reading): boolean | undefined {
  const { subject, operator } = comparison;
  const [argument = ''] = comparison.arguments;
  if (subject === 'runningTasksCount')
    return facts.runningTasksCount === undefined ? undefined : ordered(operator, facts.runningTasksCount, Number(argument));
  if (subject === 'registeredAt') return registered(operator, facts.registeredAt, argument, reading);
  if (subject === 'agentVersion') return version(operator, facts.agentVersion, argument, reading);
  if (subject === 'task:group') return grouped(comparison, facts.taskGroups, reading);
  if (subject === 'agentConnected') return text(comparison, `${facts.agentConnected}`, reading);
  if (subject === 'ec2InstanceId') return facts.ec2InstanceId === undefined ? undefined : text(comparison, facts.ec2InstanceId, reading);
  return attributed(comparison, facts.attributes, reading);
}

function attributed(comparison: PlacementComparison, attributes: PlacementFacts['attributes'], reading: Reading): boolean | undefined {
  const { subject, operator } = comparison;
  const found = attributes.filter(({ name }) => subject.slice('attribute:'.length) === name);
  if (operator === 'exists') return found.length > 0;
  if (operator === 'not_exists') return found.length === 0;
  const value = found[0]?.value;
  return value === undefined ? false : text(comparison, value, reading);
}

function grouped(comparison: PlacementComparison, groups: readonly string[] | undefined, reading: Reading): boolean | undefined {
  const { operator } = comparison;
  if (groups === undefined) return undefined;
  if (operator === 'exists') return groups.length > 0;
  if (operator === 'not_exists') return groups.length === 0;
  const tests = groups.map((group) => text(comparison, group, reading));
  if (tests.includes(undefined)) return undefined;
  return operator.startsWith('not_') && reading.denyAll ? tests.every(Boolean) : tests.some(Boolean);
}

function text(comparison: PlacementComparison, value: string, reading: Reading): boolean | undefined {
  const [argument = ''] = comparison.arguments;
  const matches = (): boolean => new RegExp(reading.whole ? `^(?:${argument})$` : argument, 's').test(value);
  switch (comparison.operator) {
    case 'equals':
    case 'in':
      return comparison.arguments.some((one) => one === value);
    case 'not_equals':
    case 'not_in':
      return comparison.arguments.every((one) => one !== value);
    case 'matches':
      return matches();
    case 'not_matches':
      return !matches();
    default: {
      if ([value, argument].some((one) => one === '' || Number.isNaN(Number(one)))) return undefined;
      return reading.text ? ordered(comparison.operator, value, argument) : ordered(comparison.operator, Number(value), Number(argument));
    }
  }
}

function ordered<Value extends string | number>(operator: string, a: Value, b: Value): boolean {
  const tests: Readonly<Record<string, boolean>> = {
    equals: a === b,
    not_equals: a !== b,
    greater_than: a > b,
    greater_than_equal: a >= b,
    less_than: a < b,
    less_than_equal: a <= b,
  };
  return tests[operator] ?? false;
}

function version(operator: string, given: string | undefined, wanted: string, reading: Reading): boolean | undefined {
  if (given === undefined || /[a-z]/.test(given)) return undefined;
  if (reading.text && operator.endsWith('equals')) return ordered(operator, given, wanted);
  const weight = (one: string): number => {
    const [major = 0, minor = 0, patch = 0] = one.split('.').map(Number);
    return major * 1e6 + minor * 1e3 + patch;
  };
  return ordered(operator, weight(given), weight(wanted));
}

function registered(operator: string, given: string | number | undefined, wanted: string, reading: Reading): boolean | undefined {
  const time = typeof given === 'number' ? given * 1000 : Date.parse(given ?? '');
  if (Number.isNaN(time)) return undefined;
  const start = Date.parse(wanted.length === 10 ? `${wanted}T00:00:00Z` : wanted.length === 19 ? `${wanted}Z` : wanted);
  const unit = wanted.length === 10 ? 86_400_000 : 1000;
  const rounded = reading.moment ? time : start + Math.floor((time - start) / unit) * unit;
  return ordered(operator, rounded, start);
}
