import type { EventEnvelope } from '../envelope.js';
import type { ParseResult } from '../parse-result.js';
import { envelopeEntries } from './envelope-entries.js';
import type { Field } from './field.js';
import { exactly } from './fields.js';
import { parseWith } from './parse-with.js';
import { readOwn } from './safe-read.js';
import { record } from './structures.js';

/** What tells one type of event from the others. */
export interface EventType<Detail, Type extends string> {
  /** Name of the schema: the file's name and the subpath. */
  readonly name: string;
  /** The only accepted `detail-type`. */
  readonly detailType: Type;
  /** The only accepted `source`. */
  readonly source: string;
  /** Schema of the detail. */
  readonly detail: Field<Detail>;
}

/**
 * Makes the parser of one type of event.
 *
 * The detail is checked only in an event of this type: the detail of another
 * type would add issues that say nothing.
 */
export function eventParser<Detail, const Type extends string>(
  type: EventType<Detail, Type>,
): (input: unknown) => ParseResult<EventEnvelope<Detail, Type>> {
  const entries = { ...envelopeEntries, 'detail-type': exactly(type.detailType), source: exactly(type.source) };
  const envelope = record(entries);
  const whole = record({ ...entries, detail: type.detail });
  return (input) => {
    const isOfType = readOwn(input, 'detail-type') === type.detailType && readOwn(input, 'source') === type.source;
    const outer = isOfType ? undefined : parseWith(type.name, envelope, input);
    return outer?.ok === false ? outer : parseWith(type.name, whole, input);
  };
}
