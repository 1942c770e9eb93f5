import { isCertificateFailure, isUnsendable, safeCode } from './private/put-failure.js';
import type { PutOutcome } from './put.js';

/** Statuses that send the client to another address. @see https://www.rfc-editor.org/rfc/rfc9110#section-15.4 */
const REDIRECTS: readonly number[] = [300, 301, 302, 303, 307, 308];

/**
 * What a PUT that failed means and what to do, in one line without the address.
 *
 * @param host host of the response bucket
 * @param stackId ARN the region is read from
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html
 */
export function explainFailure(outcome: PutOutcome, host: string, stackId: string): string {
  if (outcome.kind === 'failed') return explainNetwork(outcome, host, stackId);
  const { status } = outcome;
  if (REDIRECTS.includes(status)) return `${host} answered ${status}: a redirect breaks the signature and is not followed`;
  if (status !== 403) return `${host} answered ${status}`;
  return `${host} answered 403: the address expired, or the policy of a VPC endpoint for S3 does not allow s3:PutObject on ${bucketOf(stackId)}`;
}

function explainNetwork(outcome: Extract<PutOutcome, { kind: 'failed' }>, host: string, stackId: string): string {
  const code = safeCode(outcome.code);
  if (code === 'HTTP_NOT_ALLOWED') return `${host} is not served over https: allow plain http only for a local imitation of CloudFormation`;
  if (isUnsendable(code)) {
    return `the ResponseURL at ${host} cannot be sent (${code}): it holds characters that no request line can hold, so CloudFormation did not make it`;
  }
  if (isCertificateFailure(code)) {
    return `no TLS connection to ${host} (${code}): its certificate is not trusted, or something between intercepts it`;
  }
  switch (outcome.phase) {
    case 'resolve':
    case 'connect':
      return `cannot reach the response bucket at ${host} (${outcome.phase}: ${code}): a function in a VPC needs a route to S3, by a NAT gateway or a VPC endpoint for S3 whose policy allows s3:PutObject on ${bucketOf(stackId)}, and a security group that lets port 443 out`;
    case 'tls':
      return `no TLS connection to ${host} (${code}): it accepted the connection but did not complete the handshake; something between holds it up, or it does not speak TLS`;
    case 'answer':
      return `${host} accepted the connection but did not answer (${code})`;
  }
}

/** Name of the response bucket: the region has no dashes in it. */
function bucketOf(stackId: string): string {
  const region = /^arn:[^:]+:cloudformation:([a-z0-9-]+):/.exec(stackId)?.[1];
  return `cloudformation-custom-resource-response-${region === undefined ? '<region without dashes>' : region.replaceAll('-', '')}`;
}
