import { describeFault, type Fault } from '../classify-fault.js';
import { pollDelayMs } from '../polling.js';
import type { TaskRecord } from '../ports.js';
import { isOver, readStackStatus } from '../stack-status.js';
import { hasStopped, judgeTask } from '../task-outcome.js';
import { describeFailures, failedToStartForWantOfCapacity } from '../want-of-capacity.js';
import { wanting } from './place.js';
import type { Ending, Observation, RunState, Step } from './plan.js';
import {
  answer,
  backOff,
  type Context,
  courseOf,
  describeEnding,
  fail,
  go,
  pause,
  stopLate,
  stopMoment,
  stopOwn,
  stopReason,
  taskNamed,
  turnsFrom,
} from './step.js';

/**
 * How long ECS may not find a task that it has placed, in milliseconds.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html (eventual consistency)
 */
const MISSING_MS = 60_000;

/** The stack is asked this often whether it still wants the run, in milliseconds. */
const STACK_CHECK_MS = 30_000;

/** Reads of a log that is empty, or still grows, before it is taken as it is. */
const MOST_LOG_READS = 4;

/** Until a log is read again that may still grow, in milliseconds. */
const REREAD_MS = 2_000;

/** Phase `watching`: has the task stopped? */
export function inWatching(context: Context, observation: Observation): Step {
  switch (observation.kind) {
    case 'described':
      return onDescribed(seen(context, observation.task), observation.task);
    case 'missing':
      return onMissing(context);
    case 'stack':
      return onStack(context, observation.status);
    case 'failed':
      return context.state.awaiting === 'check stack' ? describe(checked(context)) : onWatchingFailed(context, observation.fault);
    default:
      return isStackCheckDue(context) ? go(context, 'watching', { kind: 'check stack' }) : describe(context);
  }
}

function onDescribed(context: Context, task: TaskRecord): Step {
  const { state, now, random } = context;
  if (hasStopped(task)) return conclude(context, task);
  if (now >= stopMoment(context)) return stopLate(context);
  return pause(context, 'watching', pollDelayMs(state.polls, random), { polls: state.polls + 1 });
}

function onMissing(context: Context): Step {
  const { state, now, random } = context;
  if (now >= stopMoment(context)) return stopLate(context);
  // Counted from the first of such answers in a row: a time without answers says nothing about the task.
  const missingAt = state.missingAt ?? now;
  if (now >= missingAt + MISSING_MS) return stopOwn(context, { kind: 'lost' });
  return pause(context, 'watching', pollDelayMs(state.polls, random), { polls: state.polls + 1, failures: 0, missingAt });
}

function onStack(context: Context, status: string | undefined): Step {
  const { plan, now } = context;
  const verdict = readStackStatus(status, plan.request === 'Update' ? 'Update' : 'Create');
  const isUnwanted = (verdict === 'rollback' && !plan.runOnRollback) || isOver(status, now - plan.startAt);
  if (verdict === 'void' || isUnwanted || turnsFrom(context, verdict)) return stopOwn(context, { kind: 'void' });
  return describe(checked({ ...context, state: { ...context.state, course: courseOf(context, verdict) } }));
}

function onWatchingFailed(context: Context, fault: Fault): Step {
  const mayTryAgain = fault.kind === 'throttled' || fault.kind === 'unclear';
  if (!mayTryAgain) return stopOwn(context, { kind: 'fault', during: 'DescribeTasks', fault });
  if (context.now >= stopMoment(context)) return stopLate(context);
  return backOff({ ...context, state: { ...context.state, missingAt: undefined } });
}

function isStackCheckDue({ plan, state, now }: Context): boolean {
  if (plan.request !== 'Create' && plan.request !== 'Update') return false;
  return state.stackCheckedAt === undefined || now >= state.stackCheckedAt + STACK_CHECK_MS;
}

/** Phase `stopping`: the task was told to stop; has it? */
export function inStopping(context: Context, observation: Observation): Step {
  switch (observation.kind) {
    case 'stop accepted':
      return waitForStop(context, { stopAccepted: true, failures: 0, polls: 0 });
    case 'described':
      if (hasStopped(observation.task)) return conclude(seen(context, observation.task), observation.task);
      return waitForStop(seen(context, observation.task), {});
    case 'missing':
      return waitForStop(context, {});
    case 'failed':
      return onStoppingFailed(context, observation.fault);
    default:
      return context.state.stopAccepted === undefined ? stopAgain(context) : describe(context);
  }
}

function waitForStop(context: Context, changes: Partial<RunState>): Step {
  const { plan, now, random, state } = context;
  const stopAccepted = changes.stopAccepted ?? state.stopAccepted;
  // ECS knows a task that it lets be stopped, and will describe it again.
  const isLost = state.ending?.kind === 'lost' && stopAccepted !== true;
  const isBlind = state.ending?.kind === 'fault' && state.ending.fault.name === 'AccessDeniedException';
  if (now >= plan.endAt || isLost || isBlind) return notStopped({ ...context, state: { ...state, ...changes } });
  return pause(context, 'stopping', pollDelayMs(state.polls, random), { polls: state.polls + 1, ...changes });
}

