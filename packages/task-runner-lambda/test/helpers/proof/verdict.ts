import type { DrivenRequest } from '@plimsoll/simulator';
import { ATTEMPT_VARIABLE, attemptOf } from '../../../src/attempt.js';
import type { SeenTask } from './cluster.js';
import type { PlayedProof } from './world.js';

/** What is wrong with a played schedule. */
export interface Fault {
  /**
   * - `hangs`: a request was not answered before its deadline.
   * - `doubles`: two tasks of an attempt ran, or two of the resource at once.
   * - `lies`: an answer says other than what the task did, or a Delete or a rollback failed.
   * - `outlives`: a task ran on after its request.
   * - `breaks`: an answer breaks CloudFormation's rules, or a secret is in the log.
   */
  readonly kind: 'hangs' | 'doubles' | 'lies' | 'outlives' | 'breaks';
  readonly what: string;
}

/** Time that a task which was told to stop may take: ECS's default stop time-out and the reports of its end, in milliseconds. */
const STOPPING_MS = 31_000;

/** A RunTask that was under way when its request was given up may take effect so much later; whoever sent it stops its task. In milliseconds. */
const LATE_EFFECT_MS = 15_000;

/** Lambda's waits before the second and third attempt, and time for the destination, in milliseconds. */
const RETRIES_MS = 240_000;

/** Judges a played schedule. */
export function faultsOf(played: PlayedProof): readonly Fault[] {
  const owned = tasksByRequest(played);
  return [
    ...played.requests.flatMap((request, index) => [
      ...(diedTooLate(played, request) ? [] : answerFaults(request)),
      ...truthFaults(request, owned.get(request) ?? []),
      ...(stoppedForNothing(played, request, owned.get(request) ?? []) ? [fault('lies', request, 'its task was stopped for nothing')] : []),
      ...outlivingFaults(played.requests, index, owned.get(request) ?? []),
      ...(ran(owned.get(request) ?? []).length > 1
        ? [fault('doubles', request, `${ran(owned.get(request) ?? []).length} tasks of the attempt ran`)]
        : []),
    ]),
    ...overlapFaults(played.tasks),
    ...played.log
      .filter((line) => /X-Amz-Signature=(?!\W|$)/.test(line))
      .map((line): Fault => ({ kind: 'breaks', what: `the log shows the address: ${line}` })),
  ];
}

/** Which request each task was started for. */
function tasksByRequest({ requests, tasks }: PlayedProof): ReadonlyMap<DrivenRequest, readonly SeenTask[]> {
  const owned = new Map<DrivenRequest, SeenTask[]>();
  for (const task of tasks) {
    const owner = requests.findLast(({ event, sentAt }) => {
      const { tag } = attemptOf({ ...event, responseUrl: event.ResponseURL });
      return task.environment[ATTEMPT_VARIABLE] === tag || (task.startedBy === event.RequestId && sentAt.getTime() <= task.placedAt);
    });
    if (owner !== undefined) owned.set(owner, [...(owned.get(owner) ?? []), task]);
  }
  return owned;
}

function ran(tasks: readonly SeenTask[]): readonly SeenTask[] {
  return tasks.filter(({ ranAt }) => ranAt !== undefined);
}

/**
 * Whether a run died so late that Lambda's own waits, one and two minutes, and a minute for the destination reach past the deadline.
 *
 * Nobody can answer then; the proof counts such requests, and says so.
 */
export function diedTooLate({ deaths }: PlayedProof, { event, deadline, sentAt }: DrivenRequest): boolean {
  return deaths.some(
    ({ requestId, at }) => requestId === event.RequestId && at >= sentAt.getTime() && at > deadline.getTime() - RETRIES_MS,
  );
}

function answerFaults(request: DrivenRequest): readonly Fault[] {
  const effective = request.answers.filter(({ verdict }) => verdict === 'effective');
  const broken = request.answers.flatMap(({ complaints }) => complaints);
  return [
    ...broken.map((what) => fault('breaks', request, what)),
    ...(request.endedBy === 'timeout' || request.endedBy === undefined ? [fault('hangs', request, 'no answer before the deadline')] : []),
    ...(request.endedBy === 'answer' && effective.length !== 1 ? [fault('breaks', request, `${effective.length} effective answers`)] : []),
    ...(mustSucceed(request) && request.decision?.success === false ? [fault('lies', request, `failed: ${request.decision.reason}`)] : []),
  ];
}

/** Deletes leave nothing to fail, and an Update back runs nothing unless asked to. */
function mustSucceed({ purpose, event }: DrivenRequest): boolean {
  const runs = purpose === 'rollbackUpdate' && event.ResourceProperties.RunOnRollback === 'true';
  return purpose !== 'create' && purpose !== 'update' && !runs;
}

