import type { Put } from '@plimsoll/cfn-response';
import type { TaskRunnerConfiguration } from '../../src/configuration.js';
import { createHandler } from '../../src/create-handler.js';
import type { CloudFormationPort, EcsPort, LambdaPort, LogsPort } from '../../src/ports.js';
import { FakeEcs, type FakeEcsOptions } from './fake-ecs.js';
import { RecordingLogger } from './recording-logger.js';
import type { VirtualClock } from './virtual-clock.js';

/** What happens at one call of AWS, told from its number over the whole life of a world. */
export type CallFault =
  /** The process ends before the call is made, or after it had its effect. */
  | 'crash before'
  | 'crash after'
  /** The call has its effect, but its answer is lost. */
  | 'lost'
  /** The call never gets an answer, and has no effect. */
  | 'hangs'
  | Error;

/** An answer that reached the response bucket. */
export interface StoredAnswer {
  readonly at: number;
  readonly url: string;
  readonly body: {
    readonly Status: string;
    readonly Reason?: string;
    readonly PhysicalResourceId: string;
    readonly RequestId: string;
    readonly Data?: Readonly<Record<string, string>>;
  };
}

/** What a world is made of. */
export interface WorldOptions {
  readonly ecs?: FakeEcsOptions;
  readonly mode?: 'direct' | 'long';
  /** Time-out of the function, in milliseconds. */
  readonly functionMs?: number;
  /** Status of the stack at a moment; an exception if it is not told. */
  readonly stackStatus?: (now: number) => string | Error;
  /** Lines of every task's log; an exception if it cannot be read. */
  readonly log?: (now: number) => readonly string[] | Error;
  /** Pages without an event between the end of the log and its last line. @default 0 */
  readonly emptyLogPages?: number;
  /** What goes wrong at the nth call of anything, from 0. */
  readonly fault?: (nth: number, call: string, invocation: number) => CallFault | undefined;
  readonly random?: () => number;
  /** What each call of anything takes before it has its effect, in milliseconds. */
  readonly latencyMs?: number;
}

/**
 * AWS Lambda around the real handler, in memory and virtual time.
 *
 * Contract: an event is tried up to three times, 1 and 2 minutes apart; an attempt that outlives its time-out, crashes or rejects has
 * failed; after the last failure the record goes to the same function, as an on-failure destination. A crashed process does nothing more.
 */
export class LambdaWorld {
  public readonly ecs: FakeEcs;
  public readonly answers: StoredAnswer[] = [];
  public readonly logger = new RecordingLogger();
  public invocations = 0;
  readonly #clock: VirtualClock;
  readonly #options: WorldOptions;
  readonly #pending: Promise<void>[] = [];
  #calls = 0;

  public constructor(clock: VirtualClock, options: WorldOptions = {}) {
    this.#clock = clock;
    this.#options = options;
    this.ecs = new FakeEcs(clock, options.ecs);
  }

