import { compareSubject, type PlacementFacts } from './compare-subject.js';
import type { PlacementChain, PlacementExpression, PlacementSubject } from './expression.js';
import { anyOf, negated, type Truth } from './truth.js';

/** Why it is not known whether a host meets an expression. */
export interface PlacementDoubt {
  /** What the doubt is about. */
  readonly subject: PlacementSubject;
  /**
   * - `NOT_TOLD`: the facts do not hold it, or not in a form that can be read.
   * - `NOT_DOCUMENTED`: Amazon ECS does not document the case, and its readings differ for this host.
   */
  readonly reason: 'NOT_TOLD' | 'NOT_DOCUMENTED';
}

/** Whether a host meets an expression. */
export interface PlacementAnswer {
  /** `unknown` where it cannot be said; never a guess. */
  readonly outcome: 'met' | 'unmet' | 'unknown';
  /** What made the outcome `unknown`; empty otherwise. Each doubt is named once. */
  readonly doubts: readonly PlacementDoubt[];
}

/**
 * Tells whether a container instance meets an expression of the cluster query language.
 *
 * Documentation and observation, and what was chosen where there is neither:
 *
 * - An instance without the attribute meets no comparison with it but `not_exists`, as Amazon ECS was seen to answer
 *   (https://github.com/aws/containers-roadmap/issues/486). `not (attribute:a == b)` is met.
 * - A task group is met by one task of that group. The negative operators on `task:group` are unknown where some tasks are of the group
 *   and some are not, and where no task runs; `not (task:group == a)` is the documented way to say that none is.
 * - A pattern must match; whether the whole value or a part of it is not documented. Unknown where the two differ.
 * - `<`, `>` and their kin on an attribute compare numbers; unknown where one side is no number, or where the order of the texts differs.
 * - Text is compared exactly, capital and small letters apart.
 *
 * Time: linear in the expression's length and, for a pattern, in its states times the value's length.
 *
 * @example
 * evaluatePlacementExpression(expression, { agentConnected: true, attributes: [{ name: 'ecs.instance-type', value: 'g2.2xlarge' }] }).outcome;
 */
export function evaluatePlacementExpression(expression: PlacementExpression, facts: PlacementFacts): PlacementAnswer {
  const { truth, doubts } = judge(expression, facts);
  if (truth !== undefined) return { outcome: truth ? 'met' : 'unmet', doubts: [] };
  const different = new Map(doubts.map((doubt) => [`${doubt.reason} ${doubt.subject}`, doubt]));
  return { outcome: 'unknown', doubts: [...different.values()] };
}

interface Judgement {
  readonly truth: Truth;
  readonly doubts: readonly PlacementDoubt[];
}

function judge(expression: PlacementExpression, facts: PlacementFacts): Judgement {
  switch (expression.kind) {
    case 'comparison': {
      const { subject } = expression;
      const truth = compareSubject(expression, facts);
      if (typeof truth === 'boolean') return { truth, doubts: [] };
      return { truth: undefined, doubts: [{ subject, reason: truth }] };
    }
    case 'not': {
      const { truth, doubts } = judge(expression.operand, facts);
      return { truth: negated(truth), doubts };
    }
    default:
      return judgeChain(expression, facts);
  }
}

function judgeChain({ kind, operands }: PlacementChain, facts: PlacementFacts): Judgement {
  const parts = operands.map((operand) => judge(operand, facts));
  const truths = parts.map(({ truth }) => truth);
  const truth = kind === 'or' ? anyOf(truths) : negated(anyOf(truths.map(negated)));
  return { truth, doubts: parts.flatMap((part) => (part.truth === undefined ? part.doubts : [])) };
}
