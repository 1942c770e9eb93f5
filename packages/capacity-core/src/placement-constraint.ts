import type { PlacementExpression } from './placement-expression/expression.js';

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
