import { describeFault, type Fault } from '../classify-fault.js';
import { placementSlot } from '../placement-window.js';
import { backoffMs, pollDelayMs } from '../polling.js';
import type { FailureRecord, TaskRecord } from '../ports.js';
import { hasStopped } from '../task-outcome.js';
import { describeFailures, failedToStartForWantOfCapacity, isThrownWantOfCapacity, isWantOfCapacity } from '../want-of-capacity.js';
import type { FoundTask, Observation, Step } from './plan.js';
import { answer, backOff, type Context, describeEnding, fail, go, pause, stopMoment, stopOwn, stopReason, taskNamed } from './step.js';

/** A task that was placed just before this run looked gets so long to be listed, in milliseconds. */
const SETTLE_MS = 6_000;

/** One whose RunTask was under way when its function died, or its request was given up: 15 s to take effect, and 5 s; in milliseconds. */
const UNDO_SETTLE_MS = 20_000;

/** Where everything is stopped, a task that is listed gets so long to be described, in milliseconds; then it is stopped unseen. */
const UNKNOWN_MS = 10_000;

/** Where it may be the attempt's own, it gets so long at least, in milliseconds. */
const UNKNOWN_OWN_MS = 20_000;

/** How old the stack's word may be when RunTask is called, in milliseconds. */
const FRESH_MS = 5_000;

/** After a RunTask whose effect is unknown, its task gets this long to be listed, in milliseconds. */
const UNCLEAR_SETTLE_MS = 10_000;

/** Phase `clearing`: which tasks of the resource are there? Those of other attempts are stopped, an own one is adopted. */
export function inClearing(context: Context, observation: Observation): Step {
  switch (observation.kind) {
    case 'found':
      return onFound(found(context, observation.tasks), observation.tasks);
    case 'stop accepted': {
      const stopped = [...context.state.stopped, observation.taskArn];
      return go(context, 'clearing', { kind: 'find tasks' }, { stopped, failures: 0 });
    }
    case 'failed':
      return onClearingFailed(context, observation.fault);
    default:
      return go(context, 'clearing', { kind: 'find tasks' });
  }
}

function onFound(context: Context, tasks: readonly FoundTask[]): Step {
  const alive = tasks.filter(({ task }) => !hasStopped(task));
  // Delivered late, a request that stops would otherwise stop what the stack wants by now.
  const notNewer = alive.filter(({ order }) => order !== 'newer');
  if (isStoppingAll(context)) {
    if (mayBeNewer(context, alive)) return waitABit(context);
    return clear(context, notNewer, () => cleared(context));
  }
  // Whether it still runs or not: nobody waits for the answer to an older request.
  if (tasks.some(({ order }) => order === 'newer')) return giveWay(context, alive);
  if (alive.some(({ order }) => order === 'unknown')) return waitToKnow(context, alive);
  const [own, ...spare] = ownTasks(tasks);
  const others = alive.filter(({ order, task }) => order !== 'own' || spare.includes(task));
  return clear(context, others, () => (own === undefined ? place(context) : adopt(context, own)));
}

/** Whether a task is there that ECS does not describe yet, and that may be one to leave alone. */
function mayBeNewer({ state, now }: Context, alive: readonly FoundTask[]): boolean {
  return alive.some(({ order }) => order === 'unknown') && now < (state.unknownAt ?? now) + UNKNOWN_MS;
}

function waitABit(context: Context): Step {
  const { state, now, random } = context;
  return pause(context, 'clearing', pollDelayMs(state.polls, random), { polls: state.polls + 1, unknownAt: state.unknownAt ?? now });
}

/** Own tasks, a live one first; one that found no room is none. */
function ownTasks(tasks: readonly FoundTask[]): readonly TaskRecord[] {
  const own = tasks.filter(({ order, task }) => order === 'own' && !failedToStartForWantOfCapacity(task)).map(({ task }) => task);
  const isStopped = (task: TaskRecord): number => (hasStopped(task) ? 1 : 0);
  return [...own].sort((a, b) => isStopped(a) - isStopped(b) || ((a.taskArn ?? '') < (b.taskArn ?? '') ? -1 : 1));
}

