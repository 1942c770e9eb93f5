import { type InvocationContext, startDeadline } from './deadline.js';
import { InvalidEventError } from './fault.js';
import { createClusterHandler } from './handle-cluster.js';
import type { CapacityLogger } from './logger.js';
import type { CapacityDependencies } from './publish-capacity.js';
import { groupByCluster, type Message, type Messages, readMessages } from './read-messages.js';

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
 * export const handler = createHandler({ ecs, cloudWatch, autoScaling, clock: () => new Date(), logger, configuration });
 */
export function createHandler(dependencies: CapacityDependencies): CapacityHandler {
  const handleCluster = createClusterHandler(dependencies);
  return async (event, context) => {
    const messages = readMessages(event, dependencies.configuration.clusters);
    refuse(messages, dependencies.logger);
    const deadline = startDeadline(context);
    try {
      const failed: Message[] = [];
      // One cluster after another, so that their calls do not add up against the account's limits.
      for (const [clusterName, ofCluster] of groupByCluster(messages.accepted)) {
        const fault = await handleCluster({ clusterName, messages: ofCluster, abortSignal: deadline.signal });
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

function refuse(messages: Messages, logger: CapacityLogger): void {
  for (const { path, message, messageId } of messages.refused) {
    if (messages.kind === 'event') throw new InvalidEventError(message, path);
    logger.error('message refused', { messageId, path, reason: message });
  }
}

function batchResponse(failed: ReadonlyArray<{ readonly messageId?: string }>): BatchResponse {
  // A message of the schedule is about many clusters, and may have failed for several.
  const ids = new Set(failed.flatMap(({ messageId }) => messageId ?? []));
  return { batchItemFailures: [...ids].map((itemIdentifier) => ({ itemIdentifier })) };
}
