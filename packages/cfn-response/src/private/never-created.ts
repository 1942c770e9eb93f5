import type { LambdaContext } from '../handler.js';
import { CREATE_FAILED_PHYSICAL_RESOURCE_ID } from '../physical-resource-id.js';
import type { CustomResourceRequest } from '../request.js';
import type { Invocation } from './invocation.js';
import type { HandlerOutcome } from './run-handler.js';

/**
 * The outcome of a request for a resource that was never created, for which no handler is called.
 *
 * A Delete has nothing to delete. An Update has nothing to change: were the
 * handler called and did it make something before it failed, the id would still
 * say that there is nothing, and the Delete be skipped.
 *
 * @returns `undefined` for every other request
 */
export function withoutHandler<C extends LambdaContext>(
  request: CustomResourceRequest,
  { log }: Invocation<C>,
): HandlerOutcome | undefined {
  if (request.RequestType === 'Create' || request.PhysicalResourceId !== CREATE_FAILED_PHYSICAL_RESOURCE_ID) return undefined;
  if (request.RequestType === 'Delete') {
    log('INFO', 'DELETE_SKIPPED', 'the resource was never created: its Delete is answered without calling the handler');
    return { kind: 'returned', value: undefined };
  }
  const reason = 'the resource was never created, so there is nothing to update: remove it from the template, deploy, and add it again';
  return { kind: 'refused', reason };
}
