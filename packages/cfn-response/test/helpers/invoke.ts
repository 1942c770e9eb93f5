import {
  type CustomResourceHandlers,
  type CustomResourceOptions,
  customResource,
  type LogEntry,
  type PutOutcome,
  type PutRequest,
} from '../../src';
import { FakeClock } from './fake-clock';
import { event } from './requests';

/** What an invocation did, seen from outside. */
export interface Invoked {
  /** Bodies of all PUTs, parsed. */
  readonly bodies: readonly Record<string, unknown>[];
  readonly puts: readonly PutRequest[];
  readonly log: readonly LogEntry[];
  /** What the function's promise was rejected with. */
  readonly rejection: unknown;
  /** Milliseconds from the start until the function returned. */
  readonly elapsedMs: number;
  readonly clock: FakeClock;
}

/** How a test invokes. */
export interface InvokeOptions {
  readonly handlers?: Partial<CustomResourceHandlers>;
  readonly event?: unknown;
  /** @default 60000 */
  readonly remainingMs?: number;
  readonly options?: CustomResourceOptions;
  /** Outcomes of the PUTs in order; the last one repeats. @default 200 */
  readonly outcomes?: readonly PutOutcome[];
  readonly clock?: FakeClock;
}

/** Status 200, or another, as a put reports it. */
export const answered = (status: number): PutOutcome => ({ kind: 'answered', status });

/** Handlers that must not run. */
export const unexpected: CustomResourceHandlers = {
  create: () => {
    throw new TypeError('create was called');
  },
  update: () => {
    throw new TypeError('update was called');
  },
  delete: () => {
    throw new TypeError('delete was called');
  },
};

/** Invokes a custom resource on a clock that costs no time, with a put that keeps what it gets. */
export async function invoke(given: InvokeOptions): Promise<Invoked> {
  const clock = given.clock ?? new FakeClock();
  const puts: PutRequest[] = [];
  const log: LogEntry[] = [];
  const outcomes = given.outcomes ?? [answered(200)];
  const put = async (request: PutRequest): Promise<PutOutcome> => {
    puts.push(request);
    return outcomes[Math.min(puts.length, outcomes.length) - 1] ?? answered(200);
  };
  const options = { put, clock, random: () => 0.5, log: (entry: LogEntry) => log.push(entry), ...given.options };
  const handler = customResource({ ...unexpected, ...given.handlers }, options);
  const start = clock.now();
  const remainingMs = given.remainingMs ?? 60_000;
  const context = { getRemainingTimeInMillis: () => remainingMs - (clock.now() - start), logStreamName: '2030/01/01/[$LATEST]0123' };
  const running = handler('event' in given ? given.event : event('Create'), context);
  const rejection = await clock.run(
    running.then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
  const bodies = puts.map((request) => JSON.parse(new TextDecoder().decode(request.body)) as Record<string, unknown>);
  return { bodies, puts, log, rejection, elapsedMs: clock.now() - start, clock };
}

/** Handlers that all do the same. */
export const all = (run: () => unknown): CustomResourceHandlers =>
  ({ create: run, update: run, delete: run }) as unknown as CustomResourceHandlers;
