import type { EventParseError } from './parse-result.js';
import { invalidEvent } from './private/parse-with.js';
import { isArray, isRecord, ownField, readOwn } from './private/safe-read.js';
import { valueKind } from './private/value-kind.js';

/** An event taken out of what carried it. */
export interface UnwrappedEvent {
  /**
   * Id of the message of SQS or, straight from a topic, of SNS; missing for an event that came by itself.
   * With SQS it is what `batchItemFailures` names.
   */
  readonly messageId?: string;
  /** The event, not yet checked. */
  readonly event: unknown;
}

/** Why a record gave no event. Holds nothing of the record but its message id. */
export interface UnwrapError extends EventParseError {
  /** Id of the message, if the record has one. */
  readonly messageId?: string;
}

/** What became of one record. */
export type UnwrapResult = { readonly ok: true; readonly value: UnwrappedEvent } | { readonly ok: false; readonly error: UnwrapError };

type Content = { readonly event: unknown } | { readonly path: string; readonly expected: string; readonly found: string };

/**
 * Most records a batch can have.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html BatchSize: "For standard queues, the maximum is 10,000"
 */
const MAX_RECORDS = 10_000;

const TOO_MANY = { path: 'Records', expected: 'an array of at most 10,000 records' } as const;

/**
 * Takes the events out of what a Lambda function was invoked with.
 *
 * Knows a batch from SQS, each body an event or an SNS notification around one;
 * an event from SNS; an SNS notification by itself. Anything else without a list
 * of `Records`, an event from EventBridge above all, is the one event.
 * Shapes: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html,
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html.
 * One bad record leaves the others as they are. Never throws.
 *
 * @returns one result a record, in their order; none for an empty batch; one error for more than 10,000, which no queue delivers
 * @example
 * for (const record of unwrapEvents(input)) {
 *   const parsed = record.ok ? parseEcsEvent(record.value.event) : record;
 * }
 */
export function unwrapEvents(input: unknown): readonly UnwrapResult[] {
  const records = readOwn(input, 'Records');
  if (isArray(records) !== true) return [result(undefined, unwrapNotification(input, ''))];
  const count = readLength(records);
  if (count === undefined || count > MAX_RECORDS) return [result(undefined, { ...TOO_MANY, found: foundInstead(count) })];
  return Array.from({ length: count }, (_, index) => unwrapRecord(ownField(records, index).value, `Records[${index}]`));
}

function readLength(records: unknown): number | undefined {
  const length = ownField(records, 'length').value;
  return typeof length === 'number' && Number.isSafeInteger(length) && length >= 0 ? length : undefined;
}

function foundInstead(count: number | undefined): string {
  return count === undefined ? 'unreadable' : `array of ${count}`;
}

function unwrapRecord(record: unknown, path: string): UnwrapResult {
  const notification = readOwn(record, 'Sns');
  if (isRecord(notification)) {
    return result(readOwn(notification, 'MessageId'), parseJson(readOwn(notification, 'Message'), `${path}.Sns.Message`));
  }
  const messageId = readOwn(record, 'messageId');
  const body = readOwn(record, 'body');
  if (body === undefined) return result(messageId, { path, expected: 'a record of Amazon SQS or Amazon SNS', found: valueKind(record) });
  const content = parseJson(body, `${path}.body`);
  return result(messageId, 'event' in content ? unwrapNotification(content.event, `${path}.body.`) : content);
}

/** What SNS wraps around a message unless its subscription asks for raw delivery. */
function unwrapNotification(value: unknown, path: string): Content {
  const isNotification = readOwn(value, 'Type') === 'Notification' && typeof readOwn(value, 'TopicArn') === 'string';
  return isNotification ? parseJson(readOwn(value, 'Message'), `${path}Message`) : { event: value };
}

function parseJson(value: unknown, path: string): Content {
  const expected = 'a string of JSON';
  if (typeof value !== 'string') return { path, expected, found: valueKind(value) };
  try {
    return { event: JSON.parse(value) };
  } catch {
    return { path, expected, found: value === '' ? 'empty string' : 'malformed JSON' };
  }
}

function result(id: unknown, content: Content): UnwrapResult {
  const identified = typeof id === 'string' ? { messageId: id } : {};
  if ('event' in content) return { ok: true, value: { ...identified, event: content.event } };
  return { ok: false, error: { ...identified, ...invalidEvent('unwrap-events', [content]) } };
}
