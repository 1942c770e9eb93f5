import type { ParseResult } from './parse-result.js';
import { envelopeEntries } from './private/envelope-entries.js';
import { parseWith } from './private/parse-with.js';
import { record } from './private/structures.js';

/**
 * What EventBridge wraps around every event. Fields not named here are kept.
 *
 * Fields: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html.
 * AWS sends them all; events made by hand lack some, so what is not needed to
 * choose a schema is optional.
 */
export interface EventEnvelope<Detail = unknown, Type extends string = string> {
  /** With `source`, says which fields the detail has. */
  readonly 'detail-type': Type;
  /** Service that made the event: `aws.ecs`. */
  readonly source: string;
  /** What happened; an object. */
  readonly detail: Detail;
  /** Version of the envelope: the string `0`. Not the `version` of the detail. */
  readonly version?: string;
  /** UUID of the event; the same in every delivery of it. */
  readonly id?: string;
  /** Account number, 12 digits. */
  readonly account?: string;
  /** When the service says it happened, ISO 8601 with whole seconds. Unfit for ordering: use the detail's version. */
  readonly time?: string;
  /** Region code: `us-east-1`. */
  readonly region?: string;
  /** ARNs of the resources the event is about. */
  readonly resources?: readonly string[];
}

const schema = record(envelopeEntries);

/**
 * Checks the envelope of an event of any type, its detail only for being an object.
 *
 * The value is the input itself, neither copied nor changed. Never throws.
 */
export function parseEnvelope(input: unknown): ParseResult<EventEnvelope> {
  return parseWith('envelope', schema, input);
}
