import type { SignedUrl } from './signed-url.js';

/** Properties of a custom resource as the template gives them; every scalar is a string. */
export type ResourceProperties = Readonly<Record<string, unknown>>;

/** What every request has, in CloudFormation's own names. */
export interface RequestBase {
  /** Id of the request; a retried stack operation can use it again. */
  readonly RequestId: string;
  /** ARN of the stack. */
  readonly StackId: string;
  /** `Custom::Name` or `AWS::CloudFormation::CustomResource`; absent in some senders' requests. */
  readonly ResourceType?: string;
  /** Name of the resource in the template. */
  readonly LogicalResourceId: string;
  /** Properties of the resource, `{}` where the request has none. */
  readonly ResourceProperties: ResourceProperties;
}

/** CloudFormation wants the resource made. */
export interface CreateRequest extends RequestBase {
  readonly RequestType: 'Create';
}

/** The resource's properties changed, or a change is being rolled back. */
export interface UpdateRequest extends RequestBase {
  readonly RequestType: 'Update';
  /** Id the resource was answered with. */
  readonly PhysicalResourceId: string;
  /** Properties before the change, `{}` where the request has none. */
  readonly OldResourceProperties: ResourceProperties;
}

/** CloudFormation wants the resource gone. */
export interface DeleteRequest extends RequestBase {
  readonly RequestType: 'Delete';
  /** Id the resource was answered with, or one CloudFormation invented if the Create was never answered. */
  readonly PhysicalResourceId: string;
}

/**
 * A custom-resource request without its `ResponseURL`, which {@link parseRequest} keeps apart.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export type CustomResourceRequest = CreateRequest | UpdateRequest | DeleteRequest;

/** One thing wrong with a request. */
export interface RequestIssue {
  /** Name of the field; empty for the request itself. */
  readonly path: string;
  /** What it must be. */
  readonly expected: string;
  /** Kind of what was found, never its value. */
  readonly found: string;
}

/** A request that was refused. */
export interface RequestError {
  readonly code: 'REQUEST_INVALID';
  /** Everything that is wrong, in the order of the fields. */
  readonly issues: readonly RequestIssue[];
  /** The issues in one line; holds no value of the request. */
  readonly message: string;
  /** What CloudFormation wants, if the request says so in spite of its faults. */
  readonly requestType: CustomResourceRequest['RequestType'] | undefined;
  /** Where to answer, if the request says so in spite of its faults. */
  readonly responseUrl: SignedUrl | undefined;
  /** What an answer must repeat, as far as it is there; `''` where not. */
  readonly identifiers: ResponseIdentifiers & { readonly PhysicalResourceId: string };
}

/** Fields a response repeats verbatim from its request. */
export interface ResponseIdentifiers {
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/** Outcome of {@link parseRequest}. */
export type ParsedRequest =
  | { readonly ok: true; readonly value: { readonly request: CustomResourceRequest; readonly responseUrl: SignedUrl } }
  | { readonly ok: false; readonly error: RequestError };
