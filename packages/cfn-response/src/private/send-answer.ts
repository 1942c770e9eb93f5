import { deliver } from '../deliver.js';
import { DeliveryError, UnanswerableRequestError } from '../errors.js';
import { explainFailure } from '../explain-failure.js';
import type { LambdaContext } from '../handler.js';
import type { PutOutcome } from '../put.js';
import type { ResponseIdentifiers } from '../request.js';
import type { FitResult } from '../response.js';
import type { Invocation } from './invocation.js';

/** Delivers the one answer of an invocation, or throws. */
export async function sendAnswer<C extends LambdaContext>(
  fitted: FitResult,
  status: 'SUCCESS' | 'FAILED',
  identifiers: ResponseIdentifiers,
  { options, deliveryEnd, url, log }: Invocation<C>,
): Promise<void> {
  if (!fitted.ok) {
    log('ERROR', 'RESPONSE_NOT_DELIVERED', fitted.error.message);
    throw new UnanswerableRequestError(fitted.error.message, []);
  }
  const { body, bytes } = fitted.value;
  const explain = (outcome: PutOutcome): string => explainFailure(outcome, url.host, identifiers.StackId);
  const delivery = await deliver({
    url,
    body,
    put: options.put,
    clock: options.clock,
    random: options.random,
    tryTimeoutMs: options.tryTimeoutMs,
    deadline: deliveryEnd,
    onFailedTry: (outcome, tryNumber) => log('WARN', 'RESPONSE_TRY_FAILED', explain(outcome), { tryNumber }),
  });
  if (delivery.delivered) {
    log('INFO', 'RESPONSE_DELIVERED', `answered ${status}`, { status, bytes, tries: delivery.tries });
    return;
  }
  const tried = delivery.tries === 1 ? '1 try' : `${delivery.tries} tries`;
  const message = `CloudFormation has not been answered, after ${tried}: ${explain(delivery.last)}`;
  log('ERROR', 'RESPONSE_NOT_DELIVERED', message, { status, bytes, tries: delivery.tries });
  throw new DeliveryError(url.redact(message), delivery.tries, delivery.last);
}
