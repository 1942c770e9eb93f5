import { judgeReading, type PastDecision } from './call-budget.js';
import { clusterNameOf } from './cluster-name.js';
import { createTaskDefinitions } from './ecs-reading/task-definitions.js';
import { CapacityLambdaError, describeFault, InvalidEventError, OutOfTimeError } from './fault.js';
import { type CapacityDependencies, publishCapacity } from './publish-capacity.js';
import { groupByCluster, type Message, type Messages, readMessages } from './read-messages.js';

/**
 * Time kept back at the end of an invocation to log and answer in, in milliseconds.
 *
 * An invocation that Lambda times out fails its whole batch, and says nothing about why.
 */
const MARGIN_MILLIS = 1_000;

/** What the handler needs of Lambda's context. */
export interface InvocationContext {
  /** Milliseconds until Lambda ends the invocation. */
  getRemainingTimeInMillis(): number;
}

/**
 * Lambda's partial batch response: the messages to deliver again.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export interface BatchResponse {
  /** Messages that failed; SQS deletes the others. */
  readonly batchItemFailures: ReadonlyArray<{
    /** Id of the SQS message. */
    readonly itemIdentifier: string;
  }>;
}

/** A Lambda handler: answers an SQS batch with its failed messages, a direct event with nothing. */
export type CapacityHandler = (event: unknown, context: InvocationContext) => Promise<BatchResponse | undefined>;

/**
 * Makes the Lambda handler: parse, then one decision a cluster.
 *
 * In a batch, a message that cannot be parsed is a failed item, and so is every message of a cluster whose decision failed; the
 * rest goes on. A direct event that fails throws. A cluster is not read for what was published already, nor beyond the call budget.
 *
 * @example
 * export const handler = createHandler({ ecs, cloudWatch, clock: () => new Date(), logger, configuration });
 */
export function createHandler(given: CapacityDependencies): CapacityHandler {
  const dependencies = { taskDefinitions: createTaskDefinitions(given.ecs, given.clock), ...given };
  // Only spares calls: an execution environment that knows nothing yet decides just as well.
  const past = new Map<string, PastDecision>();
  return async (event, context) => {
    const messages = readMessages(event, dependencies.configuration.clusters);
    if (messages.kind === 'event') throwIfRefused(messages);
    for (const { path, message, messageId } of messages.refused) {
      dependencies.logger.error('message refused', { messageId, path, reason: message });
    }
    const deadline = startDeadline(context);
    try {
      const failed: Message[] = [];
      // One cluster after another, so that their calls do not add up against the account's limits.
      for (const [clusterName, ofCluster] of groupByCluster(messages.accepted)) {
        const fault = await decide(dependencies, { clusterName, messages: ofCluster, past, abortSignal: deadline.signal });
        if (fault === undefined) continue;
        if (messages.kind === 'event') throw fault;
        failed.push(...ofCluster);
      }
      return messages.kind === 'event' ? undefined : batchResponse([...messages.refused, ...failed]);
    } finally {
      deadline.stop();
    }
  };
}

function throwIfRefused(messages: Messages): void {
  for (const { message, path } of messages.refused) throw new InvalidEventError(message, path);
}

interface ClusterMessages {
  readonly clusterName: string;
  readonly messages: readonly Message[];
  readonly past: Map<string, PastDecision>;
  readonly abortSignal: AbortSignal;
}

/** @returns the fault, logged, if the decision failed */
async function decide(dependencies: CapacityDependencies, options: ClusterMessages): Promise<CapacityLambdaError | undefined> {
  const { clusterName, messages, past, abortSignal } = options;
  try {
    abortSignal.throwIfAborted();
    if (!isWorthReading(dependencies, options)) return undefined;
    const updates = messages.flatMap(({ detail }) => detail ?? []);
    // By ARN where one is known: a name alone means the function's own account.
    const cluster = messages.find((message) => message.cluster.startsWith('arn:'))?.cluster ?? clusterName;
    const published = await publishCapacity(dependencies, { cluster, updates, abortSignal });
    past.set(clusterName, published);
    return undefined;
  } catch (error) {
    // Anything else is a mistake in this package and must fail the invocation.
    if (!(error instanceof CapacityLambdaError)) throw error;
    dependencies.logger.error('capacity not published', {
      cluster: clusterName,
      messages: messages.length,
      error: describeFault(error),
    });
    return error;
  }
}

function isWorthReading({ clock, configuration, logger }: CapacityDependencies, options: ClusterMessages): boolean {
  const { clusterName, messages, past } = options;
  const { clusters, callBudget: budget } = configuration;
  const verdict = judgeReading({
    messages,
    past: past.get(clusterName),
    nowMillis: clock().getTime(),
    budget,
    clusters: new Set([...clusters.map(clusterNameOf), ...past.keys()]).size,
    onSchedule: clusters.some((cluster) => clusterNameOf(cluster) === clusterName),
  });
  if (verdict !== 'read') logger.info('cluster not read', { cluster: clusterName, messages: messages.length, because: verdict });
  return verdict === 'read';
}

function startDeadline(context: InvocationContext): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const millis = context.getRemainingTimeInMillis() - MARGIN_MILLIS;
  const giveUp = (): void =>
    controller.abort(new OutOfTimeError(`less than ${MARGIN_MILLIS} ms are left of the invocation: give the function a longer time-out`));
  if (millis <= 0) giveUp();
  const timer = setTimeout(giveUp, Math.max(0, millis));
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}

function batchResponse(failed: ReadonlyArray<{ readonly messageId?: string }>): BatchResponse {
  // A message of the schedule is about many clusters, and may have failed for several.
  const ids = new Set(failed.flatMap(({ messageId }) => messageId ?? []));
  return { batchItemFailures: [...ids].map((itemIdentifier) => ({ itemIdentifier })) };
}
