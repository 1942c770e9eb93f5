/** A parsed expression of the cluster query language. */
export interface PlacementExpression {
  /** As it was written. 1 to 2,000 characters. */
  readonly text: string;
}

/**
 * A rule that binds ECS when it places a task.
 *
 * - `distinctInstance`: no two tasks of a group on one host.
 * - `memberOf`: only on hosts that the expression matches.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html
 */
export type PlacementConstraint =
  | { readonly type: 'distinctInstance' }
  | { readonly type: 'memberOf'; readonly expression: PlacementExpression };
