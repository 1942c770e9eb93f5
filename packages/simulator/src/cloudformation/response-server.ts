import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { closeServer, listenOnLoopback } from '../endpoint/loopback-server.js';
import { readBody } from '../endpoint/request-body.js';
import type { Scheduler } from '../virtual-time/scheduler.js';
import { createResponseBucket, type ResponseBucket } from './response-bucket.js';

/** Options of {@link startResponseServer}. */
export interface ResponseServerOptions {
  /** Clock and timers. */
  readonly scheduler: Scheduler;
  /** Source of identifiers, each as unique as a UUID. */
  readonly newId: () => string;
  /** Key and certificate for `localhost`, in PEM, to speak HTTPS. @default HTTP */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A bucket for answers behind HTTP or HTTPS on 127.0.0.1. */
export interface ResponseServer extends ResponseBucket {
  /** Where it listens. */
  readonly url: string;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** Starts a bucket that real processes can PUT to. */
export async function startResponseServer(options: ResponseServerOptions): Promise<ResponseServer> {
  let url = '';
  const bucket = createResponseBucket({ ...options, baseUrl: () => url });
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response, bucket).catch(() => response.destroy());
  };
  const { server, port } = await listen(handle, options.tls);
  url = options.tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;
  return { ...bucket, url, close: () => closeServer(server) };
}

async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  tls: ResponseServerOptions['tls'],
): Promise<{ readonly server: Server; readonly port: number }> {
  if (tls === undefined) {
    return listenOnLoopback(handle, 0);
  }
  const server = createTlsServer({ ...tls }, handle);
  await new Promise<void>((resolve) => {
    server.listen({ host: '127.0.0.1', port: 0 }, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

async function serve(request: IncomingMessage, response: ServerResponse, bucket: ResponseBucket): Promise<void> {
  const read = await readBody(request);
  if (!read.ok) {
    response.writeHead(400).end();
    return;
  }
  const { status, code } = await bucket.put({
    url: request.url ?? '/',
    method: request.method ?? '',
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.from(read.body).toString('utf8'),
  });
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(status === 200 ? '' : `<Error><Code>${code}</Code></Error>`);
}
