import { MAX_PHYSICAL_RESOURCE_ID_BYTES } from './physical-resource-id.js';
import { readResponse } from './private/read-response.js';
import { writeData } from './private/response-data.js';
import { kindOf } from './private/safe-read.js';
import { sanitiseReason, trimToBytes } from './reason.js';
import { type CustomResourceResponse, type FitError, type FitResult, MAX_RESPONSE_BYTES } from './response.js';

/** Most a reason's suffix can take, in bytes. */
const MAX_SUFFIX_BYTES = 256;

/**
 * Writes a response in at most 4,096 bytes.
 *
 * The reason gives way: control characters go, then its end, between characters.
 * Data never does: what does not fit or cannot be JSON is an error with the
 * sizes in it. Identifiers are repeated verbatim. Never throws.
 */
export function fitResponse(response: CustomResourceResponse): FitResult {
  const read = readResponse(response);
  if (!read.ok) return refused(read.error);
  const idFault = physicalResourceIdFault(read.value.PhysicalResourceId);
  return idFault === undefined ? fitVerbatim(read.value) : refused(idFault);
}

/**
 * As {@link fitResponse}, for an id that CloudFormation itself sent: it is repeated, whatever it is.
 *
 * @internal
 */
export function fitVerbatim(response: CustomResourceResponse): FitResult {
  const data = response.Status === 'SUCCESS' && response.Data !== undefined ? writeData(response.Data) : undefined;
  if (data?.ok === false) return refused(data.error);
  const bodyWith = (reason: string): string => write(response, reason, data?.json);
  const bytes = byteLength(bodyWith(''));
  const room = MAX_RESPONSE_BYTES - bytes;
  // Three bytes hold the ellipsis at least: a failure's reason must not be empty.
  const minimum = response.Status === 'FAILED' ? 3 : 0;
  if (room < minimum) return refused(data === undefined ? identifiersTooLarge(bytes) : dataTooLarge(byteLength(data.json), room));
  const reason = fitReason(response, room);
  const body = bodyWith(reason.text);
  return { ok: true, value: { body, bytes: byteLength(body), reasonTrimmed: reason.trimmed } };
}

/** Why CloudFormation could not take a `PhysicalResourceId`, if it could not. */
export function physicalResourceIdFault(id: unknown): Extract<FitError, { code: 'PHYSICAL_RESOURCE_ID_INVALID' }> | undefined {
  const found = unusable(id);
  if (found === undefined) return undefined;
  const message = `PhysicalResourceId is ${found}: return 1 to ${MAX_PHYSICAL_RESOURCE_ID_BYTES} bytes of printable text`;
  return { code: 'PHYSICAL_RESOURCE_ID_INVALID', found, message };
}

function unusable(id: unknown): string | undefined {
  if (typeof id !== 'string' || id === '') return kindOf(id);
  const bytes = byteLength(id);
  if (bytes > MAX_PHYSICAL_RESOURCE_ID_BYTES) return `${bytes} bytes long`;
  // Silently cleaned, it would be another id, and CloudFormation would replace the resource.
  return sanitiseReason(id) === id ? undefined : 'a string with control characters';
}

/** Reason text for the room there is, and whether any of it is missing. */
function fitReason(response: CustomResourceResponse, room: number): { readonly text: string; readonly trimmed: boolean } {
  const failed = response.Status === 'FAILED';
  const whole = sanitiseReason(response.Reason ?? '').trim() || (failed ? 'no reason given' : '');
  const suffix = failed ? trimToBytes(sanitiseReason(response.reasonSuffix ?? ''), Math.min(MAX_SUFFIX_BYTES, Math.floor(room / 2))) : '';
  const head = trimToBytes(whole, room - encodedLength(suffix));
  return { text: head + suffix, trimmed: head !== whole };
}

/**
 * The body, in the order of CloudFormation's documentation.
 *
 * An empty reason is counted with its quotes, so that what is left is exactly
 * the room for its text, but left out of a success.
 */
function write(response: CustomResourceResponse, reason: string, dataJson: string | undefined): string {
  const { Status, PhysicalResourceId, StackId, RequestId, LogicalResourceId } = response;
  const wantsReason = Status === 'FAILED' || (response.Reason ?? '') !== '';
  const head = { Status, ...(wantsReason ? { Reason: reason } : {}), PhysicalResourceId, StackId, RequestId, LogicalResourceId };
  const noEcho = Status === 'SUCCESS' && response.NoEcho === true ? { NoEcho: true } : {};
  const json = JSON.stringify({ ...head, ...noEcho });
  return dataJson === undefined ? json : `${json.slice(0, -1)},"Data":${dataJson}}`;
}

function dataTooLarge(dataBytes: number, room: number): FitError {
  const dataLimitBytes = Math.max(0, dataBytes + room);
  const message = `Data is ${dataBytes} bytes of JSON, but ${dataLimitBytes} bytes are left of the response's ${MAX_RESPONSE_BYTES}: return less, or the name of a parameter that holds it`;
  return { code: 'DATA_TOO_LARGE', dataBytes, dataLimitBytes, message };
}

function identifiersTooLarge(bytes: number): FitError {
  const message = `the identifiers alone make ${bytes} bytes of the response's ${MAX_RESPONSE_BYTES}: the request is not CloudFormation's`;
  return { code: 'IDENTIFIERS_TOO_LARGE', bytes, message };
}

function refused(error: FitError): FitResult {
  return { ok: false, error };
}

function encodedLength(text: string): number {
  return byteLength(JSON.stringify(text)) - 2;
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
