import { randomUUID } from 'node:crypto';
import type { Service, ServiceRequest, ServiceResponse } from '../endpoint/service.js';
import type { LambdaFunction } from '../lambda/lambda-function.js';
import { machineScheduler, type Scheduler } from '../virtual-time/scheduler.js';
import { type AsyncInvocation, invokeAsync } from './async-invocation.js';
import { FunctionFailedError } from './function-failed-error.js';

/** What answers an invocation: a function of this process, or of the Lambda runner. */
export type InvocableFunction = ((event: unknown) => Promise<unknown>) | Pick<LambdaFunction, 'invoke'>;

/** Options of {@link createLambdaApi}. */
export interface LambdaApiOptions {
  /** Functions by name. */
  readonly functions: Readonly<Record<string, InvocableFunction>>;
  /** Clock and timers of retries. @default the machine's, which keep no process alive */
  readonly scheduler?: Scheduler;
  /** Waits before each further attempt of an asynchronous invocation, in milliseconds. @default 60000 and 120000 */
  readonly retryWaitsMs?: readonly number[];
  /** Region in ARNs. @default 'us-east-1' */
  readonly region?: string;
  /** Account in ARNs, 12 digits. @default '111122223333' */
  readonly accountId?: string;
}

/** How an invocation is answered. */
export interface InvocationAnswer {
  /** HTTP status: 200, 202 for an event taken, 204 for a dry run, or that of an error. */
  readonly status: number;
  /** What the function answered, or its error. */
  readonly payload?: unknown;
  /** Set if the function failed. */
  readonly functionError?: 'Unhandled';
  /** Set if it was not invoked. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** The Invoke operation of Lambda as a service of the local endpoint. */
export interface LambdaApi extends Service {
  /** Invokes a function without HTTP. */
  invoke(call: { readonly functionName: string; readonly invocationType?: string; readonly payload: unknown }): Promise<InvocationAnswer>;
  /** Asynchronous invocations so far, oldest first. */
  readonly events: readonly AsyncInvocation[];
}

/** Path of Invoke (SDK model of Lambda). */
const INVOKE_PATH = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(\?|$)/;

/** Creates Lambda's Invoke: `Event`, `RequestResponse` and `DryRun`. */
export function createLambdaApi(options: LambdaApiOptions): LambdaApi {
  const scheduler = options.scheduler ?? machineScheduler({ keepsAlive: false });
  const events: AsyncInvocation[] = [];
  const arnOf = (name: string): string =>
    `arn:aws:lambda:${options.region ?? 'us-east-1'}:${options.accountId ?? '111122223333'}:function:${name}`;
  const invoke: LambdaApi['invoke'] = async ({ functionName, invocationType = 'RequestResponse', payload }) => {
    const name = nameOf(functionName);
    const called = Object.hasOwn(options.functions, name) ? options.functions[name] : undefined;
    if (called === undefined) {
      return refusal(404, 'ResourceNotFoundException', `Function not found: ${arnOf(name)}`);
    }
    if (invocationType === 'DryRun') {
      return { status: 204 };
    }
    if (invocationType === 'Event') {
      const { retryWaitsMs } = options;
      events.push(
        invokeAsync(payload, {
          scheduler,
          target: (event) => callFunction(called, event),
          functionArn: `${arnOf(name)}:$LATEST`,
          requestId: randomUUID(),
          ...(retryWaitsMs === undefined ? {} : { retryWaitsMs }),
        }),
      );
      return { status: 202 };
    }
    if (invocationType !== 'RequestResponse') {
      return refusal(400, 'InvalidParameterValueException', `invocation type is ${invocationType}; use Event, RequestResponse or DryRun`);
    }
    return callFunction(called, payload).then(
      (answer) => ({ status: 200, payload: answer ?? null }),
      (fault: unknown) => ({ status: 200, functionError: 'Unhandled', payload: describeFault(fault) }),
    );
  };
  return {
    signingName: 'lambda',
    invoke,
    events,
    accepts: ({ method, path }) => method === 'POST' && INVOKE_PATH.test(path),
    handle: async (request) => respond(request, invoke),
    ...{
      describeCall: (request: ServiceRequest) => ({
        operation: 'Invoke',
        input: {
          FunctionName: functionNameOf(request),
          InvocationType: request.headers['x-amz-invocation-type'] ?? 'RequestResponse',
          Payload: parse(request.body).value,
        },
      }),
    },
  };
}

async function respond(request: ServiceRequest, invoke: LambdaApi['invoke']): Promise<ServiceResponse> {
  const payload = parse(request.body);
  if (!payload.ok) {
    return toHttp(refusal(400, 'InvalidRequestContentException', 'Could not parse request body into json'));
  }
  const invocationType = request.headers['x-amz-invocation-type'];
  return toHttp(
    await invoke({
      functionName: functionNameOf(request),
      ...(invocationType === undefined ? {} : { invocationType }),
      payload: payload.value,
    }),
  );
}

function toHttp({ status, payload, functionError, error }: InvocationAnswer): ServiceResponse {
  const headers = { 'content-type': 'application/json' };
  if (error !== undefined) {
    return {
      status,
      headers: { ...headers, 'x-amzn-errortype': error.code },
      body: JSON.stringify({ Type: 'User', Message: error.message }),
    };
  }
  return {
    status,
    headers: {
      ...headers,
      ...(status === 200 ? { 'x-amz-executed-version': '$LATEST' } : {}),
      ...(functionError === undefined ? {} : { 'x-amz-function-error': functionError }),
    },
    body: status === 200 ? JSON.stringify(payload) : '',
  };
}

/** Runs either kind of function; a failure is a rejection. */
export async function callFunction(called: InvocableFunction, event: unknown): Promise<unknown> {
  if (typeof called === 'function') {
    return called(event);
  }
  const result = await called.invoke(event);
  if (result.ok) {
    return result.payload;
  }
  throw new FunctionFailedError(result.error.message, result.error.errorType ?? result.error.code);
}

function describeFault(fault: unknown): { readonly errorType: string; readonly errorMessage: string } {
  const error = fault instanceof Error ? fault : undefined;
  const errorType = fault instanceof FunctionFailedError ? fault.errorType : (error?.name ?? 'Error');
  return { errorType, errorMessage: error?.message ?? String(fault) };
}

/** A name, from a name or an ARN, with or without a version. */
function nameOf(functionName: string): string {
  const [name = ''] = functionName.replace(/^(arn:[^:]+:lambda:[^:]*:[^:]*:|[^:]*:)?function:/, '').split(':');
  return name;
}

function functionNameOf({ path }: ServiceRequest): string {
  return decodeURIComponent(INVOKE_PATH.exec(path)?.[1] ?? '');
}

function parse(body: Uint8Array): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly value: undefined } {
  const text = Buffer.from(body).toString('utf8');
  try {
    return { ok: true, value: text === '' ? {} : JSON.parse(text) };
  } catch {
    return { ok: false, value: undefined };
  }
}

function refusal(status: number, code: string, message: string): InvocationAnswer {
  return { status, error: { code, message } };
}
