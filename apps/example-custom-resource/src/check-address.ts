import { setTimeout as pause } from 'node:timers/promises';
import type { PropertyValues } from '@plimsoll/cfn-response';
import type { REQUEST_SHAPE } from './request-shape.js';

/** What is wanted of the address. */
export type Wanted = PropertyValues<typeof REQUEST_SHAPE>;

/** What the check uses of the world. */
export interface CheckEffects {
  readonly fetch: (url: string, init: { readonly signal: AbortSignal; readonly redirect: 'manual' }) => Promise<Answer>;
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
  /** Milliseconds until CloudFormation must be answered. */
  readonly remainingMs: () => number;
  /** Aborted when that time is over. */
  readonly signal: AbortSignal;
}

/** What is read of an HTTP answer. */
export interface Answer {
  readonly status: number;
  text(): Promise<string>;
}

/** How the check ended. */
export type CheckOutcome =
  | { readonly ok: true; readonly attempts: number; readonly body: string }
  | { readonly ok: false; readonly reason: string };

/** Longest that one try may take, in milliseconds. */
const TRY_MS = 5000;
/** Kept for the answer to CloudFormation after the last try, in milliseconds. */
const RESERVE_MS = 1000;
/** Most of the body that becomes an attribute, in characters: an answer to CloudFormation holds 4,096 bytes. */
const BODY_CHARACTERS = 200;

/** Asks the address until it answers as wanted, or time is over; says then what the last try met. */
export async function checkAddress(wanted: Wanted, effects: CheckEffects): Promise<CheckOutcome> {
  const { now, remainingMs, signal } = effects;
  const end = now() + Math.min(wanted.TimeoutSeconds * 1000, remainingMs() - RESERVE_MS);
  for (let attempts = 1; ; attempts++) {
    const met = await tryOnce(wanted, effects);
    if (met.ok) return { ok: true, attempts, body: met.body };
    if (now() + wanted.IntervalMs >= end) {
      return { ok: false, reason: `${wanted.Url} ${met.reason}, at try ${attempts}: ${describeWish(wanted)} was wanted` };
    }
    await pause(wanted.IntervalMs, undefined, { signal });
  }
}

type Try = { readonly ok: true; readonly body: string } | { readonly ok: false; readonly reason: string };

async function tryOnce({ Url, ExpectedStatus, ExpectedText }: Wanted, { fetch, signal }: CheckEffects): Promise<Try> {
  try {
    const answer = await fetch(Url, { signal: AbortSignal.any([signal, AbortSignal.timeout(TRY_MS)]), redirect: 'manual' });
    const body = await answer.text();
    if (answer.status !== ExpectedStatus) return { ok: false, reason: `answered ${answer.status}` };
    if (ExpectedText !== undefined && !body.includes(ExpectedText)) return { ok: false, reason: 'answered another text' };
    return { ok: true, body: body.slice(0, BODY_CHARACTERS) };
  } catch (error) {
    const { cause, name } = error as { readonly cause?: { readonly code?: string }; readonly name?: string };
    return { ok: false, reason: `did not answer (${cause?.code ?? name})` };
  }
}

function describeWish({ ExpectedStatus, ExpectedText }: Wanted): string {
  return ExpectedText === undefined ? `status ${ExpectedStatus}` : `status ${ExpectedStatus} with the text ${JSON.stringify(ExpectedText)}`;
}
