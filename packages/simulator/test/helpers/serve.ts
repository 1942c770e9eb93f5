import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { listenOnLoopback } from '@plimsoll/test-support';
import type { Service, ServiceRequest } from '../../src/endpoint/service.js';

/** Services on a loopback port. */
export interface Served {
  /** Base address: `http://127.0.0.1:` and a port. */
  readonly endpoint: string;
  /** Requests so far, oldest first. */
  readonly requests: readonly ServiceRequest[];
  close(): Promise<void>;
}

/** Serves over HTTP as the endpoint does: bodies decompressed, the first service that accepts answers. */
export async function serve(...services: readonly Service[]): Promise<Served> {
  const requests: ServiceRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const received = await buffer(incoming);
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const body = headers['content-encoding'] === 'gzip' ? gunzipSync(received) : received;
    const request = { method: incoming.method ?? '', path: incoming.url ?? '', headers, body };
    requests.push(request);
    const answer = await services.find((service) => service.accepts(request))?.handle(request);
    outgoing.writeHead(answer?.status ?? 404, answer?.headers);
    outgoing.end(answer?.body);
  });
  const { url, close } = await listenOnLoopback(server);
  return { endpoint: url, requests, close };
}