function isStoppingAll({ plan, state }: Context): boolean {
  return plan.goal === 'stop' || plan.skip !== undefined || state.skip !== undefined || state.ending !== undefined;
}

/** Stops tasks one by one, waits until they have stopped, then goes on. */
function clear(context: Context, targets: readonly FoundTask[], then: () => Step): Step {
  const { plan, state, now, random } = context;
  const arns = targets.flatMap(({ task }) => task.taskArn ?? []);
  const [next] = arns.filter((arn) => !state.stopped.includes(arn));
  if (next !== undefined) {
    const reason = stopReason(context, plan.request === 'Delete' ? { kind: 'void' } : (state.ending ?? { kind: 'superseded' }));
    return go(context, 'clearing', { kind: 'stop task', taskArn: next, reason });
  }
  const [waitedFor] = arns;
  if (waitedFor === undefined) return then();
  const stopsAll = isStoppingAll(context);
  if (now < (stopsAll ? plan.clearUntil : stopMoment(context)))
    return pause(context, 'clearing', pollDelayMs(state.polls, random), { polls: state.polls + 1 });
  // ECS has accepted the stop and carries it out without us.
  if (stopsAll) return cleared(context);
  return fail(
    context,
    'OTHER_RUNNING',
    `${taskNamed(waitedFor)} of an older request was told to stop but has not: nothing was started beside it`,
  );
}

/** Nothing of the resource runs any more, or only what has been told to stop. */
function cleared(context: Context): Step {
  const { plan, state } = context;
  const mustSettle = plan.undoesUnanswered || state.skip === 'rollback' || state.ending !== undefined;
  if (mustSettle && !hasSettled(context)) return settle(context);
  const skip = plan.skip ?? state.skip;
  if (skip !== undefined) return answer(context, { kind: 'skipped', skip });
  if (plan.goal === 'stop') return answer(context, { kind: 'stopped' });
  const ending = state.ending ?? { kind: 'interrupted' };
  return fail(context, ending.kind === 'fault' ? 'CALL_FAILED' : 'CANCELLED', describeEnding(ending));
}

/** A task is there that ECS does not describe yet: it may be this attempt's own. One that it never describes is stopped unseen. */
function waitToKnow(context: Context, alive: readonly FoundTask[]): Step {
  const { plan, state, now, random } = context;
  const unknownAt = state.unknownAt ?? now;
  // Delivered after its deadline, a request still tells what its task has done.
  const lookedLongEnough = Math.max(lastLook(context), Math.min(unknownAt + UNKNOWN_OWN_MS, plan.endAt));
  if (now >= (plan.mayPlace ? lookedLongEnough : plan.clearUntil)) {
    const [next] = alive.flatMap(({ order, task }) => (order === 'unknown' && task.taskArn !== undefined ? [task.taskArn] : []));
    if (next !== undefined && !state.stopped.includes(next)) {
      return go(context, 'clearing', { kind: 'stop task', taskArn: next, reason: stopReason(context, { kind: 'lost' }) });
    }
    return fail(context, 'OTHER_RUNNING', 'a task of the resource was listed that ECS did not describe: it was told to stop');
  }
  return pause(context, 'clearing', pollDelayMs(state.polls, random), { polls: state.polls + 1, unknownAt });
}

/** Whether a list without tasks may be believed. */
function hasSettled({ plan, state, now }: Context): boolean {
  return (state.settledAt !== undefined && now >= state.settledAt) || now >= plan.clearUntil;
}

function settle(context: Context): Step {
  const { plan, state, now } = context;
  // A function that has died, or whose request was given up, may have had a RunTask under way; so may this run, by one it has no answer to.
  const undoes = plan.undoesUnanswered || !plan.mayPlace || state.skip === 'rollback';
  const known = now + (undoes ? UNDO_SETTLE_MS : SETTLE_MS);
  const settledAt = state.settledAt ?? Math.max(known, (state.unclearAt ?? 0) + UNCLEAR_SETTLE_MS);
  return pause(context, 'clearing', settledAt - now, { settledAt });
}

