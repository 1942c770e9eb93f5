import { decode } from '../input-shape.js';
import { type OpenCall, queryErrorHeader, TARGET_PREFIX } from './call.js';
import { documentReader } from './document.js';

/**
 * AWS JSON 1.0 (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html): what
 * `@aws-sdk/client-cloudwatch` 3.1162.0 sends.
 */
export const openJsonCall: OpenCall = (request, requestId) => {
  const [prefix, operation] = (request.headers['x-amz-target'] ?? '').split('.', 2);
  if (prefix !== TARGET_PREFIX) return undefined;
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId };
  return {
    operation: operation ?? '',
    input: (shape) => {
      const document = parse(request.body);
      return document === undefined ? { ok: false, message: 'The request is not JSON.' } : decode(shape, document.value, documentReader);
    },
    succeed: (output) => ({ status: 200, headers, body: JSON.stringify(output ?? {}, secondsForDates) }),
    fail: (fault) => ({
      status: 400,
      headers: { ...headers, ...queryErrorHeader(request, fault) },
      body: JSON.stringify({ __type: fault.shape, message: fault.message }),
    }),
  };
};

function parse(body: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: body.length === 0 ? {} : JSON.parse(new TextDecoder().decode(body)) };
  } catch {
    return undefined;
  }
}

/** `JSON.stringify` hands a replacer the text a `Date` turned itself into; its holder still has the `Date`. */
function secondsForDates(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Readonly<Record<string, unknown>>)[key];
  return original instanceof Date ? original.getTime() / 1000 : value;
}
