import { fitVerbatim, physicalResourceIdFault } from '../fit-response.js';
import type { HandlerResult, MeasuredResult, ResultError } from '../handler.js';
import { CREATE_FAILED_PHYSICAL_RESOURCE_ID, derivePhysicalResourceId } from '../physical-resource-id.js';
import type { CustomResourceRequest } from '../request.js';
import { kindOf } from './safe-read.js';

/** How results become responses. */
export interface ResultSettings {
  /** Whether `NoEcho` is set where the handler does not say. */
  readonly noEcho: boolean;
  /** Cleans a text that will be shown. */
  readonly clean: (text: string) => string;
}

/** The response a handler's result makes, or why it makes none. */
export function measureResult(request: CustomResourceRequest, result: unknown, settings: ResultSettings): MeasuredResult {
  const read = readResult(result);
  if (!read.ok) return read;
  const { PhysicalResourceId, Data, NoEcho, Reason } = read.value;
  const { StackId, RequestId, LogicalResourceId } = request;
  const isDelete = request.RequestType === 'Delete';
  const noEcho = NoEcho ?? settings.noEcho;
  return fitVerbatim({
    Status: 'SUCCESS',
    PhysicalResourceId: isDelete ? request.PhysicalResourceId : (PhysicalResourceId ?? defaultPhysicalResourceId(request)),
    StackId,
    RequestId,
    LogicalResourceId,
    ...(Reason === undefined ? {} : { Reason: settings.clean(Reason) }),
    ...(noEcho ? { NoEcho: true } : {}),
    ...(Data === undefined || isDelete ? {} : { Data }),
  });
}

/** The id that is answered where a handler names none. */
export function defaultPhysicalResourceId(request: CustomResourceRequest): string {
  if (request.RequestType === 'Create') return derivePhysicalResourceId(request);
  // Kept after a successful Update, the marker would have the resource's own Delete skipped.
  const isMarker = request.RequestType === 'Update' && request.PhysicalResourceId === CREATE_FAILED_PHYSICAL_RESOURCE_ID;
  return isMarker ? derivePhysicalResourceId(request) : request.PhysicalResourceId;
}

type Read = { readonly ok: true; readonly value: HandlerResult } | { readonly ok: false; readonly error: ResultError };

function readResult(result: unknown): Read {
  if (result === undefined || result === null) return { ok: true, value: {} };
  if (kindOf(result) !== 'object') return invalid(`${kindOf(result)} instead of an object`);
  let value: HandlerResult;
  try {
    const { PhysicalResourceId, Data, NoEcho, Reason } = result as HandlerResult;
    value = { PhysicalResourceId, Data, NoEcho, Reason };
  } catch {
    return invalid('an object that cannot be read');
  }
  if (value.NoEcho !== undefined && typeof value.NoEcho !== 'boolean') return invalid(`an object with ${kindOf(value.NoEcho)} as NoEcho`);
  if (value.Reason !== undefined && typeof value.Reason !== 'string') return invalid(`an object with ${kindOf(value.Reason)} as Reason`);
  const fault = value.PhysicalResourceId === undefined ? undefined : physicalResourceIdFault(value.PhysicalResourceId);
  return fault === undefined ? { ok: true, value } : { ok: false, error: fault };
}

function invalid(found: string): Read {
  const message = `the handler returned ${found}: return nothing, or an object with PhysicalResourceId, Data, NoEcho and Reason`;
  return { ok: false, error: { code: 'RESULT_INVALID', found, message } };
}
