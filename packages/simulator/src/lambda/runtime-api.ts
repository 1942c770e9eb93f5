import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListenError } from '../endpoint/endpoint-error.js';

const PREFIX = '/2018-06-01/runtime';

/**
 * Largest answer of a function in bytes: 6 MB and a little, as Lambda's own message counts it
 * (`interop.MaxPayloadSize` of https://github.com/aws/aws-lambda-runtime-interface-emulator).
 */
export const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024 + 100;

/** One invocation as the Runtime API hands it over. */
export interface Invocation {
  readonly requestId: string;
  /** Unix time in milliseconds at which the invocation times out. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId: string;
  /** The event, as JSON. */
  readonly event: string;
}

/** What the function made of an invocation. */
export type RuntimeAnswer =
  | { readonly kind: 'response'; readonly requestId: string; readonly body: string }
  | { readonly kind: 'error'; readonly requestId: string; readonly body: string };

/** Called when the runtime calls. */
export interface RuntimeListener {
  /** The runtime asks for an invocation: `deliver` it one. */
  onPoll(): void;
  onAnswer(answer: RuntimeAnswer): void;
  /** The function could not be loaded. */
  onInitError(body: string): void;
}

/** The Runtime API of one process, on loopback. */
export interface RuntimeApi {
  /** Host and port. */
  readonly address: string;
  /** Hands an invocation to the runtime, which has asked for one. */
  deliver(invocation: Invocation): void;
  close(): Promise<void>;
}

/**
 * Serves the Runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
 *
 * @throws {ListenError} if no port can be had
 */
export async function startRuntimeApi(listener: RuntimeListener): Promise<RuntimeApi> {
  let polling: ServerResponse | undefined;

  const post = async (path: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { text, bytes } = await readBounded(incoming);
    const body = text ?? JSON.stringify(tooLarge(bytes));
    const [, requestId = '', kind] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (path === '/init/error') listener.onInitError(body);
    else if (kind === 'error' || (kind === 'response' && text !== undefined)) listener.onAnswer({ kind, requestId, body });
    else if (kind === 'response') {
      listener.onAnswer({ kind: 'error', requestId, body });
      return answer(outgoing, 413, {
        errorType: 'RequestEntityTooLarge',
        errorMessage: `Exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`,
      });
    } else return answer(outgoing, 404, { errorType: 'NotFound', errorMessage: `no such resource: ${path}` });
    answer(outgoing, 202, { status: 'OK' });
  };

  const server = createServer((incoming, outgoing) => {
    const path = incoming.url?.startsWith(PREFIX) ? incoming.url.slice(PREFIX.length) : '';
    if (incoming.method === 'GET' && path === '/invocation/next') {
      polling = outgoing;
      listener.onPoll();
    } else {
      // A process killed while it posts ends its request early; that it ended is seen elsewhere.
      post(path, incoming, outgoing).catch(() => outgoing.destroy());
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new ListenError(0, { cause })));
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliver({ requestId, deadlineMs, functionArn, traceId, event }) {
      polling?.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': requestId,
        'lambda-runtime-deadline-ms': String(deadlineMs),
        'lambda-runtime-invoked-function-arn': functionArn,
        'lambda-runtime-trace-id': traceId,
      });
      polling?.end(event);
      polling = undefined;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Reads a body to its end and counts it; of one above the limit nothing is kept. */
async function readBounded(incoming: IncomingMessage): Promise<{ readonly text: string | undefined; readonly bytes: number }> {
  let chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes <= MAX_PAYLOAD_BYTES) chunks.push(chunk);
    else chunks = [];
  }
  return { text: bytes <= MAX_PAYLOAD_BYTES ? Buffer.concat(chunks).toString() : undefined, bytes };
}

function tooLarge(bytes: number): { readonly errorType: string; readonly errorMessage: string } {
  return {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`,
  };
}

function answer(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify(body));
}
