import { parseContainerInstanceStateChange } from '@plimsoll/event-schemas/container-instance-state-change';
import * as v from 'valibot';

/** One event, with the id of the SQS message it came in; a direct invocation has none. */
export interface Message {
  /** Id of the SQS message. */
  readonly messageId?: string;
  /** ARN of the cluster the event is about. */
  readonly clusterArn: string;
  /** The event's detail: a container instance as it was then. */
  readonly detail: unknown;
}

/** A message that holds no Container Instance State Change event. */
export interface RefusedMessage {
  /** Id of the SQS message. */
  readonly messageId?: string;
  /** Where: `detail.version`, or `body` where it is no JSON. */
  readonly path: string;
  /** One sentence with what was found and what was expected. */
  readonly message: string;
}

/** An invocation's input, read. */
export interface Messages {
  /** Whether the input was an SQS batch, and so wants a partial batch response. */
  readonly kind: 'batch' | 'event';
  /** Messages that could be read. */
  readonly accepted: readonly Message[];
  /** Messages that could not. */
  readonly refused: readonly RefusedMessage[];
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const sqsBatch = v.object({ Records: v.array(v.object({ messageId: v.string(), eventSource: v.literal('aws:sqs'), body: v.string() })) });

/** Reads what the function was invoked with: an SQS batch, or else one event. Never throws. */
export function readMessages(input: unknown): Messages {
  const batch = v.safeParse(sqsBatch, input);
  const read = batch.success ? batch.output.Records.map(({ messageId, body }) => readBody(body, messageId)) : [readEvent(input)];
  return {
    kind: batch.success ? 'batch' : 'event',
    accepted: read.filter((item) => 'clusterArn' in item),
    refused: read.filter((item) => 'path' in item),
  };
}

function readBody(body: string, messageId: string): Message | RefusedMessage {
  try {
    return readEvent(JSON.parse(body), messageId);
  } catch {
    return { messageId, path: 'body', message: `body is not JSON (${body.length} characters): send events as EventBridge writes them` };
  }
}

function readEvent(input: unknown, messageId?: string): Message | RefusedMessage {
  const id = messageId === undefined ? {} : { messageId };
  const event = parseContainerInstanceStateChange(input);
  if (event.ok) return { ...id, clusterArn: event.value.detail.clusterArn, detail: event.value.detail };
  return { ...id, path: event.error.issues[0]?.path ?? '', message: event.error.message };
}

/** Messages by the ARN of their cluster, in the order the clusters first appear. */
export function groupByCluster(messages: readonly Message[]): ReadonlyMap<string, readonly Message[]> {
  const groups = new Map<string, Message[]>();
  for (const message of messages) {
    const group = groups.get(message.clusterArn);
    if (group === undefined) groups.set(message.clusterArn, [message]);
    else group.push(message);
  }
  return groups;
}
