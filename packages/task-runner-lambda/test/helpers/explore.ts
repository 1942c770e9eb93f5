import { attemptOf } from '../../src/attempt.js';
import type { Fault } from '../../src/classify-fault.js';
import { decide } from '../../src/machine/decide.js';
import type { Action, FoundTask, Observation, Phase, RunPlan, RunState } from '../../src/machine/plan.js';
import { INITIAL_STATE } from '../../src/machine/step.js';
import type { TaskRecord } from '../../src/ports.js';

const START = 1_000_000_000_000;
const OWN = 'arn:aws:ecs:eu-west-1:111122223333:task/demo/own';
const OTHER = 'arn:aws:ecs:eu-west-1:111122223333:task/demo/other';

/** Moments at which the machine may be asked, from its start on, in milliseconds. */
const MOMENTS = [0, 70_000, 119_000, 600_000, 900_000];

/** One step that was taken. */
export interface Taken {
  readonly plan: RunPlan;
  readonly before: RunState;
  readonly observation: Observation;
  readonly now: number;
  readonly after: RunState;
  readonly action: Action;
}

/** A plan, ten minutes to its deadline. */
export function planOf(changes: Partial<RunPlan> = {}): RunPlan {
  return {
    request: 'Create',
    goal: 'run',
    attempt: { ...attemptOf({ StackId: 'stack', LogicalResourceId: 'Migration', RequestId: 'request' }), issuedAt: START },
    runOnRollback: false,
    mayPlace: true,
    undoesUnanswered: false,
    startAt: START,
    stopAt: START + 600_000,
    endAt: START + 700_000,
    clearUntil: START + 150_000,
    allowedExitCodes: [0],
    logTailLines: 20,
    ...changes,
  };
}

const PLANS: readonly RunPlan[] = [
  planOf(),
  planOf({ request: 'Update' }),
  planOf({ request: 'Update', runOnRollback: true }),
  planOf({ request: 'Update', runOnRollback: true, leavesCluster: true }),
  planOf({ request: 'Update', refusal: 'no' }),
  planOf({ refusal: 'no' }),
  planOf({ skip: 'create' }),
  planOf({ request: 'Once', logTailLines: 0 }),
  planOf({ request: 'Delete', goal: 'stop' }),
  planOf({ request: 'Delete', goal: 'stop', undoesUnanswered: true }),
  planOf({ mayPlace: false, stopAt: START }),
  planOf({ handOverAt: START + 100_000, endAt: START + 3_000_000, stopAt: START + 2_900_000 }),
];

const STOPPED = { taskArn: OWN, lastStatus: 'STOPPED', desiredStatus: 'STOPPED' } as const;
const TASKS: readonly TaskRecord[] = [
  { taskArn: OWN, lastStatus: 'RUNNING' },
  { ...STOPPED, stopCode: 'EssentialContainerExited', containers: [{ name: 'migrate', exitCode: 0 }] },
  { ...STOPPED, stopCode: 'EssentialContainerExited', containers: [{ name: 'migrate', exitCode: 1 }] },
  { ...STOPPED, stopCode: 'TaskFailedToStart', stoppedReason: 'CannotPullContainerError', containers: [{ name: 'migrate' }] },
  { ...STOPPED, stopCode: 'TaskFailedToStart', stoppedReason: 'RESOURCE:MEMORY', containers: [{ name: 'migrate' }] },
  { ...STOPPED, lastStatus: 'DELETED', stopCode: 'UserInitiated', containers: [{ name: 'migrate', exitCode: 143 }] },
];

const FOUND: readonly (readonly FoundTask[])[] = [
  [],
  ...TASKS.map((task) => [{ order: 'own' as const, task }]),
  ...(['older', 'newer', 'unknown'] as const).map((order) => [{ order, task: { taskArn: OTHER, lastStatus: 'RUNNING' } }]),
  [
    { order: 'newer', task: { taskArn: OTHER, lastStatus: 'RUNNING' } },
    { order: 'own', task: { taskArn: OWN, lastStatus: 'RUNNING' } },
  ],
  [
    { order: 'older', task: { taskArn: OTHER, lastStatus: 'RUNNING' } },
    { order: 'own', task: { taskArn: OWN, lastStatus: 'RUNNING' } },
  ],
];

function failed(kind: Fault['kind'], name: string, message = '', resourceIds: readonly string[] = []): Observation {
  return { kind: 'failed', fault: { kind, name, message, resourceIds } };
}

const FAULTS: readonly Observation[] = [
  failed('throttled', 'ThrottlingException'),
  failed('unclear', 'TimeoutError'),
  failed('denied', 'AccessDeniedException'),
  failed('refused', 'ClusterNotFoundException'),
];

