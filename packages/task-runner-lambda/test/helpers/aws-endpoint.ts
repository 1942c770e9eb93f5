import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Listening, listenOnLoopback } from '@plimsoll/test-support';

/** A request as it arrived. */
export interface ReceivedCall {
  readonly operation: string;
  readonly body: string;
}

/** What one call is answered with. */
export interface Reply {
  readonly status?: number;
  readonly body: unknown;
}

/** A few answers at a loopback address, by operation; PUTs are stored. */
export interface AwsEndpoint extends Listening {
  readonly calls: ReceivedCall[];
  readonly stored: ReceivedCall[];
}

/** Starts an endpoint that answers each operation with what the function gives; `undefined` is UnknownOperationException. */
export async function startAwsEndpoint(answer: (call: ReceivedCall, nth: number) => Reply | undefined): Promise<AwsEndpoint> {
  const calls: ReceivedCall[] = [];
  const stored: ReceivedCall[] = [];
  const server = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = { operation: operationOf(request), body: await text(request) };
    const query = new URLSearchParams(call.body).get('Action');
    const named = { ...call, operation: call.operation || query || '' };
    if (named.operation === 'PUT') {
      stored.push(named);
      response.writeHead(200).end();
      return;
    }
    const nth = calls.filter(({ operation }) => operation === named.operation).length;
    calls.push(named);
    const { status = 200, body } = answer(named, nth) ?? { status: 400, body: { __type: 'UnknownOperationException' } };
    const isXml = typeof body === 'string';
    response.writeHead(status, { 'content-type': isXml ? 'text/xml' : 'application/x-amz-json-1.1' });
    response.end(isXml ? body : JSON.stringify(body));
  }
  return { ...(await listenOnLoopback(server)), calls, stored };
}

function operationOf({ method, url = '', headers }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.slice(target.lastIndexOf('.') + 1);
  if (method === 'PUT') return 'PUT';
  return url.startsWith('/2015-03-31/functions/') ? 'Invoke' : '';
}
