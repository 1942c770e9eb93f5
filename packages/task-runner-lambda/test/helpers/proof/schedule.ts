import {
  type ContainerScript,
  createRandom,
  type FaultEffect,
  type FaultMatch,
  type FaultRule,
  type SeededRandom,
  type TerminateScript,
} from '@plimsoll/simulator';

/** How a run of the function dies of itself. */
export type Death =
  /** At one of its calls, before the call is made or after it had its effect. */
  | { readonly kind: 'call'; readonly step: number; readonly performed: boolean }
  /** At any moment, waiting or not. */
  | { readonly kind: 'moment'; readonly afterMs: number };

/** What is done to the stack, in order. */
export type StackStep =
  | { readonly kind: 'deploy'; readonly otherFailsAfterMs?: number; readonly preserve?: boolean }
  /** The stack operation is tried again, if the last one failed and was left as it is. */
  | { readonly kind: 'retry' }
  | { readonly kind: 'remove' };

/** One story of a stack and all that goes wrong in it. Made from its seed alone. */
export interface ProofSchedule {
  readonly seed: number;
  readonly mode: 'direct' | 'long';
  /** `Timeout` of the resource, in seconds. */
  readonly timeoutSeconds: number;
  /** `ServiceTimeout`, in seconds; undefined sends none, which is an hour. */
  readonly serviceTimeoutSeconds: number | undefined;
  readonly steps: readonly StackStep[];
  /** Between two steps, in milliseconds. */
  readonly pauseMs: number;
  /** Beside the deciding container. */
  readonly sidecar: 'none' | 'helper' | 'essential';
  /** What each task's deciding container does, in the order of placement; the last one again from then on. */
  readonly tasks: readonly [ContainerScript, ...ContainerScript[]];
  readonly pendingMs: number;
  readonly logMs: number;
  /** What the cluster lacks for a while, and for how long. */
  readonly lacks: { readonly what: 'nothing' | 'hosts' | 'room' | 'agent'; readonly forMs: number };
  readonly newTasksHidden: { readonly milliseconds: number; readonly calls: number };
  readonly latencyMs: number;
  readonly faults: readonly FaultRule[];
  /** Of the bucket for answers. */
  readonly putFaults: readonly FaultRule[];
  /** Of the function's runs, in the order in which they begin; no more than three die. */
  readonly deaths: readonly (Death | undefined)[];
  /** When each request is delivered once more, in milliseconds; undefined is never. */
  readonly duplicatesAfterMs: readonly (number | undefined)[];
  /** Whether the first Update seems to make a new resource, so that the old id is deleted after it. */
  readonly replaces: boolean;
  /** Whether the Update of a rollback runs the task, too. */
  readonly runsOnRollback: boolean;
  /** Whether ECS repeats a RunTask that found no room to its client token, or tries again. */
  readonly repeatsFailures: boolean;
  /** How far into two minutes of the clock the story begins, in milliseconds. */
  readonly phaseMs: number;
}

/** The schedule of a seed, an integer from 0 to 4294967295. */
export function scheduleOf(seed: number): ProofSchedule {
  const schedule = drawn(seed);
  if (!schedule.runsOnRollback) return schedule;
  // Where both run, an update and its Update back that are signed in the same second cannot be put in order: not covered.
  const later = (step: StackStep): StackStep =>
    step.kind === 'deploy' && step.otherFailsAfterMs !== undefined
      ? { ...step, otherFailsAfterMs: Math.max(step.otherFailsAfterMs, 1_500) }
      : step;
  return { ...schedule, steps: schedule.steps.map(later) };
}