/** One of each kind that decisions tell apart. */
const STACK_STATUSES = [
  'CREATE_IN_PROGRESS',
  'UPDATE_IN_PROGRESS',
  'UPDATE_ROLLBACK_IN_PROGRESS',
  'ROLLBACK_IN_PROGRESS',
  'DELETE_IN_PROGRESS',
  'UPDATE_COMPLETE',
];

/** What can come back from each action. */
export const OUTCOMES: Readonly<Record<Action['kind'], readonly Observation[]>> = {
  'check stack': [...STACK_STATUSES.map((status) => ({ kind: 'stack' as const, status })), { kind: 'stack', status: undefined }, ...FAULTS],
  'describe definition': [
    {
      kind: 'definition',
      facts: {
        ok: true,
        value: { container: 'migrate', log: { region: undefined, group: 'g', streamPrefix: 'p' }, stopTimeoutMs: 30_000 },
      },
    },
    { kind: 'definition', facts: { ok: true, value: { container: 'migrate', log: undefined, stopTimeoutMs: 30_000 } } },
    { kind: 'definition', facts: { ok: false, message: 'no' } },
    ...FAULTS,
  ],
  'find tasks': [...FOUND.map((tasks) => ({ kind: 'found' as const, tasks })), ...FAULTS],
  'run task': [
    { kind: 'placed', taskArn: OWN },
    { kind: 'not placed', failures: [{ reason: 'RESOURCE:MEMORY' }] },
    { kind: 'not placed', failures: [{ reason: 'ATTRIBUTE' }] },
    ...FAULTS,
    failed('refused', 'ConflictException', 'token in use', [OWN]),
    failed('refused', 'ConflictException', 'token in use'),
    failed('refused', 'InvalidParameterException', 'No Container Instances were found in your cluster.'),
  ],
  'describe task': [...TASKS.map((task) => ({ kind: 'described' as const, task })), { kind: 'missing' }, ...FAULTS],
  wait: [{ kind: 'waited' }, { kind: 'interrupted' }],
  'stop task': [{ kind: 'stop accepted', taskArn: OWN }, { kind: 'stop accepted', taskArn: OTHER }, ...FAULTS],
  'read log': [{ kind: 'log', text: 'line' }, { kind: 'log', text: '' }, ...FAULTS],
  'hand over': [],
  answer: [],
};

/** Tells every step that can be taken from the beginning; states that decide alike are taken as one. */
export function explore(visit: (taken: Taken) => void): void {
  for (const plan of PLANS) {
    const visited = new Set<string>();
    const open: Array<{ readonly state: RunState; readonly action: Action; readonly at: number }> = [];
    const take = (before: RunState, observation: Observation, at: number): void => {
      const now = START + (MOMENTS[at] ?? 0);
      const { state: after, action } = decide(plan, before, observation, { now, random: 0.5 });
      visit({ plan, before, observation, now, after, action });
      const key = `${abstract(after, now)} ${at}`;
      if (visited.has(key)) return;
      visited.add(key);
      open.push({ state: after, action, at });
    };
    take(INITIAL_STATE, { kind: 'begun' }, 0);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { state, action, at } = next;
      for (const observation of OUTCOMES[action.kind]) {
        for (let later = at; later < MOMENTS.length; later += 1) take(state, observation, later);
      }
    }
  }
}

/** What of a state most decisions depend on. Of counters and moments, which would make the states endless, only what is about to matter. */
function abstract(state: RunState, now: number): string {
  const { phase, awaiting, skip, facts, taskArn, ending, stopAccepted, stopped, logReads, log, settledAt, unknownAt, course } = state;
  const isSettled = phase === 'clearing' && settledAt !== undefined ? now >= settledAt : undefined;
  // The task as last described matters where a log is read, and nowhere else.
  const task = phase === 'reading' ? [state.task?.stopCode, logReads, log] : undefined;
  const hasLog = phase === 'watching' || phase === 'stopping' ? facts?.log !== undefined : undefined;
  return JSON.stringify([
    phase,
    awaiting,
    skip,
    facts === undefined,
    hasLog,
    taskArn,
    task,
    ending?.kind,
    course,
    stopAccepted,
    [...new Set(stopped)].sort(),
    isSettled,
    phase === 'clearing' && unknownAt !== undefined ? now >= unknownAt + 10_000 : undefined,
    phase === 'clearing' ? state.lookedAt : undefined,
    phase === 'placing' ? state.known : undefined,
    phase === 'checking' ? state.isClear : undefined,
    phase === 'clearing' ? now - (state.stackCheckedAt ?? 0) > 5_000 : undefined,
  ]);
}

/** From where to where a step led. */
export function edgeOf({ before, observation, after }: Taken): string {
  return `${before.phase} | ${observation.kind} | ${after.phase}`;
}

/** Phases in which nothing more happens. */
export const FINAL: readonly Phase[] = ['answered', 'handed over'];
