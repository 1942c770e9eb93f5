import { attemptOf } from './attempt.js';
import { type Clock, sleep } from './clock.js';
import { drive } from './drive.js';
import { LogFollower } from './follow-log.js';
import type { Action, Answer, Observation, RunState } from './machine/plan.js';
import type { EcsPort, LogPlace, LogsPort } from './ports.js';
import type { TaskRunProperties } from './read-properties.js';
import { logPlaceOf, type TaskFacts } from './task-facts.js';

/** Pause between two looks into the log, in milliseconds. */
const FOLLOW_MS = 2_000;

/** Looks after the task's end, for what the log driver still sends. */
const LAST_LOOKS = 3;

/** Kept after the deadline for the task to stop, in milliseconds: the longest stop time-out and some. */
const STOP_MS = 150_000;

/** What a single run works with. */
export interface RunTaskOnceDependencies {
  readonly ecs: EcsPort;
  readonly logs: LogsPort;
  readonly clock: Clock;
  /** At least 0, below 1: jitter. */
  readonly random: () => number;
}

/** What a single run is. */
export interface RunTaskOnceOptions {
  /** Properties, as {@link readProperties} gives them. `runOn`, `runOnRollback` and `stopOnDelete` do not matter. */
  readonly properties: TaskRunProperties;
  /** Tells this run from others. The same id again finds the task of the same run again. */
  readonly runId: string;
  /** Stops the task when it is aborted; the run then ends once the task has. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each step. */
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
  /** Told of each line of the task's log, redacted, with its escapes. */
  readonly onLogLine?: ((line: string) => void) | undefined;
}

/** Where a run stands. */
export interface RunProgress {
  readonly state: RunState;
  readonly action: Action;
  /** What has led there. */
  readonly observation: Observation;
}

/** How a single run ended. */
export interface TaskRunReport {
  readonly answer: Answer;
  /** Container whose exit code decided. */
  readonly container: string | undefined;
  /** Where the task's log is. */
  readonly logPlace: LogPlace | undefined;
}

/**
 * Runs a task outside of CloudFormation, by the same decisions.
 *
 * @example
 * const read = readProperties({ Cluster: 'demo', TaskDefinition: 'migrate' }, { longestSeconds: 3600 });
 * if (read.ok) await runTaskOnce({ ...createPorts(region, env), clock: systemClock, random: Math.random }, { properties: read.value, runId });
 */
export async function runTaskOnce(dependencies: RunTaskOnceDependencies, options: RunTaskOnceOptions): Promise<TaskRunReport> {
  const { ecs, logs, clock, random } = dependencies;
  const { properties, runId, signal } = options;
  const now = clock.now();
  const attempt = attemptOf({ StackId: 'plimsoll run-task', LogicalResourceId: runId, RequestId: runId });
  const stopAt = now + properties.timeoutSeconds * 1000;
  let facts: TaskFacts | undefined;
  let taskArn: string | undefined;
  const placeOf = (arn: string): LogPlace | undefined => (facts === undefined ? undefined : logPlaceOf(facts, arn));
  const ended = new AbortController();
  const following = follow(dependencies, options, () => (taskArn === undefined ? undefined : placeOf(taskArn)), ended.signal);
  const end = await drive({
    plan: {
      request: 'Once',
      goal: 'run',
      attempt,
      runOnRollback: true,
      mayPlace: true,
      undoesUnanswered: false,
      startAt: now,
      stopAt,
      endAt: stopAt + STOP_MS,
      clearUntil: stopAt,
      containerName: properties.containerName,
      allowedExitCodes: properties.allowedExitCodes,
      // What follows the log need not be told its end.
      logTailLines: options.onLogLine === undefined ? properties.logTailLines : 0,
    },
    execution: {
      ...{ ecs, logs, clock, attempt, properties, cluster: properties.cluster, logPlace: placeOf },
      onFacts: (found) => {
        facts = found;
      },
    },
    clock,
    random,
    signal,
    onStep: (state, action, observation) => {
      taskArn = state.taskArn;
      options.onProgress?.({ state, action, observation });
    },
  }).finally(() => ended.abort());
  await following;
  const logPlace = end.state.taskArn === undefined ? undefined : placeOf(end.state.taskArn);
  const answer: Answer =
    end.kind === 'answered' ? end.answer : { kind: 'failed', code: 'OUTCOME_UNKNOWN', message: 'handed over to nobody', mayExist: true };
  return { answer, container: facts?.container, logPlace };
}

/** Passes the log on until the run has ended and the log driver has sent the rest. */
async function follow(
  { logs, clock }: RunTaskOnceDependencies,
  { properties, onLogLine }: RunTaskOnceOptions,
  placeNow: () => LogPlace | undefined,
  ended: AbortSignal,
): Promise<void> {
  if (onLogLine === undefined) return;
  let follower: LogFollower | undefined;
  for (let lastLooks = 0; lastLooks < LAST_LOOKS; lastLooks += ended.aborted ? 1 : 0) {
    const place = placeNow();
    if (place !== undefined) follower ??= new LogFollower({ logs, place, redact: properties.redact, onLine: onLogLine });
    const fault = await follower?.read();
    // A run without a task has no log, and one that must not be read stays so.
    if ((ended.aborted && follower === undefined) || fault?.kind === 'denied') return;
    // Once the run is over its signal wakes nobody any more.
    await sleep(clock, ended.aborted ? FOLLOW_MS / 2 : FOLLOW_MS, ended.aborted ? undefined : ended);
  }
}
