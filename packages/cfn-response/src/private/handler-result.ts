import { fitVerbatim, physicalResourceIdFault } from '../fit-response.js';
import type { HandlerResult, MeasuredResult, ResultError } from '../handler.js';
import { CREATE_FAILED_PHYSICAL_RESOURCE_ID, derivePhysicalResourceId } from '../physical-resource-id.js';
import type { CustomResourceRequest } from '../request.js';
import { isRecord, kindOf, readAny } from './safe-read.js';

/** How results become responses. */
export interface ResultSettings {
  /** Whether `NoEcho` is set where the handler does not say. */
  readonly noEcho: boolean;
  /** Cleans a text that will be shown. */
  readonly clean: (text: string) => string;
  /** Whether a text that must be shown as it is discloses the signed address. */
  readonly discloses: (text: string) => boolean;
}

/** The response a handler's result makes, or why it makes none. */
export function measureResult(request: CustomResourceRequest, result: unknown, settings: ResultSettings): MeasuredResult {
  const read = readResult(request, result, settings);
  return read.ok ? measureRead(request, read.value, settings) : read;
}

/** The response a result makes that was read, or why it makes none: then it is for its `Data`. */
export function measureRead(request: CustomResourceRequest, result: HandlerResult, settings: ResultSettings): MeasuredResult {
  const { PhysicalResourceId, Data, NoEcho, Reason } = result;
  const { StackId, RequestId, LogicalResourceId } = request;
  const isDelete = request.RequestType === 'Delete';
  const noEcho = NoEcho ?? settings.noEcho;
  const fitted = fitVerbatim({
    Status: 'SUCCESS',
    PhysicalResourceId: isDelete ? request.PhysicalResourceId : (PhysicalResourceId ?? defaultPhysicalResourceId(request)),
    StackId,
    RequestId,
    LogicalResourceId,
    ...(Reason === undefined ? {} : { Reason: settings.clean(Reason) }),
    ...(noEcho ? { NoEcho: true } : {}),
    ...(Data === undefined || isDelete ? {} : { Data }),
  });
  return fitted.ok && settings.discloses(fitted.value.body) ? { ok: false, error: DISCLOSED } : fitted;
}

const DISCLOSED = {
  code: 'DATA_HOLDS_SIGNED_URL',
  message: 'Data holds the signed URL or its signature, with which anyone can answer for the resource: return it without',
} as const;

/** Why an id that a handler names cannot be answered, if it cannot. */
export function handlerIdFault(id: unknown, settings: ResultSettings): ReturnType<typeof physicalResourceIdFault> {
  if (id === CREATE_FAILED_PHYSICAL_RESOURCE_ID) return refusedId('the id of what was never created');
  const fault = physicalResourceIdFault(id);
  return fault === undefined && typeof id === 'string' && settings.discloses(id) ? refusedId('a string with the signed URL in it') : fault;
}

function refusedId(found: string): ReturnType<typeof physicalResourceIdFault> {
  const message = `PhysicalResourceId is ${found}: return the resource's own, or none`;
  return { code: 'PHYSICAL_RESOURCE_ID_INVALID', found, message };
}

/** The id that is answered where a handler names none. */
export function defaultPhysicalResourceId(request: CustomResourceRequest): string {
  return request.RequestType === 'Create' ? derivePhysicalResourceId(request) : request.PhysicalResourceId;
}

/** Outcome of {@link readResult}. */
export type ReadResult = { readonly ok: true; readonly value: HandlerResult } | { readonly ok: false; readonly error: ResultError };

/** Names of a result's fields. */
const FIELDS = ['PhysicalResourceId', 'Data', 'NoEcho', 'Reason'] as const;

/** A result read once, field by field, or what is wrong with it, but for its `Data`. */
export function readResult(request: CustomResourceRequest, result: unknown, settings: ResultSettings): ReadResult {
  if (result === undefined || result === null) return { ok: true, value: {} };
  if (kindOf(result) !== 'object') return invalid(`${kindOf(result)} instead of an object`);
  let value: HandlerResult;
  try {
    const misspelt = Object.keys(result).find((key) => fieldMeantBy(key) !== undefined);
    if (misspelt !== undefined) return misnamed(misspelt);
    const { PhysicalResourceId, Data, NoEcho, Reason } = result as HandlerResult;
    value = { PhysicalResourceId, Data, NoEcho, Reason };
  } catch {
    return invalid('an object that cannot be read');
  }
  if (value.NoEcho !== undefined && typeof value.NoEcho !== 'boolean') return invalid(`an object with ${kindOf(value.NoEcho)} as NoEcho`);
  if (value.Reason !== undefined && typeof value.Reason !== 'string') return invalid(`an object with ${kindOf(value.Reason)} as Reason`);
  const fault = isUnchangedId(request, value.PhysicalResourceId) ? undefined : handlerIdFault(value.PhysicalResourceId, settings);
  return fault === undefined ? { ok: true, value } : { ok: false, error: fault };
}

/** Whether the request's own id is answered, which CloudFormation has taken before: a Delete cannot change it. */
function isUnchangedId(request: CustomResourceRequest, id: unknown): boolean {
  if (id === undefined || request.RequestType === 'Delete') return true;
  return request.RequestType === 'Update' && id === request.PhysicalResourceId;
}

/** The field a key is meant for, if it is none but for capitals, hyphens and underscores. */
function fieldMeantBy(key: string): (typeof FIELDS)[number] | undefined {
  if (key.length > 64) return undefined;
  const bare = key.replace(/[-_]/g, '').toLowerCase();
  return FIELDS.find((field) => field !== key && field.toLowerCase() === bare);
}

/** The id a result names in a key that is not quite right: what exists has it all the same. */
export function misnamedId(result: unknown): unknown {
  try {
    const key = isRecord(result) ? Object.keys(result).find((name) => fieldMeantBy(name) === 'PhysicalResourceId') : undefined;
    return key === undefined ? undefined : readAny(result, key);
  } catch {
    return undefined;
  }
}

function misnamed(key: string): ReadResult {
  const found = `an object with ${key}`;
  const message = `the handler returned ${found}, which would be ignored: name it ${fieldMeantBy(key)}`;
  return { ok: false, error: { code: 'RESULT_INVALID', found, message } };
}

function invalid(found: string): ReadResult {
  const message = `the handler returned ${found}: return nothing, or an object with PhysicalResourceId, Data, NoEcho and Reason`;
  return { ok: false, error: { code: 'RESULT_INVALID', found, message } };
}
