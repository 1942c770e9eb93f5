import { type Clock, sleep } from './clock.js';
import { decide } from './machine/decide.js';
import type { Action, Answer, Observation, RunPlan, RunState } from './machine/plan.js';
import { INITIAL_STATE } from './machine/step.js';
import { type Execution, perform } from './perform.js';

/** How a drive ended. */
export type DriveEnd =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly state: RunState }
  | { readonly kind: 'handed over'; readonly state: RunState };

/** What a run is driven with. */
export interface Drive {
  readonly plan: RunPlan;
  readonly execution: Execution;
  readonly clock: Clock;
  /** At least 0, below 1: jitter. */
  readonly random: () => number;
  /** Interrupts the run: its task is stopped, and that is waited for. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each step. */
  readonly onStep?: ((state: RunState, action: Action, observation: Observation) => void) | undefined;
}

/** Observes, decides and acts until there is an answer, or the next invocation's turn has come. */
export async function drive({ plan, execution, clock, random, signal, onStep }: Drive): Promise<DriveEnd> {
  let state = INITIAL_STATE;
  let observation: Observation = { kind: 'begun' };
  for (;;) {
    const step = decide(plan, state, observation, { now: clock.now(), random: random() });
    state = step.state;
    onStep?.(state, step.action, observation);
    const { action } = step;
    if (action.kind === 'answer') return { kind: 'answered', answer: action.answer, state };
    if (action.kind === 'hand over') return { kind: 'handed over', state };
    if (action.kind !== 'wait') {
      observation = await perform(execution, action);
      continue;
    }
    const isInterruptible = state.ending === undefined;
    await sleep(clock, action.ms, isInterruptible ? signal : undefined);
    observation = isInterruptible && signal?.aborted ? { kind: 'interrupted' } : { kind: 'waited' };
  }
}
