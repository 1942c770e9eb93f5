import type { IConstruct } from 'constructs';

/** A fault in how a construct of this package is used, found while the app is being built. */
export abstract class ConstructError extends Error {
  /** Which fault it is; stays the same from release to release. */
  public abstract readonly code: string;
  /** Whose fault it is: always the caller's. */
  public readonly source = 'caller';
  /** Path of the construct in the app. */
  public readonly constructPath: string;

  /**
   * @param scope the construct that is used wrongly
   * @param problem what is wrong, and the remedy
   */
  protected constructor(scope: IConstruct, problem: string) {
    super(`${scope.node.path}: ${problem}`);
    this.constructPath = scope.node.path;
  }
}

/** A `TaskRun` was given what Amazon ECS or AWS CloudFormation would refuse. */
export class InvalidTaskRunError extends ConstructError {
  public readonly code = 'INVALID_TASK_RUN';
  public override readonly name = 'InvalidTaskRunError';

  /**
   * @param scope the `TaskRun`
   * @param problem what is wrong, and the remedy
   */
  public constructor(scope: IConstruct, problem: string) {
    super(scope, problem);
  }
}

/** A `ClusterCapacity` was given what would not scale, or would scale into harm. */
export class InvalidClusterCapacityError extends ConstructError {
  public readonly code = 'INVALID_CLUSTER_CAPACITY';
  public override readonly name = 'InvalidClusterCapacityError';

  /**
   * @param scope the `ClusterCapacity`
   * @param problem what is wrong, and the remedy
   */
  public constructor(scope: IConstruct, problem: string) {
    super(scope, problem);
  }
}
