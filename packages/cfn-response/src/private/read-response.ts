import type { CustomResourceResponse, FitError } from '../response.js';
import { isRecord, kindOf } from './safe-read.js';

type Invalid = Extract<FitError, { code: 'RESPONSE_INVALID' }>;

/** A response read once, field by field, or what is wrong with its form. The id is checked elsewhere. */
export type ReadResponse = { readonly ok: true; readonly value: CustomResourceResponse } | { readonly ok: false; readonly error: Invalid };

/** Fields that are texts; those that are no ids may be missing. */
const TEXTS = ['StackId', 'RequestId', 'LogicalResourceId', 'Reason', 'reasonSuffix'];

/** Reads what should be a response; never throws. */
export function readResponse(given: unknown): ReadResponse {
  if (!isRecord(given)) return invalid(`${kindOf(given)} instead of an object`);
  let response: Readonly<Record<string, unknown>>;
  try {
    response = Object.fromEntries([...TEXTS, 'Status', 'PhysicalResourceId', 'NoEcho', 'Data'].map((name) => [name, given[name]]));
  } catch {
    return invalid('an object that cannot be read');
  }
  if (response.Status !== 'SUCCESS' && response.Status !== 'FAILED')
    return invalid('an object with another Status than SUCCESS and FAILED');
  for (const name of TEXTS) {
    const mayLack = !name.endsWith('Id') && response[name] === undefined;
    if (!mayLack && typeof response[name] !== 'string') return invalid(`an object with ${kindOf(response[name])} as ${name}`);
  }
  return { ok: true, value: response as unknown as CustomResourceResponse };
}

function invalid(found: string): ReadResponse {
  const message = `the response is ${found}: give Status, PhysicalResourceId, StackId, RequestId and LogicalResourceId as strings`;
  return { ok: false, error: { code: 'RESPONSE_INVALID', found, message } };
}
