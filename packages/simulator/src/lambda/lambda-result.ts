import type { ProcessEnd } from './function-process.js';

/** Why an invocation failed. */
export interface LambdaFailure {
  /**
   * `FUNCTION_ERROR`: the function threw, or its answer cannot be sent. `TIMED_OUT`: it took too long and was killed.
   * `EXITED`: its process ended. `INIT_FAILED`: its code could not be loaded.
   */
  readonly code: 'FUNCTION_ERROR' | 'TIMED_OUT' | 'EXITED' | 'INIT_FAILED';
  readonly message: string;
  /** Name of the error as Lambda reports it, such as `TypeError` or `Sandbox.Timedout`. */
  readonly errorType?: string;
  /** Lines of the stack, if the function threw an error. */
  readonly trace?: readonly string[];
}

/** What became of an invocation. */
export type LambdaResult =
  | {
      readonly ok: true;
      /** What the function returned, by way of JSON; `null` if it returned nothing. */
      readonly payload: unknown;
      /** Time from the event's delivery to the answer, in milliseconds. */
      readonly durationMs: number;
      /** Time from the start of the process until it was ready, in milliseconds, if it was started for this invocation. */
      readonly initDurationMs?: number;
      /** Lines logged since the previous result. */
      readonly logs: readonly string[];
    }
  | {
      readonly ok: false;
      readonly error: LambdaFailure;
      /** Lines logged since the previous result. */
      readonly logs: readonly string[];
      /** Time the invocation took, in milliseconds; of the loading if that failed. */
      readonly durationMs: number;
    };

/** The failure in an error the runtime posted (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-invokeerror). */
export function failureOf(code: LambdaFailure['code'], body: string): LambdaFailure {
  const { errorType, errorMessage, trace } = JSON.parse(body) as {
    readonly errorType?: string;
    readonly errorMessage?: string;
    readonly trace?: readonly string[];
  };
  return {
    code,
    message: errorMessage ?? '',
    ...(errorType === undefined ? {} : { errorType }),
    ...(trace === undefined ? {} : { trace }),
  };
}

/** The failure of an invocation that took too long, in Lambda's words. */
export function timedOut(requestId: string, timeoutSeconds: number): LambdaFailure {
  return {
    code: 'TIMED_OUT',
    errorType: 'Sandbox.Timedout',
    message: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  };
}

/** The failure of a load that took too long. */
export function initTimedOut(requestId: string, timeoutSeconds: number): LambdaFailure {
  return {
    code: 'INIT_FAILED',
    errorType: 'Sandbox.Timedout',
    message: `RequestId: ${requestId} Error: Init timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  };
}

/** The failure of a process that ended, in Lambda's words. */
export function exited(code: 'EXITED' | 'INIT_FAILED', requestId: string, end: ProcessEnd): LambdaFailure {
  return { code, errorType: 'Runtime.ExitError', message: `RequestId: ${requestId} Error: Runtime exited ${reason(end)}` };
}

/** Signals as Lambda, which is written in Go, names them. */
const SIGNAL_NAMES: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGABRT: 'aborted',
  SIGILL: 'illegal instruction',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
};

function reason({ exitCode, signal }: ProcessEnd): string {
  if (signal !== null) return `with error: signal: ${SIGNAL_NAMES[signal] ?? signal}`;
  return exitCode === 0 ? 'without providing a reason' : `with error: exit status ${exitCode}`;
}
