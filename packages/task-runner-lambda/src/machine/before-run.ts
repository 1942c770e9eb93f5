import { describeFault, type Fault } from '../classify-fault.js';
import { readStackStatus } from '../stack-status.js';
import type { Observation, Step } from './plan.js';
import { backOff, type Context, fail, go, stopMoment } from './step.js';

/** Calls of DescribeStacks in a row that may fail where the run can do without their answer. */
const OPTIONAL_TRIES = 3;

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
  return go(context, 'checking', { kind: 'check stack' });
}

function onStack(context: Context, status: string | undefined): Step {
  const { plan, now } = context;
  const checked = { ...context, state: { ...context.state, stackCheckedAt: now, failures: 0 } };
  const verdict = readStackStatus(status, plan.request === 'Update' ? 'Update' : 'Create');
  if (verdict === 'void') return findTasks({ ...checked, state: { ...checked.state, ending: { kind: 'void' } } });
  if (verdict === 'rollback' && !plan.runOnRollback) return findTasks({ ...checked, state: { ...checked.state, skip: 'rollback' } });
  return afterCheck(checked);
}

function onStackUnknown(context: Context, fault: Fault): Step {
  const { plan, state, now } = context;
  const mustKnow = plan.request === 'Update' && !plan.runOnRollback;
  const mayHelp = fault.kind === 'throttled' || fault.kind === 'unclear';
  const tries = mustKnow ? Number.POSITIVE_INFINITY : OPTIONAL_TRIES;
  if (mayHelp && state.failures + 1 < tries && now < stopMoment(context)) return backOff(context);
  if (!mustKnow || plan.refusal !== undefined) return afterCheck({ ...context, state: { ...state, stackCheckedAt: now, failures: 0 } });
  const during = 'telling an update from a rollback by DescribeStacks';
  const remedy = 'allow cloudformation:DescribeStacks on the stack, or set RunOnRollback';
  return giveUp(context, during, { name: fault.name, message: `${fault.message} (${remedy})` });
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
  return giveUp(context, 'DescribeTaskDefinition', fault);
}

/** Nothing is run; what an earlier delivery of the request has started is stopped. */
function giveUp(context: Context, during: string, { name, message }: Pick<Fault, 'name' | 'message'>): Step {
  return findTasks({ ...context, state: { ...context.state, ending: { kind: 'fault', during, fault: { name, message } }, failures: 0 } });
}

function findTasks(context: Context): Step {
  return go(context, 'clearing', { kind: 'find tasks' });
}
