import { explainFailure, type PutOutcome, type PutPhase } from '../src';
import { STACK_ID } from './helpers/requests';

const failed = (phase: PutPhase, code: string): PutOutcome => ({ kind: 'failed', phase, code });

test.each<[PutOutcome, RegExp]>([
  [
    failed('connect', 'TIMEOUT'),
    /^cannot reach the response bucket at bucket\.test \(connect: TIMEOUT\): a function in a VPC needs a route to S3, .*VPC endpoint for S3.*cloudformation-custom-resource-response-eucentral1,/,
  ],
  [failed('resolve', 'ENOTFOUND'), /^cannot reach the response bucket at bucket\.test \(resolve: ENOTFOUND\)/],
  [failed('resolve', 'HTTP_NOT_ALLOWED'), /not served over https/],
  [failed('tls', 'CERT_HAS_EXPIRED'), /^no TLS connection to bucket\.test \(CERT_HAS_EXPIRED\): its certificate is not trusted/],
  [
    failed('tls', 'TIMEOUT'),
    /^no TLS connection to bucket\.test \(TIMEOUT\): it accepted the connection but did not complete the handshake/,
  ],
  [failed('tls', 'ECONNRESET'), /\(ECONNRESET\): it accepted the connection but did not complete/],
  [failed('connect', 'SELF_SIGNED_CERT_IN_CHAIN'), /its certificate is not trusted/],
  [
    failed('resolve', 'ERR_UNESCAPED_CHARACTERS'),
    /^the ResponseURL at bucket\.test cannot be sent .*characters that no request line can hold/,
  ],
  [failed('connect', 'https://bucket.test/?X-Amz-Signature=x7Qz'), /\(connect: UNKNOWN\)/],
  [failed('answer', 'TIMEOUT'), /accepted the connection but did not answer \(TIMEOUT\)/],
  [{ kind: 'answered', status: 403 }, /answered 403: .* s3:PutObject on cloudformation-custom-resource-response-eucentral1$/],
  [{ kind: 'answered', status: 307 }, /answered 307: a redirect breaks the signature/],
  ...[300, 301, 302, 303, 308].map((status): [PutOutcome, RegExp] => [{ kind: 'answered', status }, /: a redirect breaks/]),
  ...[304, 305, 399, 400].map((status): [PutOutcome, RegExp] => [{ kind: 'answered', status }, new RegExp(`answered ${status}$`)]),
  [{ kind: 'answered', status: 503 }, /^bucket\.test answered 503$/],
])('%j', (outcome, words) => {
  expect(explainFailure(outcome, 'bucket.test', STACK_ID)).toMatch(words);
});

test('without a region the bucket is named by its pattern', () => {
  expect(explainFailure(failed('connect', 'TIMEOUT'), 'bucket.test', 'no ARN')).toContain(
    'cloudformation-custom-resource-response-<region without dashes>',
  );
});
