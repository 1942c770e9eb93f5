// task-runner-lambda has the same base and first two classes: each package throws subclasses of its own base, and none that both import
// could hold it.

/** Whose doing a fault is: that of whoever configured or called the function, or of an AWS service. */
export type FaultSource = 'caller' | 'service';

/**
 * Base of every error this package throws.
 *
 * Test `code`, not the class: bundling can duplicate classes.
 */
export abstract class CapacityLambdaError extends Error {
  /** Names the fault; never changes. */
  public abstract readonly code: string;
  /** Whose doing it is. */
  public abstract readonly source: FaultSource;
}

/** The environment variables do not make a configuration; thrown while the function starts. */
export class InvalidConfigurationError extends CapacityLambdaError {
  public override readonly name = 'InvalidConfigurationError';
  public readonly code = 'INVALID_CONFIGURATION';
  public readonly source = 'caller';
}

/** The environment holds no AWS credentials. */
export class MissingCredentialsError extends CapacityLambdaError {
  public override readonly name = 'MissingCredentialsError';
  public readonly code = 'MISSING_CREDENTIALS';
  public readonly source = 'caller';
}

/** The function was called with something that is neither an event that names a cluster to look at nor an SQS batch. */
export class InvalidEventError extends CapacityLambdaError {
  public override readonly name = 'InvalidEventError';
  public readonly code = 'INVALID_EVENT';
  public readonly source = 'caller';
  /** Where in the event: `detail.version`. */
  public readonly path: string;

  public constructor(message: string, path: string) {
    super(message);
    this.path = path;
  }
}

/** The container instances of a cluster could not be read in full, so there is nothing true to publish. */
export class ClusterReadError extends CapacityLambdaError {
  public override readonly name = 'ClusterReadError';
  public readonly code = 'CLUSTER_READ_FAILED';
  public readonly source = 'service';
}

/** None of the task sizes can be counted: their task definitions cannot be read. */
export class NoTaskSizesError extends CapacityLambdaError {
  public override readonly name = 'NoTaskSizesError';
  public readonly code = 'NO_TASK_SIZES';
  public readonly source = 'caller';
}

/** CloudWatch did not take the metrics. */
export class PublishError extends CapacityLambdaError {
  public override readonly name = 'PublishError';
  public readonly code = 'PUBLISH_FAILED';
  public readonly source = 'service';
}

/** Whether a host may be removed could not be found out; none was. */
export class ScaleInError extends CapacityLambdaError {
  public override readonly name = 'ScaleInError';
  public readonly code = 'SCALE_IN_FAILED';
  public readonly source = 'service';
}

/** What the last minutes needed could not be read; no host goes. */
export class DemandReadError extends CapacityLambdaError {
  public override readonly name = 'DemandReadError';
  public readonly code = 'DEMAND_READ_FAILED';
  public readonly source = 'service';
}

/** The time the function was given is nearly over; what was not decided by then is left to the next try. */
export class OutOfTimeError extends CapacityLambdaError {
  public override readonly name = 'OutOfTimeError';
  public readonly code = 'OUT_OF_TIME';
  public readonly source = 'caller';
}

/** A fault as a log line carries it: what it is and what AWS called it, never the request or its credentials. */
export function describeFault(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { code: 'UNKNOWN', message: String(error) };
  const code = error instanceof CapacityLambdaError ? error.code : error.name;
  return { code, message: error.message, ...(error.cause instanceof Error ? { cause: error.cause.name } : {}) };
}