function drawn(seed: number): ProofSchedule {
  const random = createRandom(seed);
  const mode = random.chance(0.35) ? 'long' : 'direct';
  const timeoutSeconds = mode === 'long' ? random.pick([300, 1_800, 3_600]) : random.pick([30, 120, 300, 840]);
  return {
    seed,
    mode,
    timeoutSeconds,
    serviceTimeoutSeconds: random.chance(0.5) ? Math.min(3_600, timeoutSeconds + 300) : undefined,
    steps: stepsOf(random),
    pauseMs: random.pick([0, 0, 5_000, 90_000, 4_000_000]),
    sidecar: random.pick(['none', 'none', 'helper', 'essential']),
    tasks: [scriptOf(random), scriptOf(random), scriptOf(random)],
    pendingMs: random.pick([0, 0, 2_000, 20_000, 70_000]),
    logMs: random.pick([0, 0, 1_000, 8_000]),
    lacks: {
      what: random.pick(['nothing', 'nothing', 'nothing', 'hosts', 'room', 'agent']),
      forMs: random.pick([10_000, 100_000, 400_000, 2_000_000]),
    },
    newTasksHidden: { milliseconds: random.pick([0, 0, 1_000, 4_000]), calls: random.pick([0, 0, 1, 3]) },
    latencyMs: random.pick([20, 100, 1_000]),
    faults: several(random, 6, () => faultOf(random)),
    putFaults: several(random, 2, () => ({
      service: 's3',
      nth: 1 + random.below(4),
      ...random.pick<FaultEffect>([
        { kind: 'lostRequest' },
        { kind: 'lostResponse' },
        { kind: 'throttle' },
        { kind: 'delay', milliseconds: 5_000 },
      ]),
    })),
    deaths: deathsOf(random),
    duplicatesAfterMs: several(random, 5, () => (random.chance(0.3) ? random.pick([0, 40, 1_000, 30_000, 125_000, 300_000]) : undefined)),
    replaces: random.chance(0.15),
    runsOnRollback: random.chance(0.3),
    repeatsFailures: random.chance(0.5),
    phaseMs: random.below(120) * 1_000,
  };
}

function stepsOf(random: SeededRandom): readonly StackStep[] {
  const soon = (): number => random.pick([500, 3_000, 25_000, 150_000, 700_000]);
  const deploy: StackStep = { kind: 'deploy' };
  const stories: readonly (readonly StackStep[])[] = [
    [deploy, { kind: 'remove' }],
    [deploy, deploy, { kind: 'remove' }],
    [deploy, deploy, deploy, { kind: 'remove' }],
    [deploy, { kind: 'remove' }, deploy, { kind: 'remove' }],
    [{ ...deploy, otherFailsAfterMs: soon() }],
    [deploy, { ...deploy, otherFailsAfterMs: soon() }, { kind: 'remove' }],
    [deploy, { ...deploy, otherFailsAfterMs: soon() }, deploy, { kind: 'remove' }],
    [{ ...deploy, preserve: true }, { kind: 'retry' }, { kind: 'retry' }, { kind: 'remove' }],
    [deploy, { ...deploy, preserve: true }, { kind: 'retry' }, { kind: 'remove' }],
  ];
  return stories[random.below(stories.length)] ?? [deploy];
}

function scriptOf(random: SeededRandom): ContainerScript {
  if (random.chance(0.12)) {
    return {
      failsToStart: random.pick([
        'CannotPullContainerError: pull access denied for migrate',
        'ResourceInitializationError: unable to pull secrets',
        'CannotStartContainerError: no such file',
      ]),
      hasLogStream: false,
    };
  }
  return {
    ...(random.chance(0.95)
      ? { exitsAfterMs: random.pick([0, 1_000, 15_000, 15_000, 100_000, 500_000, 900_000, 2_000_000, 5_000_000]) }
      : {}),
    exitCode: random.pick([0, 0, 0, 0, 1, 137, 'absent' as const]),
    onTerminate: random.pick<TerminateScript | 'ignore'>(['ignore', {}, {}, { afterMs: 10_000 }, { afterMs: 2_000, exitCode: 0 }]),
    lines: [{ afterMs: 10, text: 'migrating \u001b[31mred\u001b[0m' }],
    hasLogStream: random.chance(0.8),
  };
}

/** Calls the function makes, those that matter most more often. */
const CALLS: readonly FaultMatch[] = [
  { service: 'ecs', operation: 'RunTask' },
  { service: 'ecs', operation: 'RunTask' },
  { service: 'ecs', operation: 'DescribeTasks' },
  { service: 'ecs', operation: 'ListTasks' },
  { service: 'ecs', operation: 'StopTask' },
  { service: 'ecs', operation: 'DescribeTaskDefinition' },
  { service: 'cloudformation', operation: 'DescribeStacks' },
  { service: 'logs', operation: 'GetLogEvents' },
  { service: 'lambda', operation: 'Invoke' },
  {},
];

/** How often in a row it goes wrong. StopTask gets three quarters of a minute; what nobody can stop runs on. */
function timesOf({ operation }: FaultMatch): readonly [number, ...number[]] {
  return operation === 'StopTask' ? [1, 1, 3] : [1, 1, 1, 3, 10];
}

