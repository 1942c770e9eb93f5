import { fitVerbatim, physicalResourceIdFault } from '../fit-response.js';
import { CREATE_FAILED_PHYSICAL_RESOURCE_ID } from '../physical-resource-id.js';
import type { CustomResourceRequest, RequestError } from '../request.js';
import type { FitResult } from '../response.js';
import { defaultPhysicalResourceId } from './handler-result.js';
import { readAny } from './safe-read.js';

/** What a FAILED response says beside its identifiers. */
export interface Failure {
  /** The reason, cleaned. */
  readonly reason: string;
  /** Stands behind the reason, whole. */
  readonly suffix: string;
  /** Id the handler gave to what exists, if it did and the id is usable. */
  readonly physicalResourceId: string | undefined;
  /** Whether something may exist: then the Delete after a failed Create must reach the handler. */
  readonly mayExist: boolean;
}

/** The FAILED response to a request. */
export function failedResponse(request: CustomResourceRequest, failure: Failure): FitResult {
  const { StackId, RequestId, LogicalResourceId } = request;
  return fitVerbatim({
    Status: 'FAILED',
    Reason: failure.reason,
    reasonSuffix: failure.suffix,
    PhysicalResourceId: failedId(request, failure),
    StackId,
    RequestId,
    LogicalResourceId,
  });
}

/** The FAILED response to a request that could not be read. */
export function invalidRequestResponse(error: RequestError): FitResult {
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId } = error.identifiers;
  return fitVerbatim({
    Status: 'FAILED',
    Reason: error.message,
    PhysicalResourceId: PhysicalResourceId || CREATE_FAILED_PHYSICAL_RESOURCE_ID,
    StackId,
    RequestId,
    LogicalResourceId,
  });
}

/** The id an object names, thrown or returned, if CloudFormation could take it. */
export function usableId(object: unknown, key: string): string | undefined {
  const id = readAny(object, key);
  return typeof id === 'string' && physicalResourceIdFault(id) === undefined ? id : undefined;
}

function failedId(request: CustomResourceRequest, failure: Failure): string {
  if (request.RequestType === 'Delete') return request.PhysicalResourceId;
  if (failure.physicalResourceId !== undefined) return failure.physicalResourceId;
  if (request.RequestType === 'Update') return request.PhysicalResourceId;
  return failure.mayExist ? defaultPhysicalResourceId(request) : CREATE_FAILED_PHYSICAL_RESOURCE_ID;
}