  /** Queues an event; resolves when its last attempt, or that of its failure record, has ended, and so has all that it has handed over to. */
  public async deliver(event: unknown, isRecord = false): Promise<void> {
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const error = await this.#invoke(event);
      if (error === undefined) return this.#drain();
      if (attempt < 3) await this.#clock.sleep(attempt * 60_000);
      else if (!isRecord) await this.deliver(recordOf(event, error), true);
    }
    await this.#drain();
  }

  async #drain(): Promise<void> {
    while (this.#pending.length > 0) await this.#pending.shift();
  }

  /** One attempt: what it failed with, if it did. */
  #invoke(event: unknown): Promise<string | undefined> {
    this.invocations += 1;
    const { functionMs = 900_000, mode = 'direct', random = () => 0.5 } = this.#options;
    const clock = this.#clock;
    const end = clock.now() + functionMs;
    let alive = true;
    return new Promise((resolve) => {
      const die = (error: string): void => {
        alive = false;
        cancel();
        resolve(error);
      };
      const cancel = clock.after(functionMs, () => die('Task timed out'));
      const guarded = <T>(call: string, make: () => Promise<T>): Promise<T> => this.#guard(call, make, () => alive, die);
      const handler = createHandler({
        ecs: guardAll(this.ecs, guarded),
        logs: guardAll(this.#logs(), guarded),
        cloudFormation: guardAll(this.#cloudFormation(), guarded),
        lambda: guardAll(this.#lambda(), guarded),
        put: (request) => guarded('put', () => this.#put(request)),
        clock: { now: () => clock.now(), after: (ms, callback) => clock.after(ms, () => (alive ? callback() : undefined)) },
        random,
        logger: this.logger,
        configuration: configurationFor(mode),
      });
      handler(structuredClone(event), { getRemainingTimeInMillis: () => end - clock.now() }).then(
        () => {
          cancel();
          resolve(undefined);
        },
        (error: unknown) => (alive ? die(String(error)) : undefined),
      );
    });
  }

  /** Makes a call with what goes wrong at it. */
  async #guard<T>(call: string, make: () => Promise<T>, isAlive: () => boolean, die: (error: string) => void): Promise<T> {
    const never = new Promise<T>(() => undefined);
    if (!isAlive()) return never;
    const fault = this.#options.fault?.(this.#calls++, call, this.invocations);
    await this.#clock.sleep(this.#options.latencyMs ?? 20);
    if (fault === 'hangs') return never;
    if (fault === 'crash before') die('crashed');
    if (fault === 'crash before') return never;
    if (fault instanceof Error) throw fault;
    const result = make();
    if (fault === 'crash after' || fault === 'lost') await result.catch(() => undefined);
    if (fault === 'crash after') die('crashed');
    if (fault === 'crash after') return never;
    if (fault === 'lost') throw new TypeError('socket hang up');
    const value = await result;
    return isAlive() ? value : never;
  }

  #cloudFormation(): CloudFormationPort {
    return {
      describeStacks: async () => {
        const status = this.#options.stackStatus?.(this.#clock.now()) ?? 'CREATE_IN_PROGRESS';
        if (status instanceof Error) throw status;
        return { Stacks: [{ StackStatus: status }] };
      },
    };
  }

  #logs(): LogsPort {
    return {
      getLogEvents: async ({ limit, nextToken }) => {
        const page = Number(nextToken ?? 0);
        if (page < (this.#options.emptyLogPages ?? 0)) return { events: [], nextBackwardToken: String(page + 1) };
        const lines = this.#options.log?.(this.#clock.now()) ?? [];
        if (lines instanceof Error) throw lines;
        return { events: lines.slice(-limit).map((message) => ({ message })), nextBackwardToken: nextToken };
      },
    };
  }

  #lambda(): LambdaPort {
    return {
      invokeAsync: async ({ payload }) => {
        this.#pending.push(this.deliver(JSON.parse(payload)));
      },
    };
  }

  async #put({ url, body }: Parameters<Put>[0]): ReturnType<Put> {
    const text = new TextDecoder().decode(body);
    this.answers.push({ at: this.#clock.now(), url: url.reveal(), body: JSON.parse(text) });
    return { kind: 'answered', status: body.byteLength > 4096 ? 400 : 200 };
  }
}

function configurationFor(mode: 'direct' | 'long'): TaskRunnerConfiguration {
  return { mode, functionName: 'task-runner', region: 'eu-west-1' };
}

function recordOf(requestPayload: unknown, errorMessage: string): unknown {
  return {
    version: '1.0',
    requestContext: { requestId: 'lambda-request', condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload,
    responsePayload: { errorType: 'Error', errorMessage },
  };
}

/** The port with every method guarded. */
function guardAll<P extends EcsPort | LogsPort | CloudFormationPort | LambdaPort>(
  port: P,
  guarded: <T>(call: string, make: () => Promise<T>) => Promise<T>,
): P {
  return new Proxy(port, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (input: unknown) => Promise<unknown>;
      return (input: unknown) => guarded(String(name), () => method.call(target, input));
    },
  });
}
