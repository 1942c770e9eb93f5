import { parseContainerInstanceStateChange } from '@plimsoll/event-schemas/container-instance-state-change';
import { type UnwrapResult, unwrapEvents } from '@plimsoll/event-schemas/unwrap-events';

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
  /** Where: `detail.version`, or `Records[0].body` where that is no JSON. */
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

/** Reads what the function was invoked with: an SQS batch, or else one event. Never throws. */
export function readMessages(input: unknown): Messages {
  const read = unwrapEvents(input).map(readOne);
  return {
    kind: isSqsBatch(input) ? 'batch' : 'event',
    accepted: read.filter((item) => 'clusterArn' in item),
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

function readOne(unwrapped: UnwrapResult): Message | RefusedMessage {
  const { messageId } = unwrapped.ok ? unwrapped.value : unwrapped.error;
  const id = messageId === undefined ? {} : { messageId };
  const parsed = unwrapped.ok ? parseContainerInstanceStateChange(unwrapped.value.event) : unwrapped;
  if (!parsed.ok) return { ...id, path: parsed.error.issues[0]?.path ?? '', message: parsed.error.message };
  const { detail } = parsed.value;
  return { ...id, clusterArn: detail.clusterArn, detail };
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
