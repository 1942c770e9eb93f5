import {
  CONTAINER_INSTANCE_STATE_CHANGE,
  type ContainerInstanceStateChangeDetail,
  parseContainerInstanceStateChange,
} from '@plimsoll/event-schemas/container-instance-state-change';
import { parseEnvelope } from '@plimsoll/event-schemas/envelope';
import { type UnwrapResult, unwrapEvents } from '@plimsoll/event-schemas/unwrap-events';
import { clusterNameOf } from './cluster-name.js';

/** One reason to look at a cluster, with the id of the SQS message it came in; a direct invocation has none. */
export interface Message {
  /** Id of the SQS message. */
  readonly messageId?: string;
  /** Name or ARN of the cluster to look at. */
  readonly cluster: string;
  /** A container instance as it was when the event was sent; absent where the message says only that it is time, or that something changed. */
  readonly detail?: ContainerInstanceStateChangeDetail;
  /** Whether the schedule sent it, and so will send another. */
  readonly scheduled: boolean;
  /** When it was sent, in milliseconds since 1970, to the second; absent where it does not say, and with `detail`, which has a version. */
  readonly sentAtMillis?: number;
}

/** A message the function can do nothing with. */
export interface RefusedMessage {
  /** Id of the SQS message. */
  readonly messageId?: string;
  /** Where: `detail.version`, or `Records[0].body` where that is no JSON. */
  readonly path: string;
  /** One sentence with what was found and what was expected. */
  readonly message: string;
}

/** An invocation's input, read. */
export interface Messages {
  /** Whether the input was an SQS batch, and so wants a partial batch response. */
  readonly kind: 'batch' | 'event';
  /** Messages that could be read; one of the schedule is here once a cluster. */
  readonly accepted: readonly Message[];
  /** Messages that could not. */
  readonly refused: readonly RefusedMessage[];
}

/**
 * What EventBridge sends on a schedule.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
 */
const SCHEDULED_EVENT = 'Scheduled Event';

/**
 * Reads what the function was invoked with: an SQS batch, or else one event. Never throws.
 *
 * A Container Instance State Change is read in full. Of any other event of ECS only the cluster is read: something changed there.
 *
 * @param clusters - those that the schedule looks at
 */
export function readMessages(input: unknown, clusters: readonly string[]): Messages {
  const read = unwrapEvents(input).flatMap((unwrapped) => readOne(unwrapped, clusters));
  return {
    kind: isSqsBatch(input) ? 'batch' : 'event',
    accepted: read.filter((item) => 'cluster' in item),
    refused: read.filter((item) => 'path' in item),
  };
}

/**
 * Whether the input wants a partial batch response; only SQS takes one.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
function isSqsBatch(input: unknown): boolean {
  const records = (input as { readonly Records?: unknown } | null | undefined)?.Records;
  return Array.isArray(records) && records.every((record) => record?.eventSource === 'aws:sqs');
}

function readOne(unwrapped: UnwrapResult, clusters: readonly string[]): ReadonlyArray<Message | RefusedMessage> {
  const { messageId } = unwrapped.ok ? unwrapped.value : unwrapped.error;
  const read = unwrapped.ok ? readEvent(unwrapped.value.event, clusters) : [firstIssue(unwrapped.error)];
  return messageId === undefined ? read : read.map((item) => ({ messageId, ...item }));
}

function readEvent(event: unknown, clusters: readonly string[]): ReadonlyArray<Message | RefusedMessage> {
  const envelope = parseEnvelope(event);
  if (!envelope.ok) return [firstIssue(envelope.error)];
  const { 'detail-type': detailType, source, detail } = envelope.value;
  const sent = sentAt(envelope.value);
  if (detailType === SCHEDULED_EVENT && source === 'aws.events') return readSchedule(detail, sent, clusters);
  if (detailType === CONTAINER_INSTANCE_STATE_CHANGE || source !== 'aws.ecs') return [readHostEvent(event)];
  const { clusterArn } = detail as { readonly clusterArn?: unknown };
  if (typeof clusterArn === 'string' && clusterArn !== '') return [{ cluster: clusterArn, scheduled: false, ...sent }];
  return [{ path: 'detail.clusterArn', message: `invalid event: ${detailType} names no cluster at detail.clusterArn` }];
}

/** The rule of a schedule may name the cluster itself, in a detail that EventBridge's own event leaves empty. */
function readSchedule(detail: unknown, sent: SentAt, clusters: readonly string[]): ReadonlyArray<Message | RefusedMessage> {
  const { clusterArn } = detail as { readonly clusterArn?: unknown };
  const named = typeof clusterArn === 'string' && clusterArn !== '' ? [clusterArn] : clusters;
  return named.length === 0 ? [NO_CLUSTERS] : named.map((cluster) => ({ cluster, scheduled: true, ...sent }));
}

type SentAt = Pick<Message, 'sentAtMillis'>;

/** What EventBridge says of when it was sent; nothing where that is no time. */
function sentAt({ time = '' }: { readonly time?: string }): SentAt {
  const sentAtMillis = Date.parse(time);
  return Number.isNaN(sentAtMillis) ? {} : { sentAtMillis };
}

/** Refuses what is no Container Instance State Change, saying so. */
function readHostEvent(event: unknown): Message | RefusedMessage {
  const parsed = parseContainerInstanceStateChange(event);
  if (!parsed.ok) return firstIssue(parsed.error);
  const { detail } = parsed.value;
  return { cluster: detail.clusterArn, detail, scheduled: false };
}

const NO_CLUSTERS: RefusedMessage = {
  path: 'detail-type',
  message: 'a scheduled event came, but no cluster to look at is named in it or configured: set PLIMSOLL_CLUSTERS',
};

function firstIssue(error: { readonly issues: ReadonlyArray<{ readonly path: string }>; readonly message: string }): RefusedMessage {
  return { path: error.issues[0]?.path ?? '', message: error.message };
}

/** Messages by the name of their cluster, in the order the clusters first appear. */
export function groupByCluster(messages: readonly Message[]): ReadonlyMap<string, readonly Message[]> {
  const groups = new Map<string, Message[]>();
  for (const message of messages) {
    const name = clusterNameOf(message.cluster);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [message]);
    else group.push(message);
  }
  return groups;
}
