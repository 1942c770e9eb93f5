/** Most bytes of an answer, inclusive (CloudFormation User Guide, crpg-ref-responses). */
const MOST_BYTES = 4096;
/** Most bytes of a physical id (as above). */
const MOST_ID_BYTES = 1024;

/** What an answer must repeat. */
export interface ExpectedIds {
  /** ARN of the stack. */
  readonly StackId: string;
  /** Id of the request. */
  readonly RequestId: string;
  /** Name of the resource in the template. */
  readonly LogicalResourceId: string;
}

/** An answer, read. */
export type CustomResourceAnswer =
  | {
      readonly ok: true;
      /** What it says. */
      readonly status: 'SUCCESS' | 'FAILED';
      /** Id of the resource. */
      readonly physicalResourceId: string;
      /** Why it failed; empty if not said. */
      readonly reason: string;
      /** Attributes for Fn::GetAtt. */
      readonly data: Readonly<Record<string, unknown>>;
      /** What CloudFormation lets pass, though a reader or a later operation suffers. */
      readonly complaints: readonly string[];
    }
  | {
      readonly ok: false;
      /** What is wrong with it; for three faults in CloudFormation's own words. */
      readonly reason: string;
    };

/** Reads the body of an answer by the rules of the User Guide. */
export function readAnswer(body: string, expected: ExpectedIds): CustomResourceAnswer {
  const bytes = Buffer.byteLength(body);
  if (bytes > MOST_BYTES) {
    return { ok: false, reason: 'Response object is too long.' };
  }
  const parsed = parse(body);
  if (parsed === undefined) {
    return { ok: false, reason: 'Response is not valid JSON' };
  }
  return readObject(parsed, expected);
}

function readObject(answer: Readonly<Record<string, unknown>>, expected: ExpectedIds): CustomResourceAnswer {
  const foreign = (['StackId', 'RequestId', 'LogicalResourceId'] as const).find((name) => answer[name] !== expected[name]);
  if (foreign !== undefined) {
    return { ok: false, reason: `${foreign} of the response is not that of the request` };
  }
  const { Status: status, PhysicalResourceId: id, Reason: reason = '', Data: data = {} } = answer;
  if (status !== 'SUCCESS' && status !== 'FAILED') {
    return { ok: false, reason: `Status is ${JSON.stringify(status)}; it must be SUCCESS or FAILED` };
  }
  if (typeof id !== 'string' || id === '' || Buffer.byteLength(id) > MOST_ID_BYTES) {
    return { ok: false, reason: 'Invalid PhysicalResourceId' };
  }
  if (typeof reason !== 'string' || (status === 'FAILED' && reason === '')) {
    return { ok: false, reason: 'Reason must be text, and is required when Status is FAILED' };
  }
  if (!isObject(data)) {
    return { ok: false, reason: 'Data must be an object' };
  }
  return { ok: true, status, physicalResourceId: id, reason, data, complaints: complaintsOf(reason) };
}

/** Control characters of colours and the like make the stack's events unreadable. */
function complaintsOf(reason: string): readonly string[] {
  const unreadable = [...reason].some((character) => character < ' ' && character !== '\n' && character !== '\t' && character !== '\r');
  return unreadable ? ['Reason has control characters'] : [];
}

function parse(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
