// capacity-lambda has the same base and first two classes: each package throws subclasses of its own base, and none that both import
// could hold it.

/** Whose doing a fault is: that of whoever configured or called the function, or of an AWS service. */
export type FaultSource = 'caller' | 'service';

/**
 * Base of every error this package throws.
 *
 * Test `code`, not the class: bundling can duplicate classes.
 */
export abstract class TaskRunnerError extends Error {
  /** Names the fault; never changes. */
  public abstract readonly code: string;
  /** Whose doing it is. */
  public abstract readonly source: FaultSource;
}

/** The environment variables do not make a configuration; thrown while the function starts. */
export class InvalidConfigurationError extends TaskRunnerError {
  public override readonly name = 'InvalidConfigurationError';
  public readonly code = 'INVALID_CONFIGURATION';
  public readonly source = 'caller';
}

/** The environment holds no AWS credentials. */
export class MissingCredentialsError extends TaskRunnerError {
  public override readonly name = 'MissingCredentialsError';
  public readonly code = 'MISSING_CREDENTIALS';
  public readonly source = 'caller';
}

/** A call got no answer in the time it has. */
export class CallTimeoutError extends TaskRunnerError {
  public override readonly name = 'CallTimeoutError';
  public readonly code = 'CALL_TIMEOUT';
  public readonly source = 'service';
}

/** The event is no request that could be answered. */
export class UnanswerableEventError extends TaskRunnerError {
  public override readonly name = 'UnanswerableEventError';
  public readonly code = 'EVENT_UNANSWERABLE';
  public readonly source = 'caller';
}

/** CloudFormation has not been answered; Lambda delivers the event again. */
export class AnswerNotDeliveredError extends TaskRunnerError {
  public override readonly name = 'AnswerNotDeliveredError';
  public readonly code = 'ANSWER_NOT_DELIVERED';
  public readonly source = 'service';
}

/** The next invocation could not be started; Lambda delivers the event again, and that attempt goes on. */
export class HandOverError extends TaskRunnerError {
  public override readonly name = 'HandOverError';
  public readonly code = 'NOT_HANDED_OVER';
  public readonly source = 'service';
}
