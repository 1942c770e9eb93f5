import { describeFault, type Fault } from '../classify-fault.js';
import { isOver, readStackStatus } from '../stack-status.js';
import { place } from './place.js';
import type { Ending, Observation, Step } from './plan.js';
import { backOff, type Context, courseOf, describeEnding, fail, go, stopMoment, turnsFrom } from './step.js';

/** Calls of DescribeStacks in a row that may fail before the run goes on without an answer, as far as it may. */
const LOOSE_TRIES = 3;

/** Phase `checking`: does the stack still want the run? */
export function inChecking(context: Context, observation: Observation): Step {
  switch (observation.kind) {
    case 'stack':
      return onStack(context, observation.status);
    case 'failed':
      return onStackUnknown(context, observation.fault);
    default:
      return start(context);
  }
}

function start(context: Context): Step {
  const { plan } = context;
  if (plan.goal === 'stop' || plan.skip !== undefined) return findTasks(context);
  if (plan.request === 'Once' || plan.request === 'Delete') return afterCheck(context);
  // Nothing will be placed; but an Update that a rollback sends must not be answered FAILED for that.
  if (!plan.mayPlace && plan.request === 'Create') return afterCheck(context);
  return go(context, 'checking', { kind: 'check stack' });
}

function onStack(context: Context, status: string | undefined): Step {
  const { plan, state, now } = context;
  const verdict = readStackStatus(status, plan.request === 'Update' ? 'Update' : 'Create');
  const hasTurned = turnsFrom(context, verdict);
  const course = courseOf(context, verdict);
  const checked = { ...context, state: { ...context.state, stackCheckedAt: now, stackUnknown: undefined, failures: 0, course } };
  // A status that lags behind the rollback's own Update turns as well; where nothing runs in a rollback, that one still succeeds.
  const isSkipped = verdict === 'rollback' && !plan.runOnRollback;
  const isIdle = isLeftFailed(status) || isOver(status, now - plan.startAt);
  if (verdict === 'void' || ((hasTurned || isIdle) && !isSkipped))
    return findTasks({ ...checked, state: { ...checked.state, ending: { kind: 'void' } } });
  if (isSkipped) return findTasks({ ...checked, state: { ...checked.state, skip: 'rollback' } });
  return state.isClear ? placeAsClear(checked) : afterCheck(checked);
}

/** Another list would make the stack's word too old again, where calls are slow; what has been placed since, the shared token tells. */
function placeAsClear(context: Context): Step {
  return place({ ...context, state: { ...context.state, isClear: undefined } });
}

/** A stack that was left as it failed waits for nobody; its retry is under way before it sends anything. */
function isLeftFailed(status: string | undefined): boolean {
  return status === 'CREATE_FAILED' || status === 'UPDATE_FAILED' || status === 'UPDATE_ROLLBACK_FAILED';
}

function onStackUnknown(context: Context, fault: Fault): Step {
  const { plan, state, now } = context;
  const mayHelp = fault.kind === 'throttled' || fault.kind === 'unclear';
  if (plan.refusal !== undefined) {
    if (mayHelp && state.failures + 1 < LOOSE_TRIES && now < stopMoment(context)) return backOff(context);
    return afterCheck({ ...context, state: { ...state, stackCheckedAt: now, failures: 0 } });
  }
  const message = `${fault.message} (allow cloudformation:DescribeStacks on the stack, and a way to its endpoint)`;
  const ending: Ending = {
    kind: 'fault',
    during: 'asking by DescribeStacks whether the stack rolls back',
    fault: { name: fault.name, message },
  };
  // An Update that fails in a rollback leaves the stack stuck: it is asked until there is no time to run anything any more.
  if (plan.request === 'Update' && !plan.runOnRollback) return mayHelp && now < plan.endAt ? backOff(context) : giveUp(context, ending);
  if (!mayHelp) {
    const asked = { ...context, state: { ...state, stackCheckedAt: now, failures: 0 } };
    return state.isClear ? placeAsClear(asked) : afterCheck(asked);
  }
  // Delivered late, it may belong to a stack that has been rolled back since: it adopts what it has started, but starts nothing.
  if (state.failures + 1 < LOOSE_TRIES) return backOff(context);
  return afterCheck({ ...context, state: { ...state, stackUnknown: describeEnding(ending), failures: 0 } });
}

function afterCheck(context: Context): Step {
  const { plan, state } = context;
  if (plan.refusal !== undefined) return fail(context, 'REFUSED', plan.refusal);
  return state.facts === undefined ? go(context, 'preparing', { kind: 'describe definition' }) : findTasks(context);
}

/** Phase `preparing`: what does the task definition say? */
export function inPreparing(context: Context, observation: Observation): Step {
  switch (observation.kind) {
    case 'definition':
      if (!observation.facts.ok) return fail(context, 'REFUSED', observation.facts.message);
      return findTasks({ ...context, state: { ...context.state, facts: observation.facts.value, failures: 0 } });
    case 'failed':
      return onDefinitionUnknown(context, observation.fault);
    default:
      return go(context, 'preparing', { kind: 'describe definition' });
  }
}

function onDefinitionUnknown(context: Context, fault: Fault): Step {
  const mayTryAgain = fault.kind === 'throttled' || fault.kind === 'unclear';
  if (mayTryAgain && context.now < context.plan.endAt) return backOff(context);
  if (fault.kind === 'refused') return fail(context, 'REFUSED', `DescribeTaskDefinition failed: ${describeFault(fault)}`);
  const { name, message } = fault;
  return giveUp(context, { kind: 'fault', during: 'DescribeTaskDefinition', fault: { name, message } });
}

/** Nothing is run; what an earlier delivery of the request has started is stopped. */
function giveUp(context: Context, ending: Ending): Step {
  return findTasks({ ...context, state: { ...context.state, ending, failures: 0 } });
}

function findTasks(context: Context): Step {
  return go(context, 'clearing', { kind: 'find tasks' }, { isClear: undefined });
}
