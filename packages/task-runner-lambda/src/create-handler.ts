import {
  CREATE_FAILED_PHYSICAL_RESOURCE_ID,
  type CustomResourceRequest,
  httpsPut,
  type Put,
  parseRequest,
  type RequestError,
  type SignedUrl,
} from '@plimsoll/cfn-response';
import { responseTo } from './answer-response.js';
import { type Attempt, attemptOf } from './attempt.js';
import type { Clock } from './clock.js';
import { LONGEST_TIMEOUT_SECONDS, type TaskRunnerConfiguration } from './configuration.js';
import { type AnswerDelivery, deliverAnswer } from './deliver-answer.js';
import { type DriveEnd, drive } from './drive.js';
import { UnanswerableEventError } from './fault.js';
import { handOver } from './hand-over.js';
import type { TaskRunnerLogger } from './logger.js';
import type { Action, Answer, RunState } from './machine/plan.js';
import type { CloudFormationPort, EcsPort, LambdaPort, LogPlace, LogsPort } from './ports.js';
import { MAX_HOPS, type ReadEvent, readEvent } from './read-event.js';
import { type PlannedRequest, planRequest } from './run-request.js';
import { logPlaceOf, type TaskFacts } from './task-facts.js';

/** What the function works with. */
export interface TaskRunnerDependencies {
  readonly ecs: EcsPort;
  readonly logs: LogsPort;
  readonly cloudFormation: CloudFormationPort;
  readonly lambda: LambdaPort;
  readonly clock: Clock;
  /** At least 0, below 1: jitter. */
  readonly random: () => number;
  readonly logger: TaskRunnerLogger;
  readonly configuration: TaskRunnerConfiguration;
  /** Sends one PUT. @default that of `@plimsoll/cfn-response`, over https */
  readonly put?: Put;
}

/** What the handler needs of Lambda's context. */
export interface InvocationContext {
  /** Milliseconds until Lambda ends the invocation. */
  getRemainingTimeInMillis(): number;
}

/** A Lambda handler. Rejects if CloudFormation was not answered and nobody goes on; Lambda then delivers the event again. */
export type TaskRunnerHandler = (event: unknown, context: InvocationContext) => Promise<void>;

/** One invocation. */
interface Invocation {
  readonly dependencies: TaskRunnerDependencies;
  readonly event: ReadEvent;
  readonly request: CustomResourceRequest;
  readonly attempt: Attempt;
  readonly planned: PlannedRequest;
  readonly delivery: AnswerDelivery;
}

/**
 * Makes the Lambda handler.
 *
 * It takes CloudFormation's requests, what it hands over to itself, and Lambda's records of events that failed at every attempt, which
 * reach it as an on-failure destination.
 *
 * @example
 * export const handler = createHandler({ ...createPorts(region, process.env), clock: systemClock, random: Math.random, logger, configuration });
 */
export function createHandler(dependencies: TaskRunnerDependencies): TaskRunnerHandler {
  return async (input, context) => {
    const now = dependencies.clock.now();
    const remainingMs = context.getRemainingTimeInMillis();
    const event = readEvent(input);
    const parsed = parseRequest(event.request);
    const url = parsed.ok ? parsed.value.responseUrl : parsed.error.responseUrl;
    if (url === undefined) throw new UnanswerableEventError(parsed.ok ? 'no ResponseURL' : parsed.error.message);
    const deliveryFor = (deliveryEnd: number): AnswerDelivery => ({
      url,
      put: dependencies.put ?? httpsPut(),
      clock: dependencies.clock,
      random: dependencies.random,
      deliveryEnd,
      logger: dependencies.logger,
    });
    if (!parsed.ok) return refuse(parsed.error, deliveryFor(now + remainingMs - Math.min(500, remainingMs / 10)));
    await serve(dependencies, event, parsed.value.request, url, { now, remainingMs, deliveryFor });
  };
}

async function refuse(error: RequestError, delivery: AnswerDelivery): Promise<void> {
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId } = error.identifiers;
  delivery.logger.error('request refused', { reason: error.message });
  const id = PhysicalResourceId || CREATE_FAILED_PHYSICAL_RESOURCE_ID;
  await deliverAnswer({ Status: 'FAILED', Reason: error.message, PhysicalResourceId: id, StackId, RequestId, LogicalResourceId }, delivery);
}

