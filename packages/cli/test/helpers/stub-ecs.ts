import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Listening, listenOnLoopback } from '@plimsoll/test-support';

/** A server on loopback in the place of ECS. */
export interface StubEcs extends Listening {
  /** Operations asked, in order. */
  readonly operations: readonly string[];
}

/** Starts a server that answers every request in one way; `hang` never answers, `reset` drops the connection. */
export async function startStubEcs(answer: StubAnswer | ((operation: string) => StubAnswer)): Promise<StubEcs> {
  const operations: string[] = [];
  const server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    operations.push(operation);
    respond(typeof answer === 'function' ? answer(operation) : answer, request, response);
  });
  return { operations, ...(await listenOnLoopback(server)) };
}

/** How the stub answers. */
export type StubAnswer = 'hang' | 'reset' | { readonly status: number; readonly body: unknown; readonly contentType?: string };

/** An error in the form of AWS JSON 1.1. */
export function awsError(type: string, status = 400): StubAnswer {
  return { status, body: { __type: type, message: `${type} from the stub` } };
}

function respond(answer: StubAnswer, request: IncomingMessage, response: ServerResponse): void {
  if (answer === 'reset') request.socket.resetAndDestroy();
  if (typeof answer === 'string') return;
  const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  response.writeHead(answer.status, { 'content-type': answer.contentType ?? 'application/x-amz-json-1.1' }).end(body);
}
