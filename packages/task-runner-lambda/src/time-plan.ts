/**
 * Longest time CloudFormation waits for an answer, in seconds, which is also what it waits by default.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html (`ServiceTimeout`)
 */
const LONGEST_SERVICE_SECONDS = 3600;

/** Kept for the answer at the end of what CloudFormation waits, in milliseconds. */
const SERVICE_MARGIN_MS = 20_000;

/** Kept at the end of an invocation for the last call and the answer, in milliseconds. */
const ANSWER_MS = 30_000;

/** Kept at the end of an invocation that is followed by another, in milliseconds. */
const HAND_OVER_MS = 60_000;

/** Tasks that are stopped get this long: the longest stop time-out and some, in milliseconds. */
const CLEAR_MS = 150_000;

/** What a request that comes too late gets all the same, to stop what runs and to answer, in milliseconds. */
const LATE_MS = 60_000;

/** What is known about time when an invocation begins; milliseconds since 1970 if not said otherwise. */
export interface TimeFacts {
  readonly now: number;
  /** When the request was issued, as far as known. */
  readonly issuedAt: number | undefined;
  /** Until Lambda ends the invocation, in milliseconds. */
  readonly remainingMs: number;
  /** The request's own `ServiceTimeout`, in seconds; undefined if it has none. */
  readonly serviceSeconds: number | undefined;
  /** Time from the request until its task is stopped, in seconds. */
  readonly timeoutSeconds: number;
  /** Whether another invocation can go on. */
  readonly mayHandOver: boolean;
}

/** The moments of one invocation, as milliseconds since 1970. */
export interface TimePlan {
  readonly startAt: number;
  readonly stopAt: number;
  readonly endAt: number;
  readonly clearUntil: number;
  readonly handOverAt: number | undefined;
  /** When the last try to answer must have ended. */
  readonly deliveryEnd: number;
}

/**
 * Shares time out.
 *
 * Everything counts from the moment the request was issued, not from the beginning of the invocation: a request that is delivered again
 * has no more time than the first time.
 */
export function planTime(facts: TimeFacts): TimePlan {
  const { now, remainingMs } = facts;
  const startAt = Math.min(facts.issuedAt ?? now, now);
  const serviceMs = Math.min(LONGEST_SERVICE_SECONDS, facts.serviceSeconds ?? LONGEST_SERVICE_SECONDS) * 1000;
  const serviceEnd = startAt + serviceMs - Math.min(SERVICE_MARGIN_MS, serviceMs / 4);
  const invocationEnd = now + remainingMs;
  const lastMoment = invocationEnd - Math.min(ANSWER_MS, remainingMs / 4);
  const handsOver = facts.mayHandOver && serviceEnd > lastMoment;
  const end = handsOver ? serviceEnd : Math.min(serviceEnd, lastMoment);
  const endAt = Math.max(end, Math.min(now + LATE_MS, lastMoment));
  return {
    startAt,
    stopAt: startAt + facts.timeoutSeconds * 1000,
    endAt,
    clearUntil: Math.min(endAt, now + CLEAR_MS),
    handOverAt: handsOver ? invocationEnd - Math.min(HAND_OVER_MS, remainingMs / 3) : undefined,
    deliveryEnd: invocationEnd - Math.min(500, remainingMs / 10),
  };
}
