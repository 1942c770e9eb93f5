import type { AsyncInvocation } from '../lambda-api/async-invocation.js';
import type { Scheduler } from '../virtual-time/scheduler.js';
import { type CustomResourceAnswer, readAnswer } from './custom-resource-answer.js';
import type { CustomResourceRequest } from './custom-resource-request.js';
import type { ResponseBucket } from './response-bucket.js';
import type { Decision, Purpose } from './stack-machine.js';

/** Longest and usual time CloudFormation waits for an answer, in seconds (CloudFormation User Guide, `ServiceTimeout`). */
const LONGEST_WAIT_SECONDS = 3600;

/** A PUT that reached a request's URL. */
export interface AnswerRecord {
  /** When. */
  readonly at: Date;
  /** What it says. */
  readonly body: string;
  /** Whether it decided the request, came after the decision, or broke the rules. */
  readonly verdict: 'effective' | 'late' | 'invalid';
  /** What CloudFormation lets pass though it should not be, or why it is invalid. */
  readonly complaints: readonly string[];
}

/** One request and what became of it. */
export interface DrivenRequest {
  /** What it was sent for. */
  readonly purpose: Purpose;
  /** The event. */
  readonly event: CustomResourceRequest;
  /** When it was sent. */
  readonly sentAt: Date;
  /** When CloudFormation gives up waiting. */
  readonly deadline: Date;
  /** Runs of the function. */
  readonly invocation: AsyncInvocation;
  /** PUTs so far, oldest first. */
  readonly answers: readonly AnswerRecord[];
  /** What ended the wait; undefined while it lasts. */
  readonly endedBy: 'answer' | 'invalidAnswer' | 'timeout' | 'abandoned' | undefined;
  /** When the wait ended. */
  readonly endedAt: Date | undefined;
  /** The decision; undefined while the wait lasts, and if it was abandoned. */
  readonly decision: Decision | undefined;
}

/** A request that is waited for. */
export interface OpenRequest {
  /** What became of it so far. */
  readonly driven: DrivenRequest;
  /** Hands it to the function. */
  deliver(invoke: (event: CustomResourceRequest) => AsyncInvocation): void;
  /** Waits no longer; what arrives afterwards is late. */
  abandon(): void;
}

/** What a request is opened with. */
export interface RequestOptions {
  /** Clock and timers. */
  readonly scheduler: Scheduler;
  /** Where its answer is PUT. */
  readonly bucket: ResponseBucket;
  /** What it is sent for. */
  readonly purpose: Purpose;
  /** The event, once its URL is known. */
  readonly eventFor: (url: string) => CustomResourceRequest;
  /** Whether an answer that breaks the rules fails the resource. @default 'fail' */
  readonly invalidAnswers?: 'fail' | 'ignore';
  /** How long an answer is waited for, in whole seconds, 1 to 3600. @default 3600 */
  readonly serviceTimeoutSeconds?: number;
  /** Told of the decision, once. */
  readonly decided: (decision: Decision) => void;
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** Signs a URL for a request and waits for its answer: the first that counts decides. */
export function openRequest(options: RequestOptions): OpenRequest {
  const { scheduler } = options;
  const waitMs = Math.min(options.serviceTimeoutSeconds ?? LONGEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS) * 1000;
  const answers: AnswerRecord[] = [];
  const event = options.eventFor(options.bucket.sign((body) => answered(body)));
  const sentAt = scheduler.now();
  const driven: Mutable<DrivenRequest> = {
    purpose: options.purpose,
    event,
    sentAt,
    deadline: new Date(sentAt.getTime() + waitMs),
    answers,
    endedBy: undefined,
    endedAt: undefined,
    decision: undefined,
    invocation: { deliveries: [], done: Promise.resolve() },
  };
  const end = (by: NonNullable<DrivenRequest['endedBy']>, decision?: Decision): void => {
    cancelTimeout();
    driven.endedBy = by;
    driven.endedAt = scheduler.now();
    driven.decision = decision;
    if (decision !== undefined) {
      options.decided(decision);
    }
  };
  const cancelTimeout = scheduler.after(waitMs, () => end('timeout', failure(noResponse(event.RequestId))));
  const answered = (body: string): void => {
    const answer = readAnswer(body, event);
    const waiting = driven.endedBy === undefined;
    answers.push({ at: scheduler.now(), body, ...judge(answer, waiting) });
    if (waiting && (answer.ok || options.invalidAnswers !== 'ignore')) {
      end(answer.ok ? 'answer' : 'invalidAnswer', decisionOf(answer));
    }
  };
  return {
    driven,
    deliver: (invoke) => {
      driven.invocation = invoke(event);
    },
    abandon: () => end('abandoned'),
  };
}

function judge(answer: CustomResourceAnswer, waiting: boolean): Pick<AnswerRecord, 'verdict' | 'complaints'> {
  if (!answer.ok) {
    return { verdict: 'invalid', complaints: [answer.reason] };
  }
  return { verdict: waiting ? 'effective' : 'late', complaints: answer.complaints };
}

function decisionOf(answer: CustomResourceAnswer): Decision {
  if (!answer.ok) {
    return failure(answer.reason);
  }
  const success = answer.status === 'SUCCESS';
  return { success, physicalId: answer.physicalResourceId, reason: success ? '' : answer.reason };
}

function failure(reason: string): Decision {
  return { success: false, physicalId: undefined, reason };
}

function noResponse(requestId: string): string {
  return `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}].`;
}
