import { cbor, tag } from '@smithy/core/cbor';
import { decode } from '../input-shape.js';
import { type OpenCall, queryErrorHeader, TARGET_PREFIX } from './call.js';
import { documentReader } from './document.js';

const PATH = new RegExp(`/service/${TARGET_PREFIX}/operation/([^/?]*)`);

/**
 * Smithy RPC v2 CBOR (https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html): what
 * botocore 1.43 sends, and other SDKs with it.
 */
export const openCborCall: OpenCall = (request, requestId) => {
  const operation = PATH.exec(request.path)?.[1];
  if (operation === undefined || request.headers['smithy-protocol'] !== 'rpc-v2-cbor') return undefined;
  const headers = { 'smithy-protocol': 'rpc-v2-cbor', 'x-amzn-requestid': requestId };
  const withBody = { ...headers, 'content-type': 'application/cbor' };
  return {
    operation,
    input: (shape) => {
      const document = parse(request.body);
      return document === undefined ? { ok: false, message: 'The request is not CBOR.' } : decode(shape, document.value, documentReader);
    },
    succeed: (output) =>
      output === undefined ? { status: 200, headers, body: new Uint8Array() } : { status: 200, headers: withBody, body: serialize(output) },
    fail: (fault) => ({
      status: 400,
      headers: { ...withBody, ...queryErrorHeader(request, fault) },
      body: serialize({ __type: fault.shape, message: fault.message }),
    }),
  };
};

function parse(body: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: body.length === 0 ? {} : cbor.deserialize(body) };
  } catch {
    return undefined;
  }
}

function serialize(value: unknown): Uint8Array {
  return cbor.serialize(tagDates(value));
}

function tagDates(value: unknown): unknown {
  if (value instanceof Date) return tag({ tag: 1, value: value.getTime() / 1000 });
  if (Array.isArray(value)) return value.map(tagDates);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, tagDates(member)]));
}
