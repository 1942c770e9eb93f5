import { createServer, type RequestListener, type Server } from 'node:http';
import { ListenError, PortInUseError } from './endpoint-error.js';

/** The only address the endpoint listens on: nobody outside the machine reaches it. */
const LOOPBACK = '127.0.0.1';

/** Longest a client may take for its header and its whole request, and for its next request, in milliseconds. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 30_000 } as const;

/** Connections at once; more are refused. */
const MOST_CONNECTIONS = 1000;

/** A server that listens, and the port it got. */
export interface Listening {
  /** The server. */
  readonly server: Server;
  /** Its port. */
  readonly port: number;
}

/** Starts an HTTP server on 127.0.0.1. */
export function listenOnLoopback(handle: RequestListener, port: number): Promise<Listening> {
  const server = createServer(TIMEOUTS, handle);
  server.maxConnections = MOST_CONNECTIONS;
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException): void =>
      reject(cause.code === 'EADDRINUSE' ? new PortInUseError(port, { cause }) : new ListenError(port, { cause }));
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      reject(new ListenError(port));
      return;
    }
    server.once('error', fail);
    server.listen({ host: LOOPBACK, port }, () => {
      server.off('error', fail);
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address !== null ? address.port : port });
    });
  });
}

/** Closes a server and all its connections. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
