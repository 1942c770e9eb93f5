import type { ServiceRequest, ServiceResponse } from '../../endpoint/service.js';
import type { Fault } from '../fault.js';
import type { DecodeResult, Shape } from '../input-shape.js';

/** A request as one protocol understands it, and how that protocol answers. */
export interface Call {
  /** Name of the operation; empty if the request names none. */
  readonly operation: string;
  /** The input, read by its shape. */
  input<const S extends Shape>(shape: S): DecodeResult<S>;
  /** Answers with an output: plain data, with a `Date` for a time stamp; `undefined` if the operation has none. */
  succeed(output: object | undefined): ServiceResponse;
  /** Answers with an error. */
  fail(fault: Fault): ServiceResponse;
}

/** A protocol: opens the requests that speak it, and leaves the others. */
export type OpenCall = (request: ServiceRequest, requestId: string) => Call | undefined;

/** Name under which AWS JSON and CBOR address CloudWatch (`targetPrefix` in the model). */
export const TARGET_PREFIX = 'GraniteServiceVersion20100801';

/** API version the Query protocol names, and the namespace of its XML. */
export const API_VERSION = '2010-08-01';

/**
 * Header that tells a client of AWS JSON or CBOR the error's Query code, if it asked for it by
 * `x-amzn-query-mode` (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait).
 */
export function queryErrorHeader(request: ServiceRequest, fault: Fault): Readonly<Record<string, string>> {
  return request.headers['x-amzn-query-mode'] === 'true' ? { 'x-amzn-query-error': `${fault.code};Sender` } : {};
}
