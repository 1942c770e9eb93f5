import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { AuthorizedCall } from '../faults/authorized-call.js';
import type { IamAction } from '../faults/iam-action.js';
import { throttlingError } from '../faults/service-errors.js';
import { identifyCall } from './call-identity.js';
import type { CallRecord } from './call-record.js';
import { type AwsError, errorResponse } from './error-response.js';
import type { InjectedFault, RecordedCall } from './injected-fault.js';
import { isLocalCaller } from './local-caller.js';
import { type BodyResult, LARGEST_BODY_BYTES, readBody } from './request-body.js';
import type { Service, ServiceRequest, ServiceResponse } from './service.js';

/** What the front passes requests to. */
export interface FrontOptions {
  /** Services, asked in order. */
  readonly services: readonly Service[];
  /** Clock of the records. */
  readonly clock: () => Date;
  /** Takes requests that are none of AWS's; they are neither recorded nor subject to faults. */
  readonly control: Service;
  /** Names faults. */
  readonly intercept: (call: AuthorizedCall) => InjectedFault | undefined;
  /** Whether `intercept` can name any at present; where not, requests are read by their service alone. */
  readonly mayFault: () => boolean;
  /** Permissions of a call. */
  readonly iamActionsOf: (call: RecordedCall) => readonly IamAction[];
  /** Keeps the calls. */
  readonly record: CallRecord;
  /** Whether requests are recorded. */
  readonly recordCalls: boolean;
}

/** The part between HTTP and the services. */
export interface Front {
  /** Answers one HTTP request. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** Ends delays under way. */
  readonly stop: () => void;
}

/** Refusal of what may come from a page in a browser. */
const NOT_LOCAL: AwsError = {
  status: 403,
  code: 'AccessDeniedException',
  message: 'the request names an Origin or another Host than 127.0.0.1 or localhost; call the endpoint by its url, not from a page',
};

/** An answer, or none: the connection is then closed. */
type Answer = ServiceResponse | 'drop';

/** Creates the front: reads bodies, records calls, injects faults, and turns a crash of a service into HTTP 500. */
export function createFront(options: FrontOptions): Front {
  const stopping = new AbortController();
  return {
    handle: (request, response) => {
      respond(request, response, { ...options, signal: stopping.signal }).catch(() => response.destroy());
    },
    stop: () => stopping.abort(),
  };
}

interface Handling extends FrontOptions {
  readonly signal: AbortSignal;
}

async function respond(request: IncomingMessage, response: ServerResponse, handling: Handling): Promise<void> {
  const headers = flatHeaders(request);
  if (!isLocalCaller(request.headers)) {
    send(response, errorResponse({ headers }, NOT_LOCAL), { lastOnConnection: true });
    return;
  }
  const read = await readBody(request);
  if (!read.ok) {
    send(response, errorResponse({ headers }, bodyError(read.error)), { lastOnConnection: true });
    return;
  }
  const serviceRequest = { method: request.method ?? 'GET', path: request.url ?? '/', headers, body: read.body };
  const answer = await answerTo(serviceRequest, handling);
  if (answer === 'drop') {
    response.destroy();
  } else {
    send(response, answer, { lastOnConnection: false });
  }
}

async function answerTo(request: ServiceRequest, handling: Handling): Promise<Answer> {
  try {
    if (handling.control.accepts(request)) {
      return await handling.control.handle(request);
    }
    const service = handling.services.find((candidate) => candidate.accepts(request));
    const fault = observe({ request, service }, handling);
    return await answerUnder(fault, { request, service, signal: handling.signal });
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : String(fault);
    return errorResponse(request, { status: 500, code: 'InternalFailure', message });
  }
}

/** Records a request and asks for its fault; reads it for neither where nobody wants it. */
function observe({ request, service }: Pick<Handled, 'request' | 'service'>, handling: Handling): InjectedFault | undefined {
  if (!handling.recordCalls && !handling.mayFault()) {
    return undefined;
  }
  const identified = { service: service?.signingName ?? '', at: handling.clock(), ...identifyCall(service, request) };
  const call = { ...identified, iamActions: handling.iamActionsOf(identified) };
  if (handling.recordCalls) {
    handling.record.add(call, request.body.length);
  }
  return handling.intercept(call);
}

interface Handled {
  readonly request: ServiceRequest;
  readonly service: Service | undefined;
  readonly signal: AbortSignal;
}

async function answerUnder(fault: InjectedFault | undefined, handled: Handled): Promise<Answer> {
  switch (fault?.kind) {
    case 'error':
      return errorResponse(handled.request, { status: fault.status ?? 400, code: fault.code, message: fault.message ?? 'injected fault' });
    case 'throttle':
      return errorResponse(handled.request, throttlingError(handled.service?.signingName ?? ''));
    case 'answer':
      return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(fault.output) };
    case 'delay':
      await wait(fault.milliseconds, undefined, { signal: handled.signal });
      return handle(handled);
    case 'drop':
      if (fault.afterHandling === true) {
        await handle(handled);
      }
      return 'drop';
    default:
      return handle(handled);
  }
}

async function handle({ request, service }: Handled): Promise<ServiceResponse> {
  if (service === undefined) {
    return errorResponse(request, {
      status: 400,
      code: 'UnknownOperationException',
      message: 'no service of this endpoint takes the request',
    });
  }
  return service.handle(request);
}

function bodyError(error: Extract<BodyResult, { ok: false }>['error']): AwsError {
  switch (error) {
    case 'TOO_LARGE':
      return { status: 413, code: 'RequestEntityTooLargeException', message: `the body is above ${LARGEST_BODY_BYTES} bytes; send less` };
    case 'ENCODING_UNKNOWN':
      return { status: 415, code: 'UnsupportedMediaTypeException', message: 'content-encoding is not known; use gzip or none' };
    case 'NOT_GZIP':
      return { status: 400, code: 'SerializationException', message: 'the body is not gzip though content-encoding says so' };
    default:
      return { status: 400, code: 'SerializationException', message: 'the body ended early' };
  }
}

function flatHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) {
      headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
  }
  return headers;
}

function send(response: ServerResponse, answer: ServiceResponse, how: { readonly lastOnConnection: boolean }): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body;
  response.writeHead(answer.status, {
    ...answer.headers,
    'x-amzn-requestid': crypto.randomUUID(),
    'content-length': body.length,
    ...(how.lastOnConnection ? { connection: 'close' } : {}),
  });
  response.end(body, () => {
    if (how.lastOnConnection) {
      response.destroy();
    }
  });
}
