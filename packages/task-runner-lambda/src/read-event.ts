/** Field that marks an event as one this function has sent itself. */
const MARK = 'plimsollContinuation';

/** Most invocations of one request, one after another; Lambda ends loops at 16. */
export const MAX_HOPS = 12;

/** What the function was invoked with. */
export type ReadEvent =
  /** CloudFormation's own request. */
  | { readonly kind: 'request'; readonly request: unknown }
  /** The same, handed over by an invocation whose time was over. */
  | {
      readonly kind: 'continuation';
      readonly request: unknown /** Invocations before this one, at least 1. */;
      readonly hop: number;
      readonly startedAt: number;
    }
  /** Lambda's record of an event that failed at every attempt. */
  | {
      readonly kind: 'abandoned';
      readonly request: unknown;
      readonly startedAt: number | undefined /** Why, in one line. */;
      readonly because: string;
    };

/** Tells the three kinds of event apart. Never throws. */
export function readEvent(event: unknown): ReadEvent {
  const record = fieldsOf(event);
  if (isDestinationRecord(record)) {
    const inner = readEvent(record.requestPayload);
    const startedAt = inner.kind === 'continuation' ? inner.startedAt : undefined;
    return { kind: 'abandoned', request: inner.request, startedAt, because: becauseOf(record) };
  }
  const { hop, startedAt } = record;
  if (record[MARK] !== 1 || typeof hop !== 'number' || typeof startedAt !== 'number') return { kind: 'request', request: event };
  return { kind: 'continuation', request: record.request, hop, startedAt };
}

/** The event with which the next invocation goes on. It holds the signed address, and goes nowhere but into Lambda's queue. */
export function continuationEvent(request: unknown, hop: number, startedAt: number): string {
  return JSON.stringify({ [MARK]: 1, hop, startedAt, request });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function isDestinationRecord(record: Readonly<Record<string, unknown>>): boolean {
  return typeof fieldsOf(record.requestContext).condition === 'string' && record.requestPayload !== undefined;
}

function becauseOf(record: Readonly<Record<string, unknown>>): string {
  const { condition, approximateInvokeCount } = fieldsOf(record.requestContext);
  const { errorType, errorMessage } = fieldsOf(record.responsePayload);
  const attempts = typeof approximateInvokeCount === 'number' ? ` after ${approximateInvokeCount} attempts` : '';
  const last = [errorType, errorMessage].filter((text) => typeof text === 'string').join(': ');
  return `${String(condition)}${attempts}${last === '' ? '' : `, the last one with ${last.slice(0, 500)}`}`;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}
