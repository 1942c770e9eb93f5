import type { CreateRequest, DeleteRequest, UpdateRequest } from './request.js';
import type { FitError, FittedResponse, ResponseData } from './response.js';

/** What this package reads of Lambda's context. */
export interface LambdaContext {
  /** Milliseconds until Lambda ends the invocation. */
  getRemainingTimeInMillis(): number;
  /** Named at the end of failure reasons. */
  readonly logStreamName?: string;
}

/** What a handler may return; nothing at all is a success too. */
export interface HandlerResult {
  /**
   * Id of the resource, 1 to 1,024 bytes of printable text.
   *
   * Another id on Update tells CloudFormation that the resource was replaced:
   * it deletes the old one later. Ignored on Delete.
   *
   * @default derived from the request on Create, unchanged on Update
   */
  readonly PhysicalResourceId?: string | undefined;
  /** Attributes for `Fn::GetAtt`: what JSON can carry, about 3,500 bytes. Left out on Delete, where nobody reads them. */
  readonly Data?: ResponseData | undefined;
  /** Whether `Fn::GetAtt` masks the attributes. @default the option `noEcho` */
  readonly NoEcho?: boolean | undefined;
  /** Shown with the success. */
  readonly Reason?: string | undefined;
}

/** Why a handler's result cannot be answered with. */
export type ResultError =
  | FitError
  | { readonly code: 'RESULT_INVALID'; readonly found: string; readonly message: string }
  | {
      /** `Data` holds the address to answer to, or what signs it. */
      readonly code: 'DATA_HOLDS_SIGNED_URL';
      readonly message: string;
    };

/** Outcome of measuring a result. */
export type MeasuredResult = { readonly ok: true; readonly value: FittedResponse } | { readonly ok: false; readonly error: ResultError };

/** What a handler gets beside the request. */
export interface HandlerContext<C extends LambdaContext = LambdaContext> {
  /** 64 hexadecimal digits: the same when Lambda delivers this request again, another when the stack operation is retried. */
  readonly attemptId: string;
  /** The id answered if the handler returns none: derived on Create, the request's own otherwise. */
  readonly physicalResourceId: string;
  /** Aborted when the handler's time is over and the request has been answered FAILED. */
  readonly signal: AbortSignal;
  /** Milliseconds until then; not below 0. */
  remainingMs(): number;
  /** The response a result would make, or why it makes none, before it is returned. */
  measure(result: HandlerResult): MeasuredResult;
  /** Lambda's own context. */
  readonly lambda: C;
}

/** What a handler gives back, now or later. */
// biome-ignore lint/suspicious/noConfusingVoidType: a handler without a return statement is a handler too.
export type HandlerReturn = HandlerResult | undefined | void | Promise<HandlerResult | undefined | void>;

/**
 * The three things a custom resource does.
 *
 * Each can run more than once for one request: Lambda delivers at least once.
 */
export interface CustomResourceHandlers<C extends LambdaContext = LambdaContext> {
  /** Makes the resource. */
  create(request: CreateRequest, context: HandlerContext<C>): HandlerReturn;
  /** Changes it; also called with the properties reversed when a change is rolled back. */
  update(request: UpdateRequest, context: HandlerContext<C>): HandlerReturn;
  /** Removes it; must succeed if it is not there, as ids can be CloudFormation's invention. */
  delete(request: DeleteRequest, context: HandlerContext<C>): HandlerReturn;
}