function onStoppingFailed(context: Context, fault: Fault): Step {
  const { plan, now, state } = context;
  const mayTryAgain = fault.kind === 'throttled' || fault.kind === 'unclear';
  if (mayTryAgain && now < plan.endAt) return backOff(context);
  // ECS refuses to stop a task that it no longer knows: a look at it tells more than the refusal.
  if (state.awaiting === 'stop task') return waitForStop(context, { stopAccepted: false });
  return notStopped(context, describeFault(fault));
}

function notStopped(context: Context, because?: string): Step {
  const { state } = context;
  const ending = state.ending ?? { kind: 'deadline' };
  const told = state.stopAccepted === true ? 'was told to stop and may still be stopping' : 'could not be told to stop';
  const message = `${describeEnding(ending)}: ${taskNamed(state.taskArn ?? '')} ${told}${because === undefined ? '' : ` (${because})`}`;
  return fail(context, ending.kind === 'fault' ? 'CALL_FAILED' : 'OUTCOME_UNKNOWN', message);
}

function stopAgain(context: Context): Step {
  const { ending = { kind: 'deadline' } as Ending, taskArn } = context.state;
  if (taskArn === undefined) return fail(context, 'CANCELLED', describeEnding(ending));
  return go(context, 'stopping', { kind: 'stop task', taskArn, reason: stopReason(context, ending) });
}

/** The task has stopped: what is to be answered? */
function conclude(context: Context, task: TaskRecord): Step {
  const { plan, state, now } = context;
  if (state.ending === undefined && plan.mayPlace && failedToStartForWantOfCapacity(task) && now < stopMoment(context)) {
    return wanting(context, describeFailures([{ reason: task.stoppedReason }]));
  }
  const container = state.facts?.container ?? plan.containerName ?? '';
  const outcome = judgeTask(task, container, plan.allowedExitCodes);
  const taskArn = state.taskArn ?? '';
  if (outcome.success) return answer(context, { kind: 'succeeded', taskArn, outcome });
  // A container that never ran has no log stream.
  const hasLog =
    state.facts?.log !== undefined && plan.logTailLines > 0 && (outcome.exitCode !== undefined || task.startedAt !== undefined);
  return hasLog ? go(context, 'reading', { kind: 'read log', taskArn }, { failures: 0 }) : answerOutcome(context, '');
}

/** Phase `reading`: what did the task say last? Nothing that goes wrong here hides the outcome. */
export function inReading(context: Context, observation: Observation): Step {
  const { state, plan, now } = context;
  const known = state.log ?? '';
  const text = observation.kind === 'log' ? observation.text : '';
  // What a task says last comes last: twice the same is believed.
  if (text !== '' && text === known) return answerOutcome(context, text);
  if (observation.kind === 'interrupted') return answerOutcome(context, known);
  if (observation.kind === 'waited') return go(context, 'reading', { kind: 'read log', taskArn: state.taskArn ?? '' });
  const logReads = state.logReads + 1;
  const denied = observation.kind === 'failed' && observation.fault.kind === 'denied';
  if (denied || logReads >= MOST_LOG_READS || now >= plan.endAt) {
    const fault = observation.kind === 'failed' && known === '' ? describeFault(observation.fault) : undefined;
    return answerOutcome(context, text || known, fault);
  }
  return readAgain(context, text, logReads);
}

/** Not by way of a pause that might hand over: the answer is seconds away. */
function readAgain(context: Context, text: string, logReads: number): Step {
  const waitMs = text === '' ? 1_000 * logReads : REREAD_MS;
  return go(context, 'reading', { kind: 'wait', ms: waitMs }, { logReads, ...(text === '' ? {} : { log: text }) });
}

function answerOutcome(context: Context, log: string, logFault?: string): Step {
  const { state, plan } = context;
  const outcome = judgeTask(state.task ?? {}, state.facts?.container ?? plan.containerName ?? '', plan.allowedExitCodes);
  return answer(context, { kind: 'task failed', taskArn: state.taskArn ?? '', outcome, ending: state.ending, log, logFault });
}

function describe(context: Context): Step {
  const { state } = context;
  return go(context, state.phase, { kind: 'describe task', taskArn: state.taskArn ?? '' });
}

function seen(context: Context, task: TaskRecord): Context {
  return { ...context, state: { ...context.state, task, missingAt: undefined, failures: 0 } };
}

function checked(context: Context): Context {
  return { ...context, state: { ...context.state, stackCheckedAt: context.now } };
}
