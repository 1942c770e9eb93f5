import { backoffMs } from '../polling.js';
import type { StackVerdict } from '../stack-status.js';
import { taskIdOf } from '../task-facts.js';
import type { Action, Answer, Ending, FailureCode, Moment, Phase, RunPlan, RunState, Step } from './plan.js';

/** What every decision sees. */
export interface Context extends Moment {
  readonly plan: RunPlan;
  readonly state: RunState;
}

/** A run before anything was observed. */
export const INITIAL_STATE: RunState = Object.freeze({
  phase: 'checking',
  awaiting: 'wait',
  polls: 0,
  failures: 0,
  placements: 0,
  contests: 0,
  known: Object.freeze([]),
  stopped: Object.freeze([]),
  logReads: 0,
});

/** Time where the task definition is not known, between SIGTERM and SIGKILL, in milliseconds. */
const DEFAULT_STOP_TIMEOUT_MS = 30_000;

/** Beyond that, until ECS tells that a task has stopped, in milliseconds. */
const STOP_MARGIN_MS = 15_000;

/** When a task that has not ended is stopped: early enough to tell how it ended, but not before half the time is over. */
export function stopMoment({ plan, state }: Pick<Context, 'plan' | 'state'>): number {
  const reserve = (state.facts?.stopTimeoutMs ?? DEFAULT_STOP_TIMEOUT_MS) + STOP_MARGIN_MS;
  return Math.min(plan.stopAt, plan.endAt - Math.min(reserve, Math.max(0, plan.endAt - plan.startAt) / 2));
}

/** Goes to a phase and does something there. */
export function go(context: Context, phase: Phase, action: Action, changes: Partial<RunState> = {}): Step {
  const looked = action.kind === 'find tasks' ? { lookedAt: context.now } : {};
  return { state: { ...context.state, ...changes, ...looked, phase, awaiting: action.kind }, action };
}

/** Ends the run. */
export function answer(context: Context, result: Answer): Step {
  return go(context, 'answered', { kind: 'answer', answer: result });
}

/**
 * Ends the run without an outcome of its task.
 *
 * @param isUnseen whether a task of an earlier run of the function may be there that this one could not look for
 */
export function fail(context: Context, code: FailureCode, message: string, isUnseen = false): Step {
  const { taskArn, unclearAt } = context.state;
  const mayExist = isUnseen || taskArn !== undefined || unclearAt !== undefined;
  return answer(context, { kind: 'failed', code, message, taskArn, mayExist });
}

/** Waits in a phase, or hands over to the next invocation if this one's time is over. */
export function pause(context: Context, phase: Phase, ms: number, changes: Partial<RunState> = {}): Step {
  const { plan, now } = context;
  const { handOverAt } = plan;
  if (handOverAt !== undefined && now >= handOverAt) return go(context, 'handed over', { kind: 'hand over' }, changes);
  // Moments at which something is due are not slept over.
  const due = [stopMoment(context), plan.endAt, ...(handOverAt === undefined ? [] : [handOverAt])].filter((moment) => moment > now);
  const waitMs = Math.max(1, Math.min(ms, ...due.map((moment) => moment - now)));
  return go(context, phase, { kind: 'wait', ms: waitMs }, changes);
}

/** Waits in the same phase after a call that may be made again, longer each time. */
export function backOff(context: Context): Step {
  const failures = context.state.failures + 1;
  return pause(context, context.state.phase, backoffMs(failures, context.random), { failures });
}

/** Stops the run's own task because there is no time left for it. */
export function stopLate(context: Context): Step {
  return stopOwn(context, { kind: context.plan.mayPlace ? 'deadline' : 'abandoned' });
}

/** Tells the run's own task to stop. */
export function stopOwn(context: Context, ending: Ending): Step {
  const { taskArn } = context.state;
  if (taskArn === undefined) return fail(context, 'CANCELLED', describeEnding(ending));
  return go(context, 'stopping', { kind: 'stop task', taskArn, reason: stopReason(context, ending) }, { ending, failures: 0 });
}

/**
 * What ECS keeps as the reason of a stop.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html up to 255 characters
 */
export function stopReason(context: Context, ending: Ending): string {
  return `plimsoll: ${describeEnding(ending)} (attempt ${context.plan.attempt.tag})`.slice(0, 255);
}

/** Why a run was ended, in words. */
export function describeEnding(ending: Ending): string {
  switch (ending.kind) {
    case 'deadline':
      return 'the deadline has passed';
    case 'abandoned':
      return 'every attempt of the function has failed';
    case 'void':
      return 'the stack is being rolled back or deleted, or its operation is over';
    case 'superseded':
      return 'a newer request has taken over';
    case 'interrupted':
      return 'interrupted';
    case 'lost':
      return 'ECS no longer finds the task';
    case 'fault':
      return `${ending.during} failed: ${ending.fault.name}: ${ending.fault.message}`;
  }
}

/** Which way the stack goes, by its first word. */
export function courseOf({ plan, state }: Context, verdict: StackVerdict): RunState['course'] {
  if (plan.request !== 'Update' || verdict === 'void') return state.course;
  return state.course ?? (verdict === 'rollback' ? 'rollback' : 'forward');
}

/**
 * Whether the stack has turned since it was first asked: a request is of one course, so that nobody waits for this one any more.
 *
 * It is what tells an Update from that of its own rollback where both may run.
 */
export function turnsFrom(context: Context, verdict: StackVerdict): boolean {
  return (
    verdict !== 'void' &&
    context.state.course !== undefined &&
    context.state.course !== courseOf({ ...context, state: INITIAL_STATE }, verdict)
  );
}

/** Names a task. */
export function taskNamed(taskArn: string): string {
  return `task ${taskIdOf(taskArn)}`;
}
