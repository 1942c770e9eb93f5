import { fitVerbatim } from '../fit-response.js';
import { CREATE_FAILED_PHYSICAL_RESOURCE_ID, derivePhysicalResourceId } from '../physical-resource-id.js';
import type { CustomResourceRequest, RequestError } from '../request.js';
import type { FitResult } from '../response.js';
import { defaultPhysicalResourceId, handlerIdFault, type ResultSettings } from './handler-result.js';
import { readAny } from './safe-read.js';

/** What a FAILED response says beside its identifiers. */
export interface Failure {
  /** The reason, cleaned. */
  readonly reason: string;
  /** Stands behind the reason, whole. */
  readonly suffix: string;
  /** Id the handler gave to what exists, if it did and the id is usable. */
  readonly physicalResourceId: string | undefined;
  /** Whether nothing exists for certain: only then the Delete after a failed Create need not reach the handler. */
  readonly nothingExists: boolean;
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
  const { StackId, RequestId, LogicalResourceId } = error.identifiers;
  return fitVerbatim({
    Status: 'FAILED',
    Reason: error.message,
    PhysicalResourceId: invalidRequestId(error),
    StackId,
    RequestId,
    LogicalResourceId,
  });
}

/** The handler of an invalid request is called in no delivery, so its Create made nothing; of another there may be something. */
function invalidRequestId({ requestType, identifiers }: RequestError): string {
  if (requestType === 'Create') return CREATE_FAILED_PHYSICAL_RESOURCE_ID;
  return identifiers.PhysicalResourceId || derivePhysicalResourceId(identifiers);
}

/** The id an object names, thrown or returned, if it can be answered. */
export function usableId(object: unknown, key: string, settings: ResultSettings): string | undefined {
  const id = readAny(object, key);
  return typeof id === 'string' && handlerIdFault(id, settings) === undefined ? id : undefined;
}

function failedId(request: CustomResourceRequest, failure: Failure): string {
  if (request.RequestType === 'Delete') return request.PhysicalResourceId;
  if (failure.physicalResourceId !== undefined) return failure.physicalResourceId;
  if (request.RequestType === 'Update') return request.PhysicalResourceId;
  return failure.nothingExists ? CREATE_FAILED_PHYSICAL_RESOURCE_ID : defaultPhysicalResourceId(request);
}