/** Until when an own task that becomes known can still be stopped and told of. */
function lastLook(context: Context): number {
  return (stopMoment(context) + context.plan.endAt) / 2;
}

function giveWay(context: Context, alive: readonly FoundTask[]): Step {
  const own = alive.find(({ order }) => order === 'own')?.task.taskArn;
  if (own === undefined)
    return fail(context, 'SUPERSEDED', 'a newer request of this resource has run a task: nothing was started beside it');
  return stopOwn({ ...context, state: { ...context.state, taskArn: own } }, { kind: 'superseded' });
}

function adopt(context: Context, task: TaskRecord): Step {
  const { taskArn } = task;
  if (taskArn === undefined) return fail(context, 'OUTCOME_UNKNOWN', 'ECS described a task without its ARN');
  return go(context, 'watching', { kind: 'describe task', taskArn }, { taskArn, missingAt: undefined, polls: 0 });
}

/** Places the task, since nothing of the resource runs; first makes sure that the stack wants it this very moment. */
export function place(context: Context): Step {
  const { plan, state, now } = context;
  if (!plan.mayPlace) return hasSettled(context) ? fail(context, 'CANCELLED', 'no task of this attempt was found') : settle(context);
  if (now >= stopMoment(context)) return mayStillShow(context) ? pause(context, 'clearing', SETTLE_MS / 2) : notPlacedInTime(context);
  const isAsked = plan.request === 'Create' || plan.request === 'Update';
  // What held up the calls since may have been long enough for a rollback to begin, and for its Delete to find nothing.
  // A list is not kept meanwhile where the shared token does not tell what has been placed since.
  const isStale = isAsked && (state.stackCheckedAt ?? 0) + FRESH_MS < now;
  if (isStale) return go(context, 'checking', { kind: 'check stack' }, { isClear: plan.leavesCluster !== true });
  return state.facts === undefined ? go(context, 'preparing', { kind: 'describe definition' }) : runTask(context, state.facts.container);
}

function runTask(context: Context, container: string): Step {
  const { plan, state, now } = context;
  // An Update back comes within seconds of the update, where that was cancelled.
  const issuedAt = plan.request === 'Once' ? plan.startAt : plan.attempt.issuedAt;
  const request = { issuedAt, undoes: state.course === 'rollback' };
  const slot = placementSlot({ ...request, now });
  if (!slot.open) return pause(context, 'clearing', slot.waitMs);
  // A list from before the window's opening may lack what was placed in the one before.
  const looked = placementSlot({ ...request, now: state.lookedAt ?? now });
  if (!looked.open || looked.window !== slot.window) return go(context, 'clearing', { kind: 'find tasks' });
  const { window } = slot;
  const contest = state.window === window ? state.contests : 0;
  return go(context, 'placing', { kind: 'run task', window, contest, container }, { window, contests: contest });
}

/** Whether a RunTask may still show its task: one whose answer was lost, or another delivery's, called in the last moment. */
function mayStillShow(context: Context): boolean {
  const { plan, state, now } = context;
  const isUnclear = state.unclearAt !== undefined && now < state.unclearAt + UNCLEAR_SETTLE_MS;
  const isOthers = plan.request !== 'Once' && now < stopMoment(context) + UNDO_SETTLE_MS;
  return (isUnclear || isOthers) && now < plan.endAt;
}

function notPlacedInTime(context: Context): Step {
  const { want, placements, stackUnknown } = context.state;
  if (stackUnknown !== undefined) return fail(context, 'CALL_FAILED', stackUnknown);
  if (want === undefined) return fail(context, 'OUT_OF_TIME', 'the deadline passed before a task could be placed');
  return fail(context, 'NO_CAPACITY', `no room for the task until the deadline, in ${placements} tries: ${want}`);
}

