import type { Attempt, AttemptOrder, Placement } from '../attempt.js';
import type { Fault } from '../classify-fault.js';
import type { FailureRecord, TaskRecord } from '../ports.js';
import type { TaskFacts, TaskFactsResult } from '../task-facts.js';
import type { TaskOutcome } from '../task-outcome.js';

/** What a request wants: a task run, or everything that runs for the resource stopped. */
export type Goal = 'run' | 'stop';

/** Why nothing is run although a request would have it otherwise. */
export type SkipReason = 'create' | 'update' | 'unchanged' | 'rollback';

/** Everything a run is told beforehand. Times are milliseconds since 1970. */
export interface RunPlan {
  /** The request's kind. `Once` is a run outside of CloudFormation. */
  readonly request: 'Create' | 'Update' | 'Delete' | 'Once';
  readonly goal: Goal;
  /** Set where the request's own properties say that nothing is to run. */
  readonly skip?: SkipReason | undefined;
  /** Why the properties make no run; answered FAILED, unless the request turns out to be a rollback's. */
  readonly refusal?: string | undefined;
  /** The attempt. */
  readonly attempt: Attempt;
  /** Whether a rollback runs the task too. */
  readonly runOnRollback: boolean;
  /** Whether RunTask may be called; not when every attempt of the function has died. */
  readonly mayPlace: boolean;
  /** When the request was issued. */
  readonly startAt: number;
  /** When a task that has not ended is stopped; sooner where its containers need longer than what is left until `endAt` to stop. */
  readonly stopAt: number;
  /** When the answer must be on its way, whatever is known by then. */
  readonly endAt: number;
  /** Until when it is waited for that tasks stop where nothing is to run. */
  readonly clearUntil: number;
  /** Whether the request may undo one that was never answered, so that a task may just have been placed. */
  readonly undoesUnanswered: boolean;
  /** Whether the resource has left another cluster, in which its client token keeps nobody from placing a task. */
  readonly leavesCluster?: boolean | undefined;
  /** When another invocation goes on; undefined where none can. */
  readonly handOverAt?: number | undefined;
  /** Container whose exit code decides; undefined leaves it to the task definition. */
  readonly containerName?: string | undefined;
  /** Exit codes that mean success, at least one. */
  readonly allowedExitCodes: readonly number[];
  /** Lines of the log that a failure shows; 0 shows none. */
  readonly logTailLines: number;
}

/** Where a run stands. */
export type Phase = 'checking' | 'preparing' | 'clearing' | 'placing' | 'watching' | 'stopping' | 'reading' | 'answered' | 'handed over';

/** Why a run ends other than by its task's end. */
export type Ending =
  | { readonly kind: 'deadline' }
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'void' }
  | { readonly kind: 'superseded' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'fault'; readonly during: string; readonly fault: Pick<Fault, 'name' | 'message'> };

/** One run, as data. */
export interface RunState {
  readonly phase: Phase;
  /** Set once nothing is to run any more: older tasks are stopped, then SUCCESS. */
  readonly skip?: SkipReason | undefined;
  /** What the task definition says, once it was asked. */
  readonly facts?: TaskFacts | undefined;
  /** The attempt's task. */
  readonly taskArn?: string | undefined;
  /** Since when ECS has answered, and nothing else, that it does not find the task. */
  readonly missingAt?: number | undefined;
  /** The task as last described. */
  readonly task?: TaskRecord | undefined;
  /** Looks so far. */
  readonly polls: number;
  /** Calls in a row that were throttled or not answered. */
  readonly failures: number;
  /** When the stack was last asked. */
  readonly stackCheckedAt?: number | undefined;
  /** Which way the stack went when it was first asked; of an Update alone. One that turns has turned away from the request. */
  readonly course?: 'forward' | 'rollback' | undefined;
  /** Why the stack's status is not known, where it was asked and did not answer. */
  readonly stackUnknown?: string | undefined;
  /** Calls of RunTask that placed nothing, for want of room or of an answer. */
  readonly placements: number;
  /** The window in which RunTask was called last. */
  readonly window?: number | undefined;
  /** Client tokens of that window that are known to be used up. */
  readonly contests: number;
  /** When the tasks of the resource were last asked for. */
  readonly lookedAt?: number | undefined;
  /** Whether none of them was in the way, so that only the stack's word was too old for RunTask. */
  readonly isClear?: boolean | undefined;
  /** The tasks that were found then. */
  readonly known: readonly string[];
  /** What the last one without room said. */
  readonly want?: string | undefined;
  /** When the last call of RunTask was made whose effect is not known. */
  readonly unclearAt?: number | undefined;
  /** Why it ends early. */
  readonly ending?: Ending | undefined;
  /** Whether StopTask was accepted, once it was called. */
  readonly stopAccepted?: boolean | undefined;
  /** The call that is under way. */
  readonly awaiting: Action['kind'];
  /** From when on a list without tasks is believed. */
  readonly settledAt?: number | undefined;
  /** Since when lists have held a task that ECS did not describe. */
  readonly unknownAt?: number | undefined;
  /** Tasks that StopTask was accepted for. */
  readonly stopped: readonly string[];
  /** The end of the log as last read, if there was any. */
  readonly log?: string | undefined;
  /** Reads of the log so far. */
  readonly logReads: number;
}

