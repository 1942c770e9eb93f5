import type { ParseResult } from './parse-result.js';
import { type Field, leaf } from './private/field.js';
import { exactly, identifier, text } from './private/fields.js';
import { parseWith } from './private/parse-with.js';
import { readOwn } from './private/safe-read.js';
import { nullable, object, optional, record } from './private/structures.js';

/**
 * Properties of a custom resource as its template has them.
 *
 * CloudFormation sends every scalar as a string (`"true"`, `"42"`) or as null,
 * lists and maps as such; read them with `readBoolean`, `readInteger` and
 * `readString`. They are the template author's, so none is checked here, and
 * they can hold secrets.
 */
export type CustomResourceProperties = Readonly<Record<string, unknown>>;

/** What CloudFormation sends with every request. */
export interface CustomResourceRequestFields {
  /** Pre-signed URL to answer to, not empty. A secret: whoever has it can answer in your place. Never log it. */
  readonly ResponseURL: string;
  /** ARN of the stack; not empty. */
  readonly StackId: string;
  /** Id of the request; not empty. A retried stack operation uses it again. */
  readonly RequestId: string;
  /** Name of the resource in the template; not empty. */
  readonly LogicalResourceId: string;
  /** `Custom::…` or `AWS::CloudFormation::CustomResource`, up to 60 characters. */
  readonly ResourceType?: string;
  /** Properties in the template, with `ServiceToken` among them; requests made by hand can have null here. */
  readonly ResourceProperties?: CustomResourceProperties | null;
  /** ARN of the function or topic; only Lambda functions receive it here. */
  readonly ServiceToken?: string;
}

/** The resource is to be made. */
export interface CustomResourceCreateRequest extends CustomResourceRequestFields {
  /** Discriminates the request. */
  readonly RequestType: 'Create';
}

/** The properties of the resource have changed; also sent, reversed, to roll back a failed Update. */
export interface CustomResourceUpdateRequest extends CustomResourceRequestFields {
  /** Discriminates the request. */
  readonly RequestType: 'Update';
  /** Id the last answer gave the resource; not empty. */
  readonly PhysicalResourceId: string;
  /** Properties before the change; requests made by hand can have null here. */
  readonly OldResourceProperties?: CustomResourceProperties | null;
}

/** The resource is to go. */
export interface CustomResourceDeleteRequest extends CustomResourceRequestFields {
  /** Discriminates the request. */
  readonly RequestType: 'Delete';
  /** Id the last answer gave the resource, or one CloudFormation made up if there was none; not empty. */
  readonly PhysicalResourceId: string;
}

/**
 * A request to a custom resource.
 *
 * Fields: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html.
 * Required are those without which no valid answer can be given.
 */
export type CustomResourceRequest = CustomResourceCreateRequest | CustomResourceUpdateRequest | CustomResourceDeleteRequest;

const NAME = 'custom-resource-request';

const properties = optional(nullable(object, 'an object or null'));

const entries = {
  ResponseURL: identifier,
  StackId: identifier,
  RequestId: identifier,
  LogicalResourceId: identifier,
  ResourceType: optional(text),
  ResourceProperties: properties,
  ServiceToken: optional(text),
} as const;

// Also the schema of requests of any other type, which it refuses: so it names all three.
const createRequest = record({
  RequestType: leaf("'Create', 'Update' or 'Delete'", (value): value is 'Create' => value === 'Create'),
  ...entries,
});
const updateRequest = record({
  RequestType: exactly('Update'),
  ...entries,
  PhysicalResourceId: identifier,
  OldResourceProperties: properties,
});
const deleteRequest = record({ RequestType: exactly('Delete'), ...entries, PhysicalResourceId: identifier });

/**
 * Checks a CloudFormation custom-resource request, as a Lambda function receives it.
 *
 * The value is the input itself, neither copied nor changed; it holds the
 * pre-signed URL, which no error does. Never throws.
 */
export function parseCustomResourceRequest(input: unknown): ParseResult<CustomResourceRequest> {
  return parseWith(NAME, schemaFor(readOwn(input, 'RequestType')), input);
}

function schemaFor(requestType: unknown): Field<CustomResourceRequest> {
  if (requestType === 'Update') return updateRequest;
  return requestType === 'Delete' ? deleteRequest : createRequest;
}
