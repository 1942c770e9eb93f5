import { classifyFault, describeFault } from './classify-fault.js';
import { type Clock, sleep } from './clock.js';
import type { TaskRunnerConfiguration } from './configuration.js';
import { HandOverError } from './fault.js';
import type { TaskRunnerLogger } from './logger.js';
import { backoffMs } from './polling.js';
import type { LambdaPort } from './ports.js';
import { continuationEvent } from './read-event.js';

/** Least time another try is worth beginning with, in milliseconds. */
const LEAST_MS = 2_000;

/** What is handed over, and by when. */
export interface HandOver {
  readonly lambda: LambdaPort;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: TaskRunnerLogger;
  readonly configuration: TaskRunnerConfiguration;
  /** CloudFormation's request as it came, signed address included. */
  readonly request: unknown;
  /** Invocations before the next one. */
  readonly hop: number;
  /** When the request was issued, as milliseconds since 1970. */
  readonly startedAt: number;
  /** When the invocation ends, as milliseconds since 1970. */
  readonly until: number;
}

/**
 * Has the function invoked once more.
 *
 * @throws HandOverError when Lambda did not take the event in time; delivered again, the present event is gone on with
 */
export async function handOver({ lambda, clock, random, logger, configuration, request, hop, startedAt, until }: HandOver): Promise<void> {
  const payload = continuationEvent(request, hop, startedAt);
  for (let tries = 1; ; tries += 1) {
    try {
      await lambda.invokeAsync({ functionName: configuration.functionName, payload });
      logger.info('handed over', { hop, tries });
      return;
    } catch (thrown) {
      const fault = classifyFault(thrown);
      const waitMs = backoffMs(tries, random());
      logger.warn('not handed over yet', { hop, tries, reason: describeFault(fault) });
      const isFinal = fault.kind === 'denied' || fault.kind === 'refused' || clock.now() + waitMs + LEAST_MS > until;
      if (isFinal) throw new HandOverError(`the function could not be invoked once more, after ${tries} tries: ${describeFault(fault)}`);
      await sleep(clock, waitMs);
    }
  }
}
