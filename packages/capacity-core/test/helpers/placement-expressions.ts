import fc from 'fast-check';
import type { PlacementComparison, PlacementExpression, PlacementFacts, PlacementOperator, PlacementSubject } from '../../src/index.js';

const NAMES = ['ecs.instance-type', 'stack', 'a/b_c'];
const TEXTS = ['g2.2xlarge', 'g2.8xlarge', 'm5.large', '10', '9.5', 'x y', `it's`, ''];
const PATTERNS = ['g2.*', '.*large', 'm5', '[gm]\\d\\..+', '(?:g|m)(2|5)\\.[^8]+', '', '^m', '1?0{1,2}', `it's`];
const GROUPS = ['service:web', 'service:api', 'family:job', 'g2.*'];
const VERSIONS = ['1.14', '1.14.5', '1.9.0', '1.14.0', '2'];
const DATES = ['2018-06-18', '2018-06-18T22:28:28', '2018-06-18T22:28:28Z', '2018-06-19T00:28:28+02:00', '2018-06-19'];
const IDS = ['i-abcd1234', 'i-wxyx7890'];
const TEXT_OPERATORS: readonly PlacementOperator[] = ['equals', 'not_equals', 'in', 'not_in'];
const ORDER: readonly PlacementOperator[] = ['equals', 'not_equals', 'greater_than', 'greater_than_equal', 'less_than', 'less_than_equal'];

const PLAIN = { noNullPrototype: true };

function comparisons(
  subject: fc.Arbitrary<PlacementSubject>,
  operators: readonly PlacementOperator[],
  values: readonly string[],
): fc.Arbitrary<PlacementComparison> {
  return fc.constantFrom(...operators).chain((operator) => {
    const count = operator.endsWith('exists') ? { maxLength: 0 } : { minLength: 1, maxLength: operator.endsWith('in') ? 3 : 1 };
    return fc.record(
      {
        kind: fc.constant('comparison' as const),
        subject,
        operator: fc.constant(operator),
        arguments: fc.array(fc.constantFrom(...values), count),
      },
      PLAIN,
    );
  });
}

const attribute = fc.constantFrom(...NAMES).map((name): PlacementSubject => `attribute:${name}`);
const only = (subject: PlacementSubject): fc.Arbitrary<PlacementSubject> => fc.constant(subject);

/** One comparison that the parser takes. */
export const comparisonArbitrary: fc.Arbitrary<PlacementComparison> = fc.oneof(
  comparisons(attribute, [...TEXT_OPERATORS, ...ORDER, 'exists', 'not_exists'], TEXTS),
  comparisons(attribute, ['matches', 'not_matches'], PATTERNS),
  comparisons(only('task:group'), [...TEXT_OPERATORS, 'matches', 'not_matches', 'exists', 'not_exists'], GROUPS),
  comparisons(only('agentConnected'), TEXT_OPERATORS, ['true', 'false']),
  comparisons(only('agentConnected'), ['matches', 'not_matches'], ['t.*', 'false', 'e']),
  comparisons(only('ec2InstanceId'), TEXT_OPERATORS, IDS),
  comparisons(only('ec2InstanceId'), ['matches', 'not_matches'], ['i-[a-d]+.*', 'i']),
  comparisons(only('agentVersion'), ORDER, VERSIONS),
  comparisons(only('registeredAt'), ORDER, DATES),
  comparisons(only('runningTasksCount'), ORDER, ['0', '1', '2', '10']),
);

/** Any expression, a few levels deep. */
export const expressionArbitrary: fc.Arbitrary<PlacementExpression> = fc.letrec<{ expression: PlacementExpression }>((tie) => {
  const operands = fc.array(tie('expression'), { minLength: 2, maxLength: 3 });
  return {
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      comparisonArbitrary,
      fc.record({ kind: fc.constant('not' as const), operand: tie('expression') }, PLAIN),
      fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), operands }, PLAIN),
    ),
  };
}).expression;

/** Facts that often meet the comparisons above. */
export const factsArbitrary: fc.Arbitrary<PlacementFacts> = fc.record(
  {
    agentConnected: fc.boolean(),
    attributes: fc
      .subarray(NAMES)
      .chain((names) =>
        fc.tuple(
          ...names.map((name) =>
            fc.option(fc.constantFrom(...TEXTS), { nil: undefined }).map((value) => (value === undefined ? { name } : { name, value })),
          ),
        ),
      ),
    agentVersion: fc.constantFrom(...VERSIONS, '1.14.5-dev'),
    ec2InstanceId: fc.constantFrom(...IDS),
    registeredAt: fc.constantFrom<string | number>(
      1_529_360_908,
      1_529_360_908.5,
      '2018-06-18T22:28:28Z',
      '2018-06-18T00:00:00.000+00:00',
      'then',
    ),
    runningTasksCount: fc.nat({ max: 12 }),
    taskGroups: fc.array(fc.constantFrom(...GROUPS), { maxLength: 3 }),
  },
  { requiredKeys: ['agentConnected', 'attributes'], ...PLAIN },
);
