import { compareVersions, equalVersions, readVersion } from './agent-version.js';
import type { PlacementComparison, PlacementOperator } from './expression.js';
import { compilePattern, matchesPattern, type Pattern } from './pattern.js';
import { compareTime, readDate, readRegistration } from './registration-date.js';
import { agreed, anyOf, negated, type Truth } from './truth.js';

/** What an expression can ask about a container instance. An absent field is not known. */
export interface PlacementFacts {
  /** Whether the agent is connected. */
  readonly agentConnected: boolean;
  /** Version of the agent, `versionInfo.agentVersion` in the record. */
  readonly agentVersion?: string;
  /** Every attribute of the instance; one that is not here the instance does not have. */
  readonly attributes: ReadonlyArray<{ readonly name: string; readonly value?: string }>;
  /** EC2 instance id. */
  readonly ec2InstanceId?: string;
  /** When the instance was registered: seconds since 1970, or ISO 8601 with an offset. */
  readonly registeredAt?: string | number;
  /** Tasks that run on the instance. Integer, at least 0. */
  readonly runningTasksCount?: number;
  /** Group of each task on the instance; repetitions change nothing. */
  readonly taskGroups?: readonly string[];
}

/** The answer of one comparison, or why there is none. */
export type Verdict = boolean | 'NOT_TOLD' | 'NOT_DOCUMENTED';

/** Applies a comparison to its subject. */
export function compareSubject(comparison: PlacementComparison, facts: PlacementFacts): Verdict {
  const { subject, operator } = comparison;
  switch (subject) {
    case 'agentConnected':
      return verdict(compareTexts(comparison, [String(facts.agentConnected)]));
    case 'ec2InstanceId':
      return facts.ec2InstanceId === undefined ? 'NOT_TOLD' : verdict(compareTexts(comparison, [facts.ec2InstanceId]));
    case 'task:group':
      return facts.taskGroups === undefined ? 'NOT_TOLD' : verdict(compareGroups(comparison, facts.taskGroups));
    case 'agentVersion':
      return compareAgentVersion(comparison, facts.agentVersion);
    case 'registeredAt':
      return compareRegistration(comparison, facts.registeredAt);
    case 'runningTasksCount':
      return compareCount(comparison, facts.runningTasksCount);
    default: {
      const attribute = facts.attributes.find(({ name }) => `attribute:${name}` === subject);
      if (operator === 'exists' || operator === 'not_exists') return (attribute !== undefined) === (operator === 'exists');
      return attribute?.value === undefined ? false : verdict(compareTexts(comparison, [attribute.value]));
    }
  }
}

function verdict(truth: Truth): Verdict {
  return truth ?? 'NOT_DOCUMENTED';
}

/** Negative operators, by the positive one each denies. */
const DENIED: ReadonlyMap<PlacementOperator, PlacementOperator> = new Map<PlacementOperator, PlacementOperator>([
  ['not_equals', 'equals'],
  ['not_in', 'in'],
  ['not_matches', 'matches'],
  ['not_exists', 'exists'],
]);

/** Whether one of the texts passes. */
function compareTexts(comparison: PlacementComparison, texts: readonly string[]): Truth {
  const positive = DENIED.get(comparison.operator);
  return anyOf(
    texts.map((text) =>
      positive === undefined ? passes(comparison, comparison.operator, text) : negated(passes(comparison, positive, text)),
    ),
  );
}

/** A denial of a group can mean that no task is of it, or that one task is not. */
function compareGroups(comparison: PlacementComparison, groups: readonly string[]): Truth {
  const { operator } = comparison;
  if (operator === 'exists' || operator === 'not_exists') return groups.length > 0 === (operator === 'exists');
  const positive = DENIED.get(operator);
  if (positive === undefined) return compareTexts(comparison, groups);
  return agreed(negated(compareTexts({ ...comparison, operator: positive }, groups)), compareTexts(comparison, groups));
}

function passes(comparison: PlacementComparison, operator: PlacementOperator, text: string): Truth {
  const [argument = ''] = comparison.arguments;
  switch (operator) {
    case 'equals':
    case 'in':
      return comparison.arguments.includes(text);
    case 'matches':
      return matches(comparison, argument, text);
    default:
      return NUMBER.test(text) && NUMBER.test(argument)
        ? agreed(inOrder(operator, Number(text) - Number(argument)), inOrder(operator, text < argument ? -1 : Number(text > argument)))
        : undefined;
  }
}

const NUMBER = /^-?[0-9]{1,15}(?:\.[0-9]{1,15})?$/;

/** Patterns of comparisons that were asked before: one expression is asked of every host. */
const compiled = new WeakMap<PlacementComparison['arguments'], Pattern>();

function matches(comparison: PlacementComparison, source: string, text: string): Truth {
  let pattern = compiled.get(comparison.arguments);
  if (pattern === undefined) {
    const fresh = compilePattern(source);
    if (!fresh.ok) return undefined;
    pattern = fresh.value;
    compiled.set(comparison.arguments, pattern);
  }
  return agreed(matchesPattern(pattern, text, 'whole'), matchesPattern(pattern, text, 'part'));
}

/** Whether a difference, first less second, is what an operator asks for. */
function inOrder(operator: PlacementOperator, difference: number): boolean {
  switch (operator) {
    case 'greater_than':
      return difference > 0;
    case 'greater_than_equal':
      return difference >= 0;
    case 'less_than':
      return difference < 0;
    case 'less_than_equal':
      return difference <= 0;
    case 'not_equals':
      return difference !== 0;
    default:
      return difference === 0;
  }
}

function compareAgentVersion({ operator, arguments: [argument = ''] }: PlacementComparison, text: string | undefined): Verdict {
  const version = readVersion(text ?? '');
  const wanted = readVersion(argument);
  if (text === undefined || version === undefined || wanted === undefined) return 'NOT_TOLD';
  if (operator === 'equals') return verdict(equalVersions(text, argument));
  if (operator === 'not_equals') return verdict(negated(equalVersions(text, argument)));
  return inOrder(operator, compareVersions(version, wanted));
}

function compareRegistration(
  { operator, arguments: [argument = ''] }: PlacementComparison,
  registeredAt: string | number | undefined,
): Verdict {
  const time = readRegistration(registeredAt ?? Number.NaN);
  const stretch = readDate(argument);
  return time === undefined || stretch === undefined ? 'NOT_TOLD' : verdict(compareTime(time, operator, stretch));
}

function compareCount({ operator, arguments: [argument = ''] }: PlacementComparison, count: number | undefined): Verdict {
  return count === undefined ? 'NOT_TOLD' : inOrder(operator, count - Number(argument));
}
