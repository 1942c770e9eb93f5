import { attemptOf } from './attempt.js';
import { describeFault, type Fault } from './classify-fault.js';
import { type Clock, sleep } from './clock.js';
import { drive } from './drive.js';
import { LogFollower, type LogLook } from './follow-log.js';
import type { Action, Answer, Observation, RunState } from './machine/plan.js';
import type { EcsPort, LogPlace, LogsPort } from './ports.js';
import type { TaskRunProperties } from './read-properties.js';
import { logPlaceOf, type TaskFacts } from './task-facts.js';

/** Pause between two looks into the log, in milliseconds. */
const FOLLOW_MS = 2_000;

/** Looks that find the log's end after the task's, for what the log driver still sends. */
const LAST_LOOKS = 2;

/** How long the rest of a log is read for after the task's end, in milliseconds. */
const REST_MS = 30_000;

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
  /** Why the log that was followed has not been read to its end; undefined if it has, or was not followed. */
  readonly logFault?: string | undefined;
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
  const logFault = await following;
  const logPlace = end.state.taskArn === undefined ? undefined : placeOf(end.state.taskArn);
  const answer: Answer =
    end.kind === 'answered' ? end.answer : { kind: 'failed', code: 'OUTCOME_UNKNOWN', message: 'handed over to nobody', mayExist: true };
  return { answer, container: facts?.container, logPlace, logFault };
}

/**
 * Passes the log on until the run has ended and the log driver has sent the rest.
 *
 * @returns why some of it is missing, if so
 */
async function follow(
  { logs, clock }: RunTaskOnceDependencies,
  { properties, onLogLine }: RunTaskOnceOptions,
  placeNow: () => LogPlace | undefined,
  ended: AbortSignal,
): Promise<string | undefined> {
  if (onLogLine === undefined) return undefined;
  let follower: LogFollower | undefined;
  const look = async (): Promise<LogLook | undefined> => {
    const place = placeNow();
    if (place !== undefined) follower ??= new LogFollower({ logs, place, redact: properties.redact, onLine: onLogLine });
    return follower?.look();
  };
  while (!ended.aborted) {
    const seen = await look();
    if (isFinal(seen)) return describeFault(seen);
    if (seen !== 'more') await sleep(clock, FOLLOW_MS, ended);
  }
  return readRest(clock, look);
}

/** Reads on until the log's end has been found often enough, or for as long as that is waited for. */
async function readRest(clock: Clock, look: () => Promise<LogLook | undefined>): Promise<string | undefined> {
  const giveUpAt = clock.now() + REST_MS;
  for (let ends = 0; ends < LAST_LOOKS; ) {
    const seen = await look();
    // A run without a task has no log.
    if (seen === undefined) return undefined;
    if (seen === 'end') ends += 1;
    else if (isFinal(seen) || clock.now() >= giveUpAt)
      return seen === 'more' ? `it goes on after ${REST_MS / 1000} s` : describeFault(seen);
    if (seen !== 'more') await sleep(clock, FOLLOW_MS / 2);
  }
  return undefined;
}

/** Whether a log stays as it is: one that must not be read, say. */
function isFinal(seen: LogLook | undefined): seen is Fault {
  return typeof seen === 'object' && (seen.kind === 'denied' || seen.kind === 'refused');
}
