import { frozenCopy, MAX_MEMBERS } from './private/frozen-copy.js';
import { isRecord, kindOf, readOwn } from './private/safe-read.js';
import type { CustomResourceRequest, ParsedRequest, RequestError, RequestIssue, ResourceProperties } from './request.js';
import { SignedUrl } from './signed-url.js';

const REQUEST_TYPES = ['Create', 'Update', 'Delete'] as const;
const AT_MOST = `an object of at most ${MAX_MEMBERS} members at all depths`;
const NON_EMPTY = 'a non-empty string';

/**
 * Reads the event of a Lambda function behind a custom resource.
 *
 * Unknown fields pass. Fields that a response must repeat are required; absent
 * properties read as `{}`. The request is a copy, frozen to its depths. Never
 * throws, whatever the event is, and changes nothing in it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export function parseRequest(event: unknown): ParsedRequest {
  const fields = new FieldReader(event);
  const given = fields.read('RequestType', "'Create', 'Update' or 'Delete'", (value) => REQUEST_TYPES.some((type) => type === value));
  const RequestType = REQUEST_TYPES.find((type) => type === given);
  const responseUrl = SignedUrl.parse(fields.read('ResponseURL', 'an http(s) URL', (value) => SignedUrl.parse(value) !== undefined));
  const common = {
    RequestId: fields.text('RequestId'),
    StackId: fields.text('StackId'),
    LogicalResourceId: fields.text('LogicalResourceId'),
  };
  const PhysicalResourceId = RequestType === 'Update' || RequestType === 'Delete' ? fields.text('PhysicalResourceId') : '';
  const ResourceType = fields.read('ResourceType', 'a string', (value) => value === undefined || typeof value === 'string');
  const properties = {
    ...(typeof ResourceType === 'string' ? { ResourceType } : {}),
    ResourceProperties: fields.properties('ResourceProperties'),
  };
  const old = RequestType === 'Update' ? { OldResourceProperties: fields.properties('OldResourceProperties') } : {};
  if (fields.issues.length > 0 || responseUrl === undefined) {
    const identifiers = { ...common, PhysicalResourceId: stringOr(readOwn(event, 'PhysicalResourceId')) };
    return refused(fields.issues, { requestType: RequestType, responseUrl, identifiers });
  }
  const physical = RequestType === 'Create' ? {} : { PhysicalResourceId };
  const request = Object.freeze({ RequestType, ...common, ...physical, ...properties, ...old }) as CustomResourceRequest;
  return { ok: true, value: { request, responseUrl } };
}

function refused(issues: readonly RequestIssue[], known: Pick<RequestError, 'requestType' | 'responseUrl' | 'identifiers'>): ParsedRequest {
  const message = issues.map(({ path, expected, found }) => `${path || 'the request'} must be ${expected} but is ${found}`).join(', ');
  return {
    ok: false,
    error: { code: 'REQUEST_INVALID', issues, message: `invalid custom-resource request: ${message}`, ...known },
  };
}

/** Reads fields one by one and keeps what is wrong with them. */
class FieldReader {
  public readonly issues: RequestIssue[] = [];
  readonly #event: unknown;

  public constructor(event: unknown) {
    this.#event = event;
    if (!isRecord(event)) this.issues.push({ path: '', expected: 'an object', found: kindOf(event) });
  }

  public read(path: string, expected: string, isValid: (value: unknown) => boolean): unknown {
    const value = readOwn(this.#event, path);
    if (isValid(value)) return value;
    const found = typeof value === 'string' && value !== '' ? 'another string' : kindOf(value);
    // One issue says that the event is no object; one more for each field would only repeat it.
    if (isRecord(this.#event)) this.issues.push({ path, expected, found });
    return undefined;
  }

  public text(path: string): string {
    return stringOr(this.read(path, NON_EMPTY, (value) => typeof value === 'string' && value !== ''));
  }

  public properties(path: string): ResourceProperties {
    const value = this.read(path, 'an object', (candidate) => candidate === undefined || candidate === null || isRecord(candidate));
    const copy = frozenCopy(isRecord(value) ? value : {});
    if (copy === undefined) this.issues.push({ path, expected: AT_MOST, found: 'an object of more' });
    return copy ?? {};
  }
}

function stringOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
