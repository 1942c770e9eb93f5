import { randomBytes, randomUUID } from 'node:crypto';
import { type ExecutionEnvironment, type InvokeOutcome, startExecutionEnvironment } from './execution-environment.js';
import { InvalidLambdaEventError, LambdaClosedError } from './lambda-error.js';
import { exited, failureOf, initTimedOut, type LambdaFailure, type LambdaResult, timedOut } from './lambda-result.js';
import { createLogLines } from './log-lines.js';
import { configure, type LambdaFunctionOptions } from './options.js';
import { MAX_PAYLOAD_BYTES } from './runtime-api.js';

/** A function that can be invoked as on AWS Lambda. */
export interface LambdaFunction {
  /**
   * Invokes the function and waits for its answer, as `RequestResponse` does.
   *
   * One invocation at a time: others wait their turn.
   *
   * @throws {InvalidLambdaEventError} if the event has no JSON or more than 6 MB of it
   * @throws {LambdaClosedError} if the function is closed before the invocation begins
   * @throws {ListenError} if a process is to start and no port can be had for its Runtime API
   */
  invoke(event: unknown): Promise<LambdaResult>;
  /** Ends the function's process, in the middle of an invocation too, and settles when it has ended. */
  close(): Promise<void>;
}

/** An outcome and how long it took. */
interface Delivery {
  readonly outcome: InvokeOutcome;
  readonly durationMs: number;
}

/**
 * Starts a function that runs in a process of its own, over Lambda's Runtime API.
 *
 * The process starts with the first invocation and lives on for the next, never frozen; a process that
 * timed out, exited or failed to load is replaced at the next invocation. Close the function when done.
 *
 * @throws {InvalidLambdaOptionError} if an option is one Lambda would refuse
 * @example
 * const lambda = await startLambdaFunction({ codePath: 'bundle/index.js', timeoutSeconds: 60 });
 * const result = await lambda.invoke({ Records: [] });
 * await lambda.close();
 */
export async function startLambdaFunction(options: LambdaFunctionOptions): Promise<LambdaFunction> {
  const configuration = configure(options);
  const { timeoutSeconds, initTimeoutSeconds, functionName, region } = configuration;
  const logs = createLogLines(configuration.onLog);
  const functionArn = `arn:aws:lambda:${region}:111122223333:function:${functionName}`;
  let environment: ExecutionEnvironment | undefined;
  let closing: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const fail = (error: LambdaFailure, durationMs: number): LambdaResult => ({ ok: false, error, logs: logs.take(), durationMs });

  /** Starts a process; answers how long that took, or the failure. */
  const start = async (requestId: string): Promise<{ readonly initDurationMs: number } | LambdaResult> => {
    const startedMs = performance.now();
    const fresh = await startExecutionEnvironment(configuration, logs);
    environment = fresh;
    if (closing !== undefined) await fresh.close();
    const outcome = await fresh.init;
    const initDurationMs = performance.now() - startedMs;
    if (outcome.kind === 'ready') return { initDurationMs };
    environment = undefined;
    if (outcome.kind === 'error') return fail(failureOf('INIT_FAILED', outcome.body), initDurationMs);
    if (outcome.kind === 'timeout') return fail(initTimedOut(requestId, initTimeoutSeconds), initDurationMs);
    return fail(exited('INIT_FAILED', requestId, outcome.end), initDurationMs);
  };

  /** Hands an event to the process there is. */
  const deliver = async (requestId: string, event: string): Promise<Delivery> => {
    let deliveredMs = performance.now();
    const outcome = await environment?.invoke((deadlineMs) => {
      deliveredMs = performance.now();
      return { requestId, deadlineMs, functionArn, traceId: newTraceId(), event };
    });
    if (outcome?.kind !== 'response' && outcome?.kind !== 'error') environment = undefined;
    return { outcome: outcome ?? { kind: 'gone' }, durationMs: performance.now() - deliveredMs };
  };

  const run = async (event: string): Promise<LambdaResult> => {
    if (closing !== undefined) throw new LambdaClosedError();
    const requestId = randomUUID();
    const warm = await deliver(requestId, event);
    if (warm.outcome.kind !== 'gone') return resultOf(requestId, warm);
    if (closing !== undefined) throw new LambdaClosedError();
    const started = await start(requestId);
    if ('ok' in started) return started;
    const cold = await deliver(requestId, event);
    const result = resultOf(requestId, cold);
    return result.ok ? { ...result, ...started } : result;
  };

  const resultOf = (requestId: string, { outcome, durationMs }: Delivery): LambdaResult => {
    switch (outcome.kind) {
      case 'response':
        return { ok: true, payload: JSON.parse(outcome.body), durationMs, logs: logs.take() };
      case 'error':
        return fail(failureOf('FUNCTION_ERROR', outcome.body), durationMs);
      case 'timeout':
        return fail(timedOut(requestId, timeoutSeconds), durationMs);
      case 'ended':
        return fail(exited('EXITED', requestId, outcome.end), durationMs);
      case 'gone':
        return fail(exited('EXITED', requestId, { exitCode: 0, signal: null }), durationMs);
    }
  };

  return {
    async invoke(event) {
      const body = serializeEvent(event);
      const result = last.then(() => run(body));
      last = result.catch(() => undefined);
      return result;
    },
    close() {
      closing ??= (async () => {
        await environment?.close();
        // An invocation that was under way has now ended, and those that waited are refused.
        await last;
        await environment?.close();
      })();
      return closing;
    },
  };
}

function serializeEvent(event: unknown): string {
  let body: string | undefined;
  try {
    body = JSON.stringify(event);
  } catch (cause) {
    throw new InvalidLambdaEventError(`the event has no JSON: ${String(cause)}`);
  }
  if (body === undefined) throw new InvalidLambdaEventError(`the event is ${typeof event}, which JSON lacks: give null or an object`);
  const bytes = Buffer.byteLength(body);
  if (bytes > MAX_PAYLOAD_BYTES) throw new InvalidLambdaEventError(`the event has ${bytes} bytes: give at most ${MAX_PAYLOAD_BYTES}`);
  return body;
}

/** An X-Ray trace header that samples nothing. */
function newTraceId(): string {
  const time = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${time}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}
