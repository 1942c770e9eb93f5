import { randomBytes } from 'node:crypto';
import { type FunctionProcess, type ProcessEnd, startFunctionProcess } from './function-process.js';
import type { LogLines } from './log-lines.js';
import type { FunctionConfiguration } from './options.js';
import { type Invocation, type RuntimeAnswer, type RuntimeApi, startRuntimeApi } from './runtime-api.js';

/** How the loading of the code went. */
export type InitOutcome =
  | { readonly kind: 'ready' }
  | { readonly kind: 'error'; readonly body: string }
  | { readonly kind: 'ended'; readonly end: ProcessEnd }
  | { readonly kind: 'timeout' };

/** How an invocation went; `gone` if the process ended before it took the event. */
export type InvokeOutcome =
  | RuntimeAnswer
  | { readonly kind: 'ended'; readonly end: ProcessEnd }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'gone' };

/** One process and its Runtime API: what Lambda calls an execution environment. */
export interface ExecutionEnvironment {
  /** Settles once the code is loaded, or cannot be. */
  readonly init: Promise<InitOutcome>;
  /**
   * Hands over an event once the process asks for one.
   *
   * @param makeInvocation - called with the deadline, Unix milliseconds, when the process takes the event
   */
  invoke(makeInvocation: (deadlineMs: number) => Invocation): Promise<InvokeOutcome>;
  /** Ends the process and settles when it has ended. */
  close(): Promise<void>;
}

/** A process that waits for events in a queue of one, since Lambda runs one invocation at a time. */
export async function startExecutionEnvironment(configuration: FunctionConfiguration, logs: LogLines): Promise<ExecutionEnvironment> {
  const poll = createSignal<{ readonly kind: 'ready' }>();
  const initError = createSignal<{ readonly kind: 'error'; readonly body: string }>();
  const answered = createSignal<RuntimeAnswer>();
  let current: string | undefined;
  const api = await startRuntimeApi({
    onPoll: () => poll.raise({ kind: 'ready' }),
    onAnswer: (answer) => {
      if (answer.requestId === current) answered.raise(answer);
    },
    onInitError: (body) => initError.raise({ kind: 'error', body }),
  });
  const logStreamName = `[$LATEST]${randomBytes(16).toString('hex')}`;
  const started = startFunctionProcess({ configuration, runtimeApi: api.address, logStreamName, logs });
  const ended = started.ended.then((end) => ({ kind: 'ended', end }) as const);
  const close = () => closeEnvironment(started, api);

  const init = within(configuration.initTimeoutSeconds, [poll.next(), initError.next(), ended]).then(async (outcome) => {
    // A runtime that reports that it cannot load the code exits by itself: let it log.
    if (outcome.kind === 'error') await within(1, [ended]);
    if (outcome.kind !== 'ready') await close();
    return outcome;
  });

  return {
    init,
    close,
    async invoke(makeInvocation) {
      const { timeoutSeconds } = configuration;
      const ready = await within(timeoutSeconds, [poll.next(), ended]);
      if (ready.kind !== 'ready') {
        await close();
        return ready.kind === 'ended' ? { kind: 'gone' } : ready;
      }
      const invocation = makeInvocation(Date.now() + timeoutSeconds * 1000);
      current = invocation.requestId;
      poll.lower();
      answered.lower();
      api.deliver(invocation);
      const outcome = await within(timeoutSeconds, [answered.next(), ended]);
      if (outcome.kind === 'ended' || outcome.kind === 'timeout') await close();
      else await Promise.race([logs.endOf(invocation.requestId), ended]);
      return outcome;
    },
  };
}

async function closeEnvironment(started: FunctionProcess, api: RuntimeApi): Promise<void> {
  started.kill();
  await started.ended;
  await api.close();
}

/** The first of the outcomes, or `timeout`. */
async function within<const Outcomes extends readonly Promise<unknown>[]>(
  seconds: number,
  outcomes: Outcomes,
): Promise<Awaited<Outcomes[number]> | { readonly kind: 'timeout' }> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<{ readonly kind: 'timeout' }>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'timeout' }), seconds * 1000);
  });
  try {
    return await (Promise.race([...outcomes, timeout]) as Promise<Awaited<Outcomes[number]>>);
  } finally {
    clearTimeout(timer);
  }
}

/** A flag with a value: raised until lowered. */
interface Signal<T> {
  raise(value: T): void;
  lower(): void;
  /** The value: at once if the flag is up, else when it is raised. */
  next(): Promise<T>;
}

function createSignal<T>(): Signal<T> {
  let raise: (value: T) => void;
  let next: Promise<T>;
  const lower = (): void => {
    next = new Promise((resolve) => {
      raise = resolve;
    });
  };
  lower();
  return { raise: (value) => raise(value), lower, next: () => next };
}
