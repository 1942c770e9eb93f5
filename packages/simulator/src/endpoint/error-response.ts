import { encodeErrorMap } from './cbor-error.js';
import type { ServiceRequest, ServiceResponse } from './service.js';

/** An AWS error before it is put into a protocol. */
export interface AwsError {
  /** HTTP status, 400 to 599. */
  readonly status: number;
  /** Name, such as `ThrottlingException`. */
  readonly code: string;
  /** Text. */
  readonly message: string;
}

/** Writes an error in the protocol its request was made in: Smithy RPC v2 CBOR, Query or JSON 1.1. */
export function errorResponse(request: Pick<ServiceRequest, 'headers'>, error: AwsError): ServiceResponse {
  if (request.headers['smithy-protocol'] === 'rpc-v2-cbor') {
    const headers = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };
    return { status: error.status, headers, body: encodeErrorMap({ __type: error.code, message: error.message }) };
  }
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) {
    return { status: error.status, headers: { 'content-type': 'text/xml' }, body: xmlError(error) };
  }
  return jsonError(error);
}

/**
 * Writes an error in JSON 1.1: `__type` without a namespace, as ECS answers it,
 * and the same name in `x-amzn-errortype`, where current SDKs look first.
 */
export function jsonError(error: AwsError, members: Readonly<Record<string, unknown>> = {}): ServiceResponse {
  return {
    status: error.status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': error.code },
    body: JSON.stringify({ __type: error.code, message: error.message, ...members }),
  };
}

function xmlError(error: AwsError): string {
  const fault = error.status < 500 ? 'Sender' : 'Receiver';
  return `<ErrorResponse><Error><Type>${fault}</Type><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>local</RequestId></ErrorResponse>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
