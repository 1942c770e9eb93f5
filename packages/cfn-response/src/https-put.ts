import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { safeCode } from './private/put-failure.js';
import { readAny } from './private/safe-read.js';
import type { Put, PutOutcome, PutPhase, PutRequest } from './put.js';

/** Options of {@link httpsPut}. */
export interface HttpsPutOptions {
  /** Certificates of the authorities to trust instead of Node's own, in PEM. @default Node's own */
  readonly ca?: string;
  /** Whether plain http is allowed, for local imitations of CloudFormation. @default false */
  readonly allowHttp?: boolean;
}

/**
 * A {@link Put} over Node's own https client.
 *
 * One connection a PUT; the status alone ends it, as S3 sends it when the object
 * is stored. Path and query go out byte for byte as signed.
 */
export function httpsPut(options: HttpsPutOptions = {}): Put {
  return (put) =>
    new Promise((resolve) => {
      if (put.url.protocol === 'http:' && options.allowHttp !== true) {
        resolve({ kind: 'failed', phase: 'resolve', code: 'HTTP_NOT_ALLOWED' });
        return;
      }
      send(put, options, resolve);
    });
}

function send(put: PutRequest, options: HttpsPutOptions, resolve: (outcome: PutOutcome) => void): void {
  const { hostname, port } = new URL(put.url.reveal());
  const host = hostname.replace(/^\[|\]$/g, '');
  let phase: PutPhase = isIP(host) === 0 ? 'resolve' : 'connect';
  const enter = (next: PutPhase): void => {
    phase = next;
    put.onPhase(next);
  };
  // The error's code alone: its message can hold the address.
  const fail = (error: unknown): void => resolve({ kind: 'failed', phase, code: safeCode(readAny(error, 'code')) });
  enter(phase);
  try {
    const settings = {
      method: 'PUT',
      host,
      port,
      path: put.url.revealPath(),
      headers: put.headers,
      agent: false,
      signal: put.signal,
    } as const;
    const secure = put.url.protocol === 'https:';
    const request = secure ? httpsRequest({ ...settings, ...(options.ca === undefined ? {} : { ca: options.ca }) }) : httpRequest(settings);
    request.on('socket', (socket) => {
      // A failed search reports itself by the same event.
      socket.on('lookup', (error: unknown) => error == null && enter('connect'));
      socket.on('connect', () => enter(secure ? 'tls' : 'answer'));
      socket.on('secureConnect', () => enter('answer'));
    });
    request.on('response', (response) => {
      resolve({ kind: 'answered', status: response.statusCode ?? 0 });
      // The body says nothing more, and could stall.
      response.destroy();
    });
    request.on('error', fail);
    request.end(put.body);
  } catch (error) {
    // Node refuses a path with characters that are illegal in a request line, with the path in the error's message.
    fail(error);
  }
}