function faultOf(random: SeededRandom): FaultRule {
  const call = CALLS[random.below(CALLS.length)] ?? {};
  // What may not be read for good, the run does without; what it may not stop, nobody can stop.
  if (call.service === 'logs' && random.chance(0.3)) return { ...call, kind: 'accessDenied' };
  const nth = 1 + random.below(call.operation === undefined ? 40 : 6);
  const times = random.pick(timesOf(call));
  const effect = random.pick<FaultEffect>([
    { kind: 'throttle' },
    { kind: 'lostRequest' },
    { kind: 'lostResponse' },
    { kind: 'lostResponse' },
    { kind: 'error', code: 'ServerException', status: 500 },
    // The first is late, the others are not waited for, and have their effect all the same.
    { kind: 'delay', milliseconds: 4_000 },
    { kind: 'delay', milliseconds: 11_000 },
    { kind: 'delay', milliseconds: 13_000 },
  ]);
  // Ten time-outs in a row take as long as the shortest request has.
  return { ...call, nth, times: effect.kind === 'delay' ? Math.min(times, 3) : times, ...effect };
}

function deathsOf(random: SeededRandom): readonly (Death | undefined)[] {
  if (random.chance(0.4)) return [];
  let left = 3;
  return several(random, 8, () => {
    if (left === 0 || random.chance(0.4)) return undefined;
    left -= 1;
    return random.chance(0.7)
      ? { kind: 'call', step: 1 + random.below(random.pick([6, 12, 60])), performed: random.chance(0.5) }
      : { kind: 'moment', afterMs: random.pick([10, 700, 5_000, 40_000, 400_000]) };
  });
}

function several<T>(random: SeededRandom, most: number, make: () => T): readonly T[] {
  return Array.from({ length: random.below(most + 1) }, make);
}

/** The schedule without what goes wrong around it: calls, answers and the function itself are sound; tasks and stacks may still fail. */
export function calmed(schedule: ProofSchedule): ProofSchedule {
  return { ...schedule, faults: [], putFaults: [], deaths: [], duplicatesAfterMs: [], newTasksHidden: { milliseconds: 0, calls: 0 } };
}

/** The schedule in seconds instead of minutes, for real processes and real time. */
export function quickened(schedule: ProofSchedule): ProofSchedule {
  const soon = <R extends FaultRule>(rule: R): R => ({
    ...rule,
    ...(rule.times === undefined ? {} : { times: Math.min(rule.times, 2) }),
    ...(rule.kind === 'delay' ? { milliseconds: 300 } : {}),
  });
  const shorter = (script: ContainerScript): ContainerScript => ({
    ...script,
    ...(script.exitsAfterMs === undefined
      ? {}
      : { exitsAfterMs: script.exitsAfterMs > 1_000_000 ? 60_000 : Math.min(script.exitsAfterMs, 3_000) }),
  });
  const [first, ...others] = schedule.tasks;
  return {
    ...schedule,
    timeoutSeconds: schedule.mode === 'long' ? 15 : 8,
    serviceTimeoutSeconds: undefined,
    steps: schedule.steps.map((step) =>
      step.kind === 'deploy' && step.otherFailsAfterMs !== undefined
        ? { ...step, otherFailsAfterMs: Math.min(step.otherFailsAfterMs, 2_500) }
        : step,
    ),
    pauseMs: 0,
    tasks: [shorter(first), ...others.map(shorter)],
    pendingMs: Math.min(schedule.pendingMs, 500),
    logMs: Math.min(schedule.logMs, 500),
    lacks: { ...schedule.lacks, forMs: 2_000 },
    newTasksHidden: {
      milliseconds: Math.min(schedule.newTasksHidden.milliseconds, 500),
      calls: Math.min(schedule.newTasksHidden.calls, 1),
    },
    faults: schedule.faults.map(soon),
    putFaults: schedule.putFaults.map(soon),
    deaths: schedule.deaths.map((death) =>
      death === undefined
        ? undefined
        : { kind: 'moment', afterMs: death.kind === 'call' ? death.step * 60 : Math.min(death.afterMs, 4_000) },
    ),
    duplicatesAfterMs: schedule.duplicatesAfterMs.map((after) => (after === undefined ? undefined : Math.min(after, 2_000))),
  };
}
