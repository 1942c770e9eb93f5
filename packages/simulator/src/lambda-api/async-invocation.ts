import type { Scheduler } from '../virtual-time/scheduler.js';

/**
 * Waits before the second and the third attempt of an asynchronous invocation that failed, in milliseconds
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
 */
export const RETRY_WAITS_MS: readonly number[] = [60_000, 120_000];

/** One run of a function for an event. */
export interface Delivery {
  /** Which attempt it is, from 1; a duplicate has the number of the attempt it doubles. */
  readonly attempt: number;
  /** Whether Lambda delivered the event once more than it had to. */
  readonly duplicate: boolean;
}

/** What an event is handed to; a rejection is an error of the function, a time-out or the end of its process. */
export type AsyncTarget = (event: unknown, delivery: Delivery) => Promise<unknown>;

/** How a run ended. */
export interface DeliveryRecord extends Delivery {
  /** When it began. */
  readonly startedAt: Date;
  /** When it ended; undefined while it runs. */
  endedAt: Date | undefined;
  /** Its error; undefined if it has none. */
  error: unknown;
}

/** What an on-failure destination is given (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html). */
export interface FailureRecord {
  /** Version of the record. */
  readonly version: '1.0';
  /** When it was made, in ISO 8601. */
  readonly timestamp: string;
  /** About the request. */
  readonly requestContext: {
    /** Id of the request. */
    readonly requestId: string;
    /** The function. */
    readonly functionArn: string;
    /** Why it was given up. */
    readonly condition: 'RetriesExhausted';
    /** Attempts made. */
    readonly approximateInvokeCount: number;
  };
  /** The event. */
  readonly requestPayload: unknown;
  /** About the answer. */
  readonly responseContext: { readonly statusCode: 200; readonly executedVersion: '$LATEST'; readonly functionError: 'Unhandled' };
  /** The error of the last attempt. */
  readonly responsePayload: { readonly errorType: string; readonly errorMessage: string };
}

/** How events are delivered. */
export interface AsyncInvocationOptions {
  /** Clock and timers. */
  readonly scheduler: Scheduler;
  /** The function. */
  readonly target: AsyncTarget;
  /** Waits before each further attempt, in milliseconds; their number is that of the retries. @default 60000 and 120000 */
  readonly retryWaitsMs?: readonly number[];
  /** Moments at which the event is delivered once more, in milliseconds after the first delivery. @default none */
  readonly duplicatesAfterMs?: readonly number[];
  /** Is given the event once the last attempt has failed. @default nobody is */
  readonly onFailure?: (record: FailureRecord) => Promise<unknown>;
  /** The function, as the failure record names it. @default an ARN of the example account */
  readonly functionArn?: string;
  /** Id of the request in the failure record. @default 'local' */
  readonly requestId?: string;
}

/** An event under way. */
export interface AsyncInvocation {
  /** Runs so far, oldest first. */
  readonly deliveries: readonly DeliveryRecord[];
  /** Settles when no run is under way or to come, the destination's among them; never rejects. */
  readonly done: Promise<void>;
}

/**
 * Hands an event to a function as Lambda does for an asynchronous invocation:
 * again after an error, and doubled where told so. A duplicate is not retried.
 */
export function invokeAsync(event: unknown, options: AsyncInvocationOptions): AsyncInvocation {
  const { scheduler } = options;
  const deliveries: DeliveryRecord[] = [];
  const waits = options.retryWaitsMs ?? RETRY_WAITS_MS;

  const run = async (delivery: Delivery): Promise<DeliveryRecord> => {
    const record: DeliveryRecord = { ...delivery, startedAt: scheduler.now(), endedAt: undefined, error: undefined };
    deliveries.push(record);
    try {
      // The function does not begin within the call that hands the event over.
      await Promise.resolve();
      // Each run reads a copy of its own, as it would JSON.
      await options.target(structuredClone(event), delivery);
    } catch (error) {
      record.error = error ?? 'rejected without a reason';
    }
    record.endedAt = scheduler.now();
    return record;
  };
  const wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      scheduler.after(milliseconds, resolve);
    });
  const attempts = async (): Promise<void> => {
    let last = await run({ attempt: 1, duplicate: false });
    for (const [index, waitMs] of waits.entries()) {
      if (last.error === undefined) {
        return;
      }
      await wait(waitMs);
      last = await run({ attempt: index + 2, duplicate: false });
    }
    if (last.error !== undefined && options.onFailure !== undefined) {
      await options.onFailure(failureRecord(event, { options, last })).catch(() => undefined);
    }
  };
  const duplicate = async (milliseconds: number): Promise<void> => {
    await wait(milliseconds);
    await run({ attempt: deliveries.filter((earlier) => !earlier.duplicate).length, duplicate: true });
  };
  const done = Promise.all([attempts(), ...(options.duplicatesAfterMs ?? []).map(duplicate)]).then(() => undefined);
  return { deliveries, done };
}

function failureRecord(event: unknown, about: { options: AsyncInvocationOptions; last: DeliveryRecord }): FailureRecord {
  const { options, last } = about;
  const error = last.error instanceof Error ? last.error : undefined;
  return {
    version: '1.0',
    timestamp: options.scheduler.now().toISOString(),
    requestContext: {
      requestId: options.requestId ?? 'local',
      functionArn: options.functionArn ?? 'arn:aws:lambda:us-east-1:111122223333:function:local-function:$LATEST',
      condition: 'RetriesExhausted',
      approximateInvokeCount: last.attempt,
    },
    requestPayload: structuredClone(event),
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: error?.name ?? 'Error', errorMessage: error?.message ?? String(last.error) },
  };
}
