import { createHash } from 'node:crypto';

/** Name of the environment variable that tells a container, and whoever describes its task, which attempt it runs for. */
export const ATTEMPT_VARIABLE = 'PLIMSOLL_ATTEMPT_ID';

/** One attempt at a request: the same however often Lambda delivers it, another when the stack operation is retried. */
export interface Attempt {
  /** When CloudFormation signed the request, in milliseconds since 1970; undefined if its address does not tell. */
  readonly issuedAt: number | undefined;
  /** Tells attempts apart: 64 hexadecimal digits. */
  readonly seed: string;
  /** Value of {@link ATTEMPT_VARIABLE}: the second of issue, which orders attempts, and a hash, which tells them apart. */
  readonly tag: string;
  /** `startedBy` of every task of the resource. */
  readonly startedBy: string;
}

/** What identifies an attempt. */
export interface AttemptParts {
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly RequestId: string;
  /** The signed address; absent where a sender keeps it back. */
  readonly responseUrl?: string | undefined;
}

/** Makes out one attempt of its request. The address goes in through a hash and cannot be had back. */
export function attemptOf(parts: AttemptParts): Attempt {
  const { StackId, LogicalResourceId, RequestId, responseUrl } = parts;
  const seed = sha256([StackId, LogicalResourceId, RequestId, responseUrl ?? '']);
  const issuedAt = responseUrl === undefined ? undefined : signedAt(responseUrl);
  const second = String(Math.floor((issuedAt ?? 0) / 1000)).padStart(10, '0');
  return { issuedAt, seed, tag: `${second}-${seed.slice(0, 24)}`, startedBy: startedByOf(parts) };
}

/**
 * `startedBy` of the tasks of one resource: 41 characters of `[a-z0-9-]`.
 *
 * An ARN cannot stand there, for its colons.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html up to 128 letters, digits, hyphens, slashes, underscores
 */
export function startedByOf({ StackId, LogicalResourceId }: Pick<AttemptParts, 'StackId' | 'LogicalResourceId'>): string {
  return `plimsoll-${sha256([StackId, LogicalResourceId]).slice(0, 32)}`;
}

/** Which placement a client token is for. */
export interface Placement {
  /** Number of the window of the clock, from 1970. */
  readonly window: number;
  /** How many tokens of the window are known to be used up, from 0. */
  readonly contest: number;
}

/**
 * RunTask's `clientToken` for a placement: the same for every attempt of a resource, so that of two calls ECS places a task for one alone.
 *
 * What is asked for differs between attempts, by the tag, so that the other one gets a ConflictException.
 *
 * @returns 64 hexadecimal digits, the longest ECS takes
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html
 */
export function clientToken({ startedBy }: Pick<Attempt, 'startedBy'>, { window, contest }: Placement): string {
  return sha256([startedBy, String(window), String(contest)]);
}

/** Id of the resource, from what never changes in its life, so that no Update looks like a replacement. */
export function physicalResourceIdOf(parts: Pick<AttemptParts, 'StackId' | 'LogicalResourceId'>): string {
  return `task-run-${sha256([parts.StackId, parts.LogicalResourceId]).slice(0, 32)}`;
}

/** How the attempt of a task stands to one: the same, issued before, issued after, or not told yet. */
export type AttemptOrder = 'own' | 'older' | 'newer' | 'unknown';

/**
 * Orders the attempt of a task by its tag.
 *
 * Without a tag, or issued in the same second, it counts as older: whoever is asked now is the one that CloudFormation waits for.
 */
export function orderOf(tag: string | undefined, own: Pick<Attempt, 'tag'>): AttemptOrder {
  if (tag === own.tag) return 'own';
  const [second, ownSecond] = [tag, own.tag].map((text) => /^(\d{10})-/.exec(text ?? '')?.[1]);
  return second !== undefined && ownSecond !== undefined && second > ownSecond ? 'newer' : 'older';
}

/** When an address was signed by Signature Version 4, in milliseconds since 1970. */
function signedAt(url: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /[?&]X-Amz-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/i.exec(url) ?? [];
  if (year === undefined) return undefined;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

function sha256(parts: readonly string[]): string {
  // JSON keeps the parts apart: plain concatenation would let ["a", "bc"] and ["ab", "c"] collide.
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
