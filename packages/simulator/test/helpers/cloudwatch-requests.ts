import type { ServiceRequest } from '../../src/endpoint/service.js';

/** A request in AWS JSON 1.0. */
export function jsonRequest(operation: string, input: unknown): ServiceRequest {
  return {
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `GraniteServiceVersion20100801.${operation}`,
      'x-amzn-query-mode': 'true',
    },
    body: Buffer.from(typeof input === 'string' ? input : JSON.stringify(input)),
  };
}

/** A request in AWS Query, as a form. */
export function queryRequest(parameters: Readonly<Record<string, string>>): ServiceRequest {
  return {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: Buffer.from(new URLSearchParams({ Version: '2010-08-01', ...parameters }).toString()),
  };
}
