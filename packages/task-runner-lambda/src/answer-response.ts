import {
  CREATE_FAILED_PHYSICAL_RESOURCE_ID,
  type CustomResourceRequest,
  type CustomResourceResponse,
  fitResponse,
  MAX_RESPONSE_BYTES,
  sanitiseReason,
  trimToBytes,
} from '@plimsoll/cfn-response';
import { physicalResourceIdOf } from './attempt.js';
import { redactText } from './log-tail.js';
import type { Answer, Ending } from './machine/plan.js';
import { describeEnding } from './machine/step.js';
import type { LogPlace } from './ports.js';
import { taskIdOf } from './task-facts.js';
import type { TaskOutcome } from './task-outcome.js';

/** Longest `StoppedReason` among the attributes, in bytes. */
const MAX_STOPPED_REASON_BYTES = 1024;

/** What an answer is told with. */
export interface Telling {
  readonly request: CustomResourceRequest;
  /** Container whose exit code decided; undefined if it did not come to that. */
  readonly container: string | undefined;
  /** Where the task's log is. */
  readonly logPlace: LogPlace | undefined;
  /** What must not be shown. */
  readonly redact: readonly RegExp[];
  /** Why the answer comes from another function than the one asked, if it does. */
  readonly abandoned: string | undefined;
}

/** The response that an answer makes. */
export function responseTo(answer: Answer, telling: Telling): CustomResourceResponse {
  const { StackId, RequestId, LogicalResourceId } = telling.request;
  const identifiers = { PhysicalResourceId: idFor(answer, telling.request), StackId, RequestId, LogicalResourceId };
  switch (answer.kind) {
    case 'succeeded':
      return { Status: 'SUCCESS', ...identifiers, Data: dataOf(answer.taskArn, answer.outcome, telling) };
    case 'skipped': {
      const Reason = `nothing was run: ${SKIPPED[answer.skip]}`;
      return {
        Status: 'SUCCESS',
        ...identifiers,
        Reason,
        Data: { TaskArn: '', ExitCode: '', StoppedReason: '', LogStream: '', Skipped: 'true' },
      };
    }
    case 'stopped':
      return { Status: 'SUCCESS', ...identifiers };
    case 'task failed':
      return withLog({ Status: 'FAILED', ...identifiers, Reason: factsOf(answer, telling) }, answer.log);
    case 'failed':
      return {
        Status: 'FAILED',
        ...identifiers,
        Reason: shown(`${prefaceOf(telling)}${answer.message} (${answer.code})`, telling),
      };
  }
}

const SKIPPED = {
  create: 'RunOn leaves Create out',
  update: 'RunOn leaves Update out',
  unchanged: 'neither Cluster, TaskDefinition, Overrides nor Triggers has changed',
  rollback: 'the stack is being rolled back, and RunOnRollback is false',
} as const;

/**
 * Id of the resource.
 *
 * After a Create that certainly started nothing it is the marker whose Delete is skipped: the function may not even be allowed to look.
 */
function idFor(answer: Answer, request: CustomResourceRequest): string {
  if (request.RequestType === 'Delete') return request.PhysicalResourceId;
  if (request.RequestType === 'Create') {
    const isFinal = answer.kind === 'failed' && (answer.code === 'REFUSED' || answer.code === 'CALL_FAILED');
    const startedNothing = isFinal && !answer.mayExist;
    return startedNothing ? CREATE_FAILED_PHYSICAL_RESOURCE_ID : physicalResourceIdOf(request);
  }
  const isMarker = request.PhysicalResourceId === CREATE_FAILED_PHYSICAL_RESOURCE_ID;
  return isMarker ? physicalResourceIdOf(request) : request.PhysicalResourceId;
}

function dataOf(taskArn: string, outcome: TaskOutcome, telling: Telling): Readonly<Record<string, string>> {
  return {
    TaskArn: taskArn,
    ExitCode: outcome.exitCode === undefined ? '' : String(outcome.exitCode),
    StoppedReason: trimToBytes(shown(outcome.stoppedReason ?? '', telling), MAX_STOPPED_REASON_BYTES),
    LogStream: telling.logPlace?.stream ?? '',
    Skipped: 'false',
  };
}

/** The facts of a failure in one line, the deciding ones first. */
function factsOf(answer: Extract<Answer, { kind: 'task failed' }>, telling: Telling): string {
  const { outcome, ending, taskArn, logFault } = answer;
  const { exitCode, stopCode, stoppedReason, containerReason, others } = outcome;
  const container = `container ${telling.container ?? 'of the task'}`;
  const facts = [
    ...endingOf(ending),
    exitCode === undefined
      ? `${container} has no exit code: it never started, or ECS lost it`
      : `${container} exited with code ${exitCode}`,
    ...(containerReason ? [containerReason] : []),
    ...(stopCode ? [`stop code ${stopCode}`] : []),
    ...(stoppedReason ? [`stopped reason: ${stoppedReason}`] : []),
    `task ${taskIdOf(taskArn)}`,
    ...(others.length === 0 ? [] : [`other containers: ${others.join(', ')}`]),
    ...(telling.logPlace === undefined ? [] : [`log stream ${telling.logPlace.stream} of ${telling.logPlace.group}`]),
    ...(logFault === undefined ? [] : [`log not readable: ${logFault}`]),
  ];
  // One by one: a pattern that is given up on one of them hides no other.
  return shown(prefaceOf(telling), telling) + facts.map((fact) => shown(fact, telling)).join('; ');
}

/** A text as it may be shown. It is cleaned first: a control character inside a secret would hide it from its pattern, and go later. */
function shown(text: string, { redact }: Telling): string {
  return redactText(sanitiseReason(text), redact);
}

function endingOf(ending: Ending | undefined): readonly string[] {
  return ending === undefined ? [] : [`${describeEnding(ending)}, the task was stopped`];
}

function prefaceOf({ abandoned }: Telling): string {
  return abandoned === undefined ? '' : `the function failed at every attempt (${abandoned}): `;
}

/** Adds as much of the end of a log as there is room for behind the facts. */
function withLog(response: CustomResourceResponse & { readonly Status: 'FAILED' }, log: string): CustomResourceResponse {
  if (log === '') return response;
  const Reason = `${trimToBytes(sanitiseReason(response.Reason), FACTS_BYTES)}\nlast lines of the log:\n`;
  const fitted = fitResponse({ ...response, Reason: `${Reason}.` });
  if (!fitted.ok) return response;
  const room = MAX_RESPONSE_BYTES - fitted.value.bytes;
  return { ...response, Reason: Reason + trimToBytes(log, Math.max(0, room), { keep: 'end' }) };
}

/** Most the facts take, in bytes, where a log follows. */
const FACTS_BYTES = 2048;
