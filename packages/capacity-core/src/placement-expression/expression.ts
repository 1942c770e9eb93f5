/**
 * What a comparison looks at: a field of the container instance, the groups of its tasks, or an attribute by name.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
 */
export type PlacementSubject =
  | 'agentConnected'
  | 'agentVersion'
  | 'ec2InstanceId'
  | 'registeredAt'
  | 'runningTasksCount'
  | 'task:group'
  | `attribute:${string}`;

/** An operator of a comparison, by the name Amazon ECS documents beside its sign. */
export type PlacementOperator =
  | 'equals'
  | 'not_equals'
  | 'greater_than'
  | 'greater_than_equal'
  | 'less_than'
  | 'less_than_equal'
  | 'exists'
  | 'not_exists'
  | 'in'
  | 'not_in'
  | 'matches'
  | 'not_matches';

/** `subject operator [argument]`. */
export interface PlacementComparison {
  readonly kind: 'comparison';
  readonly subject: PlacementSubject;
  readonly operator: PlacementOperator;
  /** None for `exists` and `not_exists`, one or more for `in` and `not_in`, one for every other operator. */
  readonly arguments: readonly string[];
}

/** `not (…)`. */
export interface PlacementNegation {
  readonly kind: 'not';
  readonly operand: PlacementExpression;
}

/** Two or more expressions joined by the same word. */
export interface PlacementChain {
  readonly kind: 'and' | 'or';
  readonly operands: readonly PlacementExpression[];
}

/** An expression of the cluster query language, as `parsePlacementExpression` returns it: plain data, nested 100 deep at the most. */
export type PlacementExpression = PlacementComparison | PlacementNegation | PlacementChain;
