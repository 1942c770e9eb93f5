import type { Clock } from './clock.js';
import { isFinalFailure, isPutPhase, readOutcome } from './private/put-failure.js';
import { type Put, type PutOutcome, type PutPhase, putHeaders } from './put.js';
import { retryDelayMs } from './retry-delay.js';
import type { SignedUrl } from './signed-url.js';

/** Least time a try is worth beginning with, in milliseconds. */
const MIN_TRY_MS = 100;

/** Statuses worth another try beside 5xx: Request Timeout, Too Early, Too Many Requests. */
const PASSING_STATUSES: readonly number[] = [408, 425, 429];

/** What is delivered, where, and how long it may take. */
export interface Delivery {
  readonly url: SignedUrl;
  /** The response; every try sends the same bytes. */
  readonly body: string;
  readonly put: Put;
  readonly clock: Clock;
  /** A number of at least 0 and below 1, for the pauses. */
  readonly random: () => number;
  /** Longest time of one try, from connecting to the status, in milliseconds. */
  readonly tryTimeoutMs: number;
  /** Moment of `clock` after which nothing is tried. */
  readonly deadline: number;
  /** Told of every try that failed. */
  readonly onFailedTry?: (outcome: PutOutcome, tryNumber: number) => void;
}

/** How a delivery ended. */
export type DeliveryOutcome =
  | { readonly delivered: true; readonly status: number; readonly tries: number }
  | {
      readonly delivered: false;
      /** `REFUSED`: a redirect, or a failure that another try cannot change. `OUT_OF_TIME`: everything tried until the deadline failed. */
      readonly code: 'REFUSED' | 'OUT_OF_TIME';
      readonly tries: number;
      /** How the last try failed; the one before it where the deadline cut the last one short. */
      readonly last: PutOutcome;
    };

/**
 * PUTs a response until a 2xx status says that it is stored.
 *
 * Retries failures of the network, time-outs, 5xx, 408, 425 and 429 until the
 * deadline, with jittered pauses. Not retried is what the next try would meet
 * again: other 4xx, a certificate that is refused, an address that cannot be
 * sent, and a redirect, which breaks the signature if followed. Each try ends
 * in time, even if `put` never settles.
 */
export async function deliver(delivery: Delivery): Promise<DeliveryOutcome> {
  const { clock, deadline } = delivery;
  let last: PutOutcome | undefined;
  for (let tries = 1; ; tries += 1) {
    const timeoutMs = Math.min(delivery.tryTimeoutMs, Math.max(MIN_TRY_MS, deadline - clock.now()));
    const outcome = await tryOnce(delivery, timeoutMs);
    if (isDelivered(outcome)) return { delivered: true, status: outcome.status, tries };
    report(delivery, outcome, tries);
    // A try that the deadline cut short says less than the one before it.
    const cutShort = timeoutMs < delivery.tryTimeoutMs && outcome.kind === 'failed' && outcome.code === 'TIMEOUT';
    last = cutShort ? (last ?? outcome) : outcome;
    if (isFinal(last)) return { delivered: false, code: 'REFUSED', tries, last };
    // The last pause is cut short rather than the last try.
    const left = deadline - clock.now() - MIN_TRY_MS;
    if (left <= 0) return { delivered: false, code: 'OUT_OF_TIME', tries, last };
    const pauseMs = Math.min(retryDelayMs(tries, fraction(delivery.random)), left);
    await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
  }
}

/** Tells of a failed try; what the listener throws must not end the delivery. */
function report(delivery: Delivery, outcome: PutOutcome, tryNumber: number): void {
  try {
    delivery.onFailedTry?.(outcome, tryNumber);
  } catch {
    // The next try matters more.
  }
}

/** The injected number, or the middle where it cannot be had. */
function fraction(random: () => number): number {
  try {
    return random();
  } catch {
    return 0.5;
  }
}

function isDelivered(outcome: PutOutcome): outcome is Extract<PutOutcome, { kind: 'answered' }> {
  return outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300;
}

function isFinal(outcome: PutOutcome): boolean {
  if (outcome.kind === 'failed') return isFinalFailure(outcome.code);
  return outcome.status >= 300 && outcome.status < 500 && !PASSING_STATUSES.includes(outcome.status);
}

/** One PUT; settles after `timeoutMs` at the latest, whatever `put` does. */
function tryOnce(delivery: Delivery, timeoutMs: number): Promise<PutOutcome> {
  const body = new TextEncoder().encode(delivery.body);
  const abort = new AbortController();
  let phase: PutPhase = 'resolve';
  return new Promise<PutOutcome>((resolve) => {
    const cancel = delivery.clock.after(timeoutMs, () => {
      resolve({ kind: 'failed', phase, code: 'TIMEOUT' });
      abort.abort();
    });
    const settle = (outcome: PutOutcome): void => {
      cancel();
      resolve(readOutcome(outcome, phase, delivery.url));
    };
    const onPhase = (next: PutPhase): void => {
      if (isPutPhase(next)) phase = next;
    };
    const request = { url: delivery.url, body, headers: putHeaders(body), signal: abort.signal, onPhase };
    // What an injected put throws is not looked at: it may hold the address.
    const threw = (): void => settle({ kind: 'failed', phase, code: 'PUT_THREW' });
    new Promise<PutOutcome>((begin) => begin(delivery.put(request))).then(settle, threw);
  });
}