function onClearingFailed(context: Context, fault: Fault): Step {
  const { plan, now, state } = context;
  const mayTryAgain = fault.kind === 'throttled' || fault.kind === 'unclear';
  if (mayTryAgain && now < plan.endAt) return backOff(context);
  // A task that ECS lists and does not let be stopped may be one that it does not find yet, or has just ended.
  const looksAgain = state.awaiting === 'stop task' && fault.kind === 'refused';
  if (looksAgain && now < (isStoppingAll(context) ? plan.clearUntil : stopMoment(context))) return backOff(context);
  const call = state.awaiting === 'stop task' ? 'StopTask' : 'listing the tasks of the resource';
  // Where there is no cluster there is no task.
  if (fault.name === 'ClusterNotFoundException' && isStoppingAll(context)) return cleared(context);
  return fail(context, fault.kind === 'refused' ? 'REFUSED' : 'CALL_FAILED', `${call} failed: ${describeFault(fault)}`, mayTryAgain);
}

/** Phase `placing`: what came of RunTask? */
export function inPlacing(context: Context, observation: Observation): Step {
  switch (observation.kind) {
    case 'placed':
      return placed(context, observation.taskArn);
    case 'not placed':
      return onNotPlaced(context, observation.failures);
    case 'failed':
      return onPlacingFailed(context, observation.fault);
    default:
      return again(context);
  }
}

function placed(context: Context, taskArn: string): Step {
  // ECS repeats what it said: that task has ended, having found no room.
  if (context.state.known.includes(taskArn)) return usedUp(context);
  // The stack is asked again at once: what was wanted before RunTask may not be any more.
  const changes = { taskArn, missingAt: undefined, polls: 1, failures: 0, stackCheckedAt: undefined, unclearAt: undefined };
  return pause(context, 'watching', pollDelayMs(0, context.random), changes);
}

function onNotPlaced(context: Context, failures: readonly FailureRecord[]): Step {
  const text = describeFailures(failures);
  if (isWantOfCapacity(failures)) return wanting(context, text);
  return fail(context, 'NOT_PLACED', `RunTask placed no task: ${text || 'no reason given'}`);
}

function onPlacingFailed(context: Context, fault: Fault): Step {
  if (fault.name === 'ConflictException') return onConflict(context, fault.resourceIds);
  if (isThrownWantOfCapacity(fault.message)) return wanting(context, describeFault(fault));
  if (fault.kind === 'throttled' || fault.kind === 'unclear') return again(context, { unclearAt: context.now });
  return fail(context, fault.kind === 'denied' ? 'CALL_FAILED' : 'NOT_PLACED', `RunTask failed: ${describeFault(fault)}`);
}

/** Another attempt has called with this token: for a task that is known to have ended, for one to look for, or in vain. */
function onConflict(context: Context, existing: readonly string[]): Step {
  const { contests, known } = context.state;
  const isKnown = existing.length > 0 && existing.every((arn) => known.includes(arn));
  return isKnown ? usedUp(context) : pause(context, 'checking', SETTLE_MS, { contests: contests + 1 });
}

/** The token belongs to a task that has ended: looks again, and takes the next one. */
function usedUp(context: Context): Step {
  return go(context, 'clearing', { kind: 'find tasks' }, { contests: context.state.contests + 1 });
}

/** There is no room now: looks again later, whether the stack still wants it and what runs by then. */
export function wanting(context: Context, want: string): Step {
  return again(context, { want, taskArn: undefined, task: undefined });
}

function again(context: Context, changes: Partial<Context['state']> = {}): Step {
  const placements = context.state.placements + 1;
  return pause(context, 'checking', backoffMs(placements, context.random), { ...changes, placements });
}

function found(context: Context, tasks: readonly FoundTask[]): Context {
  const known = tasks.flatMap(({ task }) => task.taskArn ?? []);
  // Another task that is not described yet has its own time.
  const unknownAt = tasks.some(({ order }) => order === 'unknown') ? context.state.unknownAt : undefined;
  return { ...context, state: { ...context.state, failures: 0, known, unknownAt } };
}