/** A task that ListTasks found for the resource, described. */
export interface FoundTask {
  readonly order: AttemptOrder;
  readonly task: TaskRecord;
}

/** What has happened since the last decision. */
export type Observation =
  | { readonly kind: 'begun' }
  | { readonly kind: 'waited' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'stack'; readonly status: string | undefined }
  | { readonly kind: 'definition'; readonly facts: TaskFactsResult }
  | { readonly kind: 'found'; readonly tasks: readonly FoundTask[] }
  | { readonly kind: 'placed'; readonly taskArn: string }
  | { readonly kind: 'not placed'; readonly failures: readonly FailureRecord[] }
  | { readonly kind: 'described'; readonly task: TaskRecord }
  | { readonly kind: 'missing' }
  | { readonly kind: 'stop accepted'; readonly taskArn: string }
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'failed'; readonly fault: Fault };

/** What to do next. */
export type Action =
  | { readonly kind: 'check stack' }
  | { readonly kind: 'describe definition' }
  | { readonly kind: 'find tasks' }
  | (Placement & { readonly kind: 'run task'; readonly container: string })
  | { readonly kind: 'describe task'; readonly taskArn: string }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'stop task'; readonly taskArn: string; readonly reason: string }
  | { readonly kind: 'read log'; readonly taskArn: string }
  | { readonly kind: 'hand over' }
  | { readonly kind: 'answer'; readonly answer: Answer };

/** What the request is answered with. */
export type Answer =
  | { readonly kind: 'succeeded'; readonly taskArn: string; readonly outcome: TaskOutcome }
  | {
      readonly kind: 'task failed';
      readonly taskArn: string;
      readonly outcome: TaskOutcome;
      readonly ending?: Ending | undefined;
      readonly log: string;
      readonly logFault?: string | undefined;
    }
  | { readonly kind: 'skipped'; readonly skip: SkipReason }
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'failed';
      readonly code: FailureCode;
      readonly message: string;
      readonly taskArn?: string | undefined;
      /** Whether a task may exist: RunTask was called, and placed one or did not tell, or nobody could look for one of an earlier run. */
      readonly mayExist: boolean;
    };

/** Why a run failed without an outcome of its task. */
export type FailureCode =
  /** The properties, or the task definition, make no run. */
  | 'REFUSED'
  /** RunTask said no. */
  | 'NOT_PLACED'
  /** There was no room until the deadline. */
  | 'NO_CAPACITY'
  /** An AWS call is forbidden or cannot be made. */
  | 'CALL_FAILED'
  /** A task of another attempt still runs. */
  | 'OTHER_RUNNING'
  /** A newer attempt has taken over. */
  | 'SUPERSEDED'
  /** The stack no longer wants it, or somebody interrupted. */
  | 'CANCELLED'
  /** ECS does not know the task any more, or it did not stop in time. */
  | 'OUTCOME_UNKNOWN'
  /** Nothing was placed before the time was over. */
  | 'OUT_OF_TIME';

/** A state and what to do in it. */
export interface Step {
  readonly state: RunState;
  readonly action: Action;
}

/** What a decision depends on beside state and observation. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** At least 0, below 1: jitter. */
  readonly random: number;
}
