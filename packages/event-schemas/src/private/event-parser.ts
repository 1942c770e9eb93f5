import type * as v from 'valibot';
import type { EventEnvelope } from '../envelope.js';
import type { ParseResult } from '../parse-result.js';
import { envelopeEntries } from './envelope-entries.js';
import { exactly, record } from './fields.js';
import { parseWith } from './parse-with.js';

/** What tells one type of event from the others. */
export interface EventType<Detail> {
  /** Name of the schema: the file's name and the subpath. */
  readonly name: string;
  /** The only accepted `detail-type`. */
  readonly detailType: string;
  /** The only accepted `source`. */
  readonly source: string;
  /** Schema of the detail. */
  readonly detail: v.GenericSchema<unknown, Detail>;
}

/**
 * Makes the parser of one type of event.
 *
 * The detail is checked only once the envelope is right: the detail of another
 * type of event would add issues that say nothing.
 */
export function eventParser<Detail>(type: EventType<Detail>): (input: unknown) => ParseResult<EventEnvelope<Detail>> {
  const envelope = record({ ...envelopeEntries, 'detail-type': exactly(type.detailType), source: exactly(type.source) });
  const whole = record({ ...envelopeEntries, detail: type.detail });
  return (input) => {
    const outer = parseWith(type.name, envelope, input);
    return outer.ok ? parseWith(type.name, whole, input) : outer;
  };
}
