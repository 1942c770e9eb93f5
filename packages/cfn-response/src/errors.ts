import type { PutOutcome } from './put.js';
import type { RequestIssue } from './request.js';

/**
 * Base of every error this package throws.
 *
 * Tell them apart by `code`: bundling can hold two copies of a class, and then
 * `instanceof` fails.
 */
export abstract class CfnResponseError extends Error {
  /** What happened, as a constant. */
  public abstract readonly code: string;
  /** Whose fault it is: who called the function, or the service it talks to. */
  public abstract readonly source: 'caller' | 'service';
}

/** What a {@link HandlerFailure} says beside its reason. */
export interface HandlerFailureOptions {
  /** Id of what exists in spite of the failure, 1 to 1,024 bytes. @default none: derived from the request on Create, else unchanged */
  readonly physicalResourceId?: string;
  /** Whether a failed Create has made nothing, in any delivery of its request. @default false */
  readonly nothingExists?: boolean;
  /** What went wrong, for the log of whoever catches the error; it is not answered. */
  readonly cause?: unknown;
}

/**
 * Thrown by a handler to answer FAILED with exactly this reason.
 *
 * Anything else a handler throws is answered FAILED as well, with a reason made
 * from the error's name, message and causes.
 */
export class HandlerFailure extends CfnResponseError {
  public override readonly name = 'HandlerFailure';
  public readonly code = 'HANDLER_FAILURE';
  public readonly source = 'caller';
  /**
   * Id of what exists in spite of the failure, 1 to 1,024 bytes.
   *
   * CloudFormation's Delete after a failed Create comes with it; without it, with the derived id.
   */
  public readonly physicalResourceId: string | undefined;
  /**
   * Whether a failed Create has made nothing, in this or any other delivery of its request.
   *
   * The Delete that follows is then answered without the handler. Say it of what
   * is wrong with the request itself, such as its properties; not of what can
   * fail now and have succeeded a minute ago, as Lambda can have delivered the
   * same request before. Counts for nothing beside an id, or on Update and Delete.
   */
  public readonly nothingExists: boolean;

  public constructor(reason: string, options: HandlerFailureOptions = {}) {
    super(reason, options.cause === undefined ? undefined : { cause: options.cause });
    this.physicalResourceId = options.physicalResourceId;
    this.nothingExists = options.nothingExists ?? false;
  }
}

/** The response did not reach CloudFormation; Lambda will deliver the request again. */
export class DeliveryError extends CfnResponseError {
  public override readonly name = 'DeliveryError';
  public readonly code = 'RESPONSE_NOT_DELIVERED';
  public readonly source = 'service';
  /** How many PUTs were tried, at least 1. */
  public readonly tries: number;
  /** How the last PUT ended. */
  public readonly last: PutOutcome;

  public constructor(message: string, tries: number, last: PutOutcome) {
    super(message);
    this.tries = tries;
    this.last = last;
  }
}

/** The request cannot be answered: it has no usable `ResponseURL`, or its identifiers alone exceed a response. */
export class UnanswerableRequestError extends CfnResponseError {
  public override readonly name = 'UnanswerableRequestError';
  public readonly code = 'REQUEST_UNANSWERABLE';
  public readonly source = 'caller';
  /** What is wrong with the request; holds no value of it. */
  public readonly issues: readonly RequestIssue[];

  public constructor(message: string, issues: readonly RequestIssue[]) {
    super(message);
    this.issues = issues;
  }
}

/** An option of {@link customResource} is out of range. */
export class InvalidOptionError extends CfnResponseError {
  public override readonly name = 'InvalidOptionError';
  public readonly code = 'OPTION_INVALID';
  public readonly source = 'caller';
}
