import { createHash } from 'node:crypto';
import type { ResponseIdentifiers } from './request.js';
import type { SignedUrl } from './signed-url.js';

/**
 * Longest `PhysicalResourceId`, in bytes of UTF-8.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html "can be up to 1 KB in size"
 */
export const MAX_PHYSICAL_RESOURCE_ID_BYTES = 1024;

/**
 * `PhysicalResourceId` of a Create that certainly made nothing: its request was
 * invalid, or its handler threw a {@link HandlerFailure} with `nothingExists`.
 *
 * CloudFormation sends a Delete with it next, which is answered SUCCESS without
 * calling the handler. It is no id of a resource: no handler may return it, and
 * an Update of it is refused.
 */
export const CREATE_FAILED_PHYSICAL_RESOURCE_ID = 'plimsoll::cfn-response::CREATE_FAILED';

/**
 * The id of a resource whose handler names none: stack name, logical id and a hash of the request.
 *
 * The same request always gives the same id, so a request delivered twice does
 * not look like two resources.
 *
 * @returns 20 to 402 characters out of `[A-Za-z0-9_.-]`
 */
export function derivePhysicalResourceId(identifiers: ResponseIdentifiers): string {
  const { StackId, LogicalResourceId, RequestId } = identifiers;
  const stackName = /:stack\/([^/]+)\//.exec(StackId)?.[1] ?? 'stack';
  return `${plain(stackName, 128)}-${plain(LogicalResourceId, 255)}-${sha256([StackId, LogicalResourceId, RequestId]).slice(0, 16)}`;
}

/**
 * Id of one attempt at a request: 64 hexadecimal digits.
 *
 * The same when Lambda delivers a request again; another when a stack operation
 * is retried, although that can use the `RequestId` again, as the signed address
 * is new. Fits ECS's `clientToken`. It discloses nothing of the address.
 */
export function deriveAttemptId(identifiers: ResponseIdentifiers, responseUrl: SignedUrl): string {
  return sha256([identifiers.StackId, identifiers.LogicalResourceId, identifiers.RequestId, responseUrl.reveal()]);
}

function plain(text: string, maxLength: number): string {
  return text.replace(/[^A-Za-z0-9_.-]/g, '-').slice(0, maxLength);
}

function sha256(parts: readonly string[]): string {
  // JSON keeps the parts apart: plain concatenation would let ["a", "bc"] and ["ab", "c"] collide.
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