/** Whether the request's task was told to stop before half its time was over, though nothing newer was sent and no run has failed. */
function stoppedForNothing(played: PlayedProof, request: DrivenRequest, tasks: readonly SeenTask[]): boolean {
  const { event, sentAt, endedBy, decision } = request;
  // Addresses are signed to the second: what was sent in the same one cannot be told to be older.
  const second = sentAt.getTime() - (sentAt.getTime() % 1000);
  const half = sentAt.getTime() + Number(event.ResourceProperties.Timeout) * 500;
  const newer = played.requests
    .filter((other) => other !== request && other.sentAt.getTime() >= second)
    .map((other) => other.sentAt.getTime());
  const hasDied = played.deaths.some(({ requestId }) => requestId === event.RequestId);
  const isAbandoned = /^the function failed at every attempt/.test(decision?.reason ?? '');
  const until = Math.min(half, ...newer);
  if (endedBy !== 'answer' || hasDied || isAbandoned) return false;
  return tasks.some(({ wasStopped, stoppedAt = until }) => wasStopped && stoppedAt < until);
}

/** The answer to a request that runs a task, against what the task did until then. */
function truthFaults(request: DrivenRequest, tasks: readonly SeenTask[]): readonly Fault[] {
  const { decision, endedAt, endedBy } = request;
  if (mustSucceed(request) || endedBy !== 'answer' || decision === undefined || endedAt === undefined) return [];
  const by = endedAt.getTime();
  const succeeded = tasks.some(({ exitCode, stoppedAt, wasStopped }) => exitCode === 0 && !wasStopped && (stoppedAt ?? by + 1) <= by);
  if (decision.success && !succeeded) return [fault('lies', request, 'SUCCESS, but no task of it has succeeded')];
  if (!decision.success && succeeded) return [fault('lies', request, `FAILED, but its task has succeeded: ${decision.reason}`)];
  return [];
}

/** A request that CloudFormation gave up is over once the one that undoes it is answered. */
function outlivingFaults(requests: readonly DrivenRequest[], index: number, tasks: readonly SeenTask[]): readonly Fault[] {
  const request = requests[index];
  const over = requests.slice(index).find(({ endedBy }) => endedBy !== 'abandoned')?.endedAt;
  if (request === undefined || over === undefined) return [];
  const spareMs = STOPPING_MS + (request.endedBy === 'abandoned' ? LATE_EFFECT_MS : 0);
  return tasks.flatMap(({ stoppedAt, placedAt }) => {
    const end = (takenOver(requests, index, placedAt) ?? over).getTime();
    if ((stoppedAt ?? Number.POSITIVE_INFINITY) <= end + spareMs) return [];
    return [fault('outlives', request, `a task ran ${stoppedAt === undefined ? 'on for ever' : `${(stoppedAt - end) / 1000} s longer`}`)];
  });
}

/**
 * End of a later request, for a task that was placed in its course and looks like its own.
 *
 * An event that Lambda delivers again by then is told by nothing but its age from the stack's retry of the same request, or from a later
 * Create or Update: same stack, same status. Its task is that request's concern, which stops it.
 */
function takenOver(requests: readonly DrivenRequest[], index: number, placedAt: number): Date | undefined {
  const { event: own } = requests[index] ?? {};
  const looksAlike = ({ event, purpose }: DrivenRequest): boolean =>
    event.RequestId === own?.RequestId || (event.RequestType === own?.RequestType && (purpose === 'create' || purpose === 'update'));
  const later = requests.slice(index + 1).filter(looksAlike);
  return later.findLast(({ sentAt, endedAt }) => sentAt.getTime() <= placedAt && placedAt <= (endedAt?.getTime() ?? 0))?.endedAt;
}

function overlapFaults(tasks: readonly SeenTask[]): readonly Fault[] {
  const runs = ran(tasks).map(({ ranAt = 0, stoppedAt = Number.POSITIVE_INFINITY }) => ({ from: ranAt, to: stoppedAt }));
  const isDoubled = runs.some((one, index) => runs.slice(index + 1).some((other) => one.from < other.to && other.from < one.to));
  return isDoubled ? [{ kind: 'doubles', what: 'two tasks of the resource ran at once' }] : [];
}

function fault(kind: Fault['kind'], { purpose, sentAt, event }: DrivenRequest, what: string): Fault {
  return { kind, what: `${purpose} ${event.RequestId.slice(0, 8)} sent ${sentAt.toISOString()}: ${what}` };
}
