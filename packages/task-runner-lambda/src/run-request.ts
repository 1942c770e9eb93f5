import { isDeepStrictEqual } from 'node:util';
import type { CustomResourceRequest, ResourceProperties } from '@plimsoll/cfn-response';
import { type Attempt, physicalResourceIdOf } from './attempt.js';
import type { RunPlan, SkipReason } from './machine/plan.js';
import { type ReadProperties, readProperties, type TaskRunProperties } from './read-properties.js';
import { clusterNameOf } from './task-facts.js';
import { planTime, type TimePlan } from './time-plan.js';

/** What is known about an invocation before its request is looked into. */
export interface RequestFacts {
  readonly request: CustomResourceRequest;
  readonly attempt: Attempt;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When the request was first received, where its address does not tell when it was issued. */
  readonly startedAt: number | undefined;
  /** Until Lambda ends the invocation, in milliseconds. */
  readonly remainingMs: number;
  readonly longestSeconds: number;
  readonly mayHandOver: boolean;
  /** Whether every attempt of the function has died, and all that is left is to stop and to answer. */
  readonly abandoned: boolean;
}

/** A request, planned. */
export interface PlannedRequest {
  readonly plan: RunPlan;
  readonly time: TimePlan;
  /** Undefined on Delete, and where they were refused. */
  readonly properties: TaskRunProperties | undefined;
  readonly cluster: string | undefined;
  readonly formerCluster: string | undefined;
  /** Whether a Delete leaves a running task alone. */
  readonly leavesTask: boolean;
}

/** The cluster ECS takes where a call names none: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const DEFAULT_CLUSTER = 'default';

/** The properties that say what is run; a change of any other runs nothing again. */
const DECIDING: readonly string[] = ['Cluster', 'TaskDefinition', 'Overrides', 'Triggers'];

/** Plans a request. */
export function planRequest(facts: RequestFacts): PlannedRequest {
  const { request, attempt, now, abandoned } = facts;
  const given = request.ResourceProperties;
  // A Delete brings whatever properties the template once had: nothing of them is required.
  const read: ReadProperties | undefined = request.RequestType === 'Delete' ? undefined : readProperties(given, facts);
  const properties = read?.ok ? read.value : undefined;
  const time = planTime({
    now,
    issuedAt: attempt.issuedAt ?? facts.startedAt,
    remainingMs: facts.remainingMs,
    serviceSeconds: serviceSecondsOf(given),
    timeoutSeconds: properties?.timeoutSeconds ?? facts.longestSeconds,
    mayHandOver: facts.mayHandOver && request.RequestType !== 'Delete' && !abandoned,
  });
  const cluster = textOf(given.Cluster);
  const formerCluster = request.RequestType === 'Update' ? (textOf(request.OldResourceProperties.Cluster) ?? DEFAULT_CLUSTER) : undefined;
  const plan: RunPlan = {
    request: request.RequestType,
    goal: request.RequestType === 'Delete' ? 'stop' : 'run',
    ...outOfProperties(request, read),
    attempt,
    mayPlace: !abandoned,
    startAt: time.startAt,
    stopAt: abandoned ? now : time.stopAt,
    endAt: time.endAt,
    clearUntil: time.clearUntil,
    undoesUnanswered: request.RequestType === 'Delete' && request.PhysicalResourceId !== physicalResourceIdOf(request),
    leavesCluster: formerCluster !== undefined && clusterNameOf(formerCluster) !== clusterNameOf(cluster),
    handOverAt: time.handOverAt,
  };
  const leavesTask = request.RequestType === 'Delete' && isFalse(given.StopOnDelete);
  return { plan, time, properties, cluster, formerCluster, leavesTask };
}

/** What the properties say; where they are refused, no more than whether a rollback runs the task. */
function outOfProperties(request: CustomResourceRequest, read: ReadProperties | undefined) {
  if (!read?.ok) {
    const runOnRollback = isTrue(request.ResourceProperties.RunOnRollback);
    return { refusal: read?.message, runOnRollback, allowedExitCodes: [0], logTailLines: 0 };
  }
  const { runOnRollback, containerName, allowedExitCodes, logTailLines } = read.value;
  return { skip: skipOf(request, read.value), runOnRollback, containerName, allowedExitCodes, logTailLines };
}

function skipOf(request: CustomResourceRequest, { runOn }: TaskRunProperties): SkipReason | undefined {
  if (request.RequestType === 'Create') return runOn === 'update' ? 'create' : undefined;
  if (request.RequestType !== 'Update') return undefined;
  if (runOn === 'create') return 'update';
  const changed = DECIDING.some((name) => !isDeepStrictEqual(request.ResourceProperties[name], request.OldResourceProperties[name]));
  return changed ? undefined : 'unchanged';
}

function serviceSecondsOf(properties: ResourceProperties): number | undefined {
  const seconds = Number(properties.ServiceTimeout);
  return Number.isInteger(seconds) && seconds >= 1 ? seconds : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}
