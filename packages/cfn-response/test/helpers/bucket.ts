import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Certificate } from './certificates';

/** One PUT as the server saw it. */
export interface SeenPut {
  readonly method: string;
  /** Path and query as they stood in the request line. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the server does with one PUT it has read. */
export type Behaviour = (put: IncomingMessage, store: () => void) => void;

/** Answers with a status; 2xx stores the object. */
export function status(code: number, headers = ''): Behaviour {
  return ({ socket }, store) => {
    if (code >= 200 && code < 300) store();
    socket.end(`HTTP/1.1 ${code} Status\r\n${headers}content-length: 0\r\nconnection: close\r\n\r\n`);
  };
}

/** Reads the PUT and says nothing. */
export const silence: Behaviour = () => {};

/** Stores the object, says 200 and half a body, and stays so. */
export const stalledBody: Behaviour = ({ socket }, store) => {
  store();
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf');
};

/** Breaks the connection without an answer; nothing is stored. */
export const reset: Behaviour = ({ socket }) => {
  socket.destroy();
};

/** Breaks the connection after storing. */
export const resetAfterStoring: Behaviour = ({ socket }, store) => {
  store();
  socket.destroy();
};

/** Stores the object and says so one byte at a time. */
export function drip(everyMs: number, answer = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'): Behaviour {
  return ({ socket }, store) => {
    store();
    dripInto(socket, answer, everyMs);
  };
}

/** Drips a header that never ends; nothing is stored. */
export const endlessDrip: Behaviour = ({ socket }) => dripInto(socket, `HTTP/1.1 200 OK\r\nx-slow: ${'a'.repeat(4000)}`, 5);

function dripInto(socket: Socket, text: string, everyMs: number): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < text.length && !socket.destroyed) socket.write(text.charAt(sent));
    else clearInterval(timer);
    sent += 1;
  }, everyMs);
  socket.on('close', () => clearInterval(timer));
}

/** A TLS server on loopback in the place of the response bucket; it counts what it is sent and what it stores. */
export class Bucket {
  /** Every PUT that arrived whole. */
  public readonly seen: SeenPut[] = [];
  /** Bodies of those that were stored. */
  public readonly stored: Buffer[] = [];
  /** TCP connections that were made. */
  public connections = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #behaviours: Behaviour[];

  private constructor(certificate: Certificate, behaviours: readonly Behaviour[]) {
    this.#behaviours = [...behaviours];
    this.#server = createServer({ key: certificate.key, cert: certificate.cert }, (request) => this.#receive(request));
    this.#server.on('connection', (socket: Socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    // Clients that refuse the certificate, or leave early, are part of the tests.
    this.#server.on('tlsClientError', () => {});
  }

  /** Listens; behaviours apply to PUTs in order, the last one to all that follow. */
  public static async listen(certificate: Certificate, ...behaviours: readonly Behaviour[]): Promise<Bucket> {
    const bucket = new Bucket(certificate, behaviours);
    await new Promise<void>((resolve) => bucket.#server.listen(0, '127.0.0.1', resolve));
    return bucket;
  }

  /** Address of an object in the bucket, with a signature that must not be found in any log. */
  public url(
    path = '/stack%7CMigration%7C0001?X-Amz-Expires=7200&X-Amz-Credential=AKIDEXAMPLE%2F20300101&X-Amz-Signature=5ec2e75ec2e75ec2e7',
  ): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  public async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #receive(request: IncomingMessage): void {
    const chunks: Buffer[] = [];
    request.on('error', () => {});
    request.socket.on('error', () => {});
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      this.seen.push({ method: request.method ?? '', path: request.url ?? '', headers, body });
      const behave = this.#behaviours.length > 1 ? this.#behaviours.shift() : this.#behaviours[0];
      behave?.(request, () => this.stored.push(body));
    });
  }
}
