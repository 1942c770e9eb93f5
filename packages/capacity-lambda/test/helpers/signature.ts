import { createHash, createHmac } from 'node:crypto';
import type { Call } from './aws-endpoint.js';

/** Who signed a request for what, and whether the signature is right. */
export interface Signature {
  readonly accessKeyId: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly valid: boolean;
}

/**
 * Checks the Signature Version 4 of a request to the path `/`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function checkSignature(call: Call, secretAccessKey: string): Signature {
  const [, accessKeyId = '', date = '', region = '', service = '', names = '', signature] =
    /Credential=([^/]+)\/(\d+)\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)/.exec(
      String(call.headers.authorization),
    ) ?? [];
  const headers = names.split(';').map((name) => `${name}:${String(call.headers[name]).trim()}\n`);
  const canonical = ['POST', '/', '', headers.join(''), names, sha256(call.raw)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', call.headers['x-amz-date'], `${date}/${region}/${service}/aws4_request`, sha256(canonical)].join(
    '\n',
  );
  const key = [date, region, service, 'aws4_request'].reduce<Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  const valid = createHmac('sha256', key).update(toSign).digest('hex') === signature;
  return { accessKeyId, service, signedHeaders: names.split(';'), valid };
}

function sha256(data: string): string {
  return createHash('sha256').update(data).digest('hex');
}
