import type { FailureRecord, TaskRecord } from './ports.js';

/**
 * Reasons in `failures` that say: not now.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html `RESOURCE:*`, `AGENT`
 * @see https://repost.aws/knowledge-center/ecs-fargate-runtask-capacity "Capacity is unavailable at this time"
 */
const WANT = /^RESOURCE(?::|$)|^AGENT$|capacity is unavailable/i;

/**
 * What RunTask throws while a cluster or a capacity provider has no host yet, as InvalidParameterException, and Fargate's own words.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
 */
const WANT_THROWN = /no container instances were found|capacity is unavailable/i;

/** Whether a list of failures says that room is missing, rather than that the request is wrong: one host that only lacks room is enough. */
export function isWantOfCapacity(failures: readonly FailureRecord[]): boolean {
  return failures.some(({ reason }) => WANT.test(reason ?? ''));
}

/** Whether an exception of RunTask says so. */
export function isThrownWantOfCapacity(message: string): boolean {
  return WANT_THROWN.test(message);
}

/** Whether a task stopped before any of its code ran, for want of room: it may be tried again. */
export function failedToStartForWantOfCapacity(task: TaskRecord): boolean {
  const ran = task.startedAt !== undefined || (task.containers ?? []).some(({ exitCode }) => exitCode !== undefined);
  const reason = task.stoppedReason ?? '';
  return !ran && task.stopCode === 'TaskFailedToStart' && (/RESOURCE:|^AGENT\b/.test(reason) || WANT_THROWN.test(reason));
}

/** The failures in one line, each reason once, with the number of hosts it was given for. */
export function describeFailures(failures: readonly FailureRecord[]): string {
  const texts = failures.map(({ reason, detail }) => `${reason ?? 'no reason'}${detail ? ` (${detail})` : ''}`);
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => (count === 1 ? text : `${text} on ${count} hosts`)).join(', ');
}
