import { inChecking, inPreparing } from './before-run.js';
import { inClearing, inPlacing } from './place.js';
import type { Moment, Observation, RunPlan, RunState, Step } from './plan.js';
import { type Context, fail, stopOwn } from './step.js';
import { inReading, inStopping, inWatching } from './watch.js';

/**
 * Decides what to do next: from where a run stands and what has happened since, to where it stands then and one action.
 *
 * Pure: the same arguments give the same step. Whoever drives it carries out the action and comes back with what was observed, until the
 * action is `answer` or `hand over`.
 */
export function decide(plan: RunPlan, state: RunState, observation: Observation, moment: Moment): Step {
  const context: Context = { plan, state, now: moment.now, random: moment.random };
  if (observation.kind === 'interrupted' && state.phase !== 'reading') return onInterrupted(context);
  switch (state.phase) {
    case 'checking':
      return inChecking(context, observation);
    case 'preparing':
      return inPreparing(context, observation);
    case 'clearing':
      return inClearing(context, observation);
    case 'placing':
      return inPlacing(context, observation);
    case 'watching':
      return inWatching(context, observation);
    case 'stopping':
      return inStopping(context, observation);
    case 'reading':
      return inReading(context, observation);
    case 'answered':
    case 'handed over':
      // Nobody asks any more; the same answer again would be a second one.
      return { state, action: { kind: 'hand over' } };
  }
}

function onInterrupted(context: Context): Step {
  const { state } = context;
  if (state.phase === 'stopping') return inStopping(context, { kind: 'waited' });
  if (state.taskArn !== undefined) return stopOwn(context, { kind: 'interrupted' });
  if (state.placements === 0) return fail(context, 'CANCELLED', 'interrupted before a task was placed');
  // A call of RunTask whose answer was lost may have placed one.
  return inClearing({ ...context, state: { ...state, phase: 'clearing', ending: { kind: 'interrupted' } } }, { kind: 'waited' });
}
