import { coerceProperties, customResource, type HandlerContext, HandlerFailure } from '@plimsoll/cfn-response';
import { checkAddress } from './check-address.js';
import { REQUEST_SHAPE } from './request-shape.js';

/** Answers CloudFormation: a Create or Update asks the address until it answers as wanted; a Delete has nothing to take away. */
export const handler = customResource({
  create: async (request, context) => check(request.ResourceProperties, context),
  update: async (request, context) => check(request.ResourceProperties, context),
  delete: async () => {},
});

async function check(properties: unknown, { remainingMs, signal }: HandlerContext) {
  const wanted = coerceProperties(properties, REQUEST_SHAPE);
  // Wrong in itself: nothing was made, in any delivery of the request. CloudFormation's Delete is then answered without this handler.
  if (!wanted.ok) throw new HandlerFailure(wanted.error.message, { nothingExists: true });
  const outcome = await checkAddress(wanted.value, { fetch, now: () => performance.now(), remainingMs, signal });
  if (!outcome.ok) throw new HandlerFailure(outcome.reason);
  return { Data: { Attempts: outcome.attempts, Body: outcome.body } };
}
