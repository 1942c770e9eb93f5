import { type CustomResourceResponse, deliver, explainFailure, fitResponse, type Put, type SignedUrl } from '@plimsoll/cfn-response';
import type { Clock } from './clock.js';
import { AnswerNotDeliveredError, UnanswerableEventError } from './fault.js';
import type { TaskRunnerLogger } from './logger.js';

/** Longest time of one PUT, in milliseconds. */
const TRY_TIMEOUT_MS = 3_000;

/** Where an answer goes, and how. */
export interface AnswerDelivery {
  readonly url: SignedUrl;
  readonly put: Put;
  readonly clock: Clock;
  readonly random: () => number;
  /** When the last try must have ended, as milliseconds since 1970. */
  readonly deliveryEnd: number;
  readonly logger: TaskRunnerLogger;
}

/**
 * PUTs the one answer of a request.
 *
 * @throws AnswerNotDeliveredError when nothing was stored in time
 */
export async function deliverAnswer(response: CustomResourceResponse, delivery: AnswerDelivery): Promise<void> {
  const { url, logger } = delivery;
  const fitted = fitResponse(response);
  if (!fitted.ok) throw new UnanswerableEventError(fitted.error.message);
  const outcome = await deliver({
    url,
    body: fitted.value.body,
    put: delivery.put,
    clock: delivery.clock,
    random: delivery.random,
    tryTimeoutMs: TRY_TIMEOUT_MS,
    deadline: delivery.deliveryEnd,
    onFailedTry: (last, tryNumber) =>
      logger.warn('answer not stored yet', { tryNumber, reason: explainFailure(last, url.host, response.StackId) }),
  });
  if (outcome.delivered) {
    logger.info('answered', { status: response.Status, bytes: fitted.value.bytes, tries: outcome.tries });
    return;
  }
  const message = `CloudFormation has not been answered, after ${outcome.tries} tries: ${explainFailure(outcome.last, url.host, response.StackId)}`;
  throw new AnswerNotDeliveredError(url.redact(message));
}
