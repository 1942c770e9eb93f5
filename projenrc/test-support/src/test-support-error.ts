/** Base of every error this package throws. */
export abstract class TestSupportError extends Error {
  /** Names the fault; never changes. */
  public abstract readonly code: string;
}

/** An environment variable that the tests read has no value they can use. */
export class InvalidTestSettingError extends TestSupportError {
  public override readonly name = 'InvalidTestSettingError';
  public readonly code = 'INVALID_TEST_SETTING';
}

/** There is no bundle to start. */
export class MissingBundleError extends TestSupportError {
  public override readonly name = 'MissingBundleError';
  public readonly code = 'MISSING_BUNDLE';
}

/** The process of a function ended instead of answering. */
export class LambdaEndedError extends TestSupportError {
  public override readonly name = 'LambdaEndedError';
  public readonly code = 'LAMBDA_ENDED';
}