interface Timing {
  readonly now: number;
  readonly remainingMs: number;
  readonly deliveryFor: (deliveryEnd: number) => AnswerDelivery;
}

async function serve(
  dependencies: TaskRunnerDependencies,
  event: ReadEvent,
  request: CustomResourceRequest,
  url: SignedUrl,
  { now, remainingMs, deliveryFor }: Timing,
): Promise<void> {
  const { mode } = dependencies.configuration;
  const hop = event.kind === 'continuation' ? event.hop : 0;
  const attempt = attemptOf({ ...request, responseUrl: url.reveal() });
  const planned = planRequest({
    request,
    attempt,
    now,
    startedAt: event.kind === 'request' ? undefined : event.startedAt,
    remainingMs,
    longestSeconds: LONGEST_TIMEOUT_SECONDS[mode],
    mayHandOver: mode === 'long' && hop < MAX_HOPS,
    abandoned: event.kind === 'abandoned',
  });
  const delivery = deliveryFor(planned.time.deliveryEnd);
  const invocation: Invocation = { dependencies, event, request, attempt, planned, delivery };
  const run = await carryOut(invocation);
  if (run.end.kind === 'answered') return tell(invocation, run.end.answer, run.container, run.logPlace);
  await handOver({
    ...dependencies,
    request: event.request,
    hop: hop + 1,
    startedAt: planned.time.startAt,
    until: planned.time.deliveryEnd,
  });
}

interface Carried {
  readonly end: DriveEnd;
  readonly container: string | undefined;
  readonly logPlace: LogPlace | undefined;
}

async function carryOut(invocation: Invocation): Promise<Carried> {
  const { dependencies, request, planned, attempt, event } = invocation;
  const answered = (answer: Answer): Carried => ({
    end: { kind: 'answered', answer, state: {} as RunState },
    container: undefined,
    logPlace: undefined,
  });
  // Nothing was ever started for it, or what was is to be left alone.
  if (request.RequestType === 'Delete' && (planned.leavesTask || request.PhysicalResourceId === CREATE_FAILED_PHYSICAL_RESOURCE_ID)) {
    return answered({ kind: 'stopped' });
  }
  let facts: TaskFacts | undefined;
  const logPlace = (taskArn: string): LogPlace | undefined => (facts === undefined ? undefined : logPlaceOf(facts, taskArn));
  const execution = {
    ...dependencies,
    attempt,
    stackId: request.StackId,
    properties: planned.properties,
    cluster: planned.cluster,
    formerCluster: planned.formerCluster,
    logPlace,
    onFacts: (found: TaskFacts) => {
      facts = found;
    },
  };
  try {
    const end = await drive({
      plan: planned.plan,
      execution,
      clock: dependencies.clock,
      random: dependencies.random,
      onStep: stepLogger(dependencies.logger, request),
    });
    return { end, container: facts?.container, logPlace: end.state.taskArn === undefined ? undefined : logPlace(end.state.taskArn) };
  } catch (fault) {
    // Delivered again, it may go better; but behind the last attempt there is none.
    if (event.kind !== 'abandoned') throw fault;
    return answered({
      kind: 'failed',
      code: 'OUTCOME_UNKNOWN',
      message: fault instanceof Error ? fault.message : String(fault),
      mayExist: true,
    });
  }
}

async function tell(invocation: Invocation, answer: Answer, container: string | undefined, logPlace: LogPlace | undefined): Promise<void> {
  const { request, planned, event, delivery } = invocation;
  const response = responseTo(answer, {
    request,
    container,
    logPlace,
    redact: planned.properties?.redact ?? [],
    abandoned: event.kind === 'abandoned' ? event.because : undefined,
  });
  await deliverAnswer(response, delivery);
}

/** Logs each change of phase, once. */
function stepLogger(logger: TaskRunnerLogger, { RequestId, LogicalResourceId }: CustomResourceRequest) {
  let phase: string | undefined;
  return (state: RunState, action: Action): void => {
    if (state.phase === phase) return;
    phase = state.phase;
    const { taskArn, placements, want } = state;
    logger.info(state.phase, { RequestId, LogicalResourceId, action: action.kind, taskArn, placements, want });
  };
}
