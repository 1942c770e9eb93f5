import type { PlacementOperator } from './expression.js';
import { agreed, negated, type Truth } from './truth.js';

/** A stretch of time, in milliseconds since 1970, from `start` until just before `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const DAY = 86_400_000;
const SECOND = 1_000;

/**
 * Reads a date in one of the four forms Amazon ECS documents: a day, or a second with or without an offset from UTC.
 *
 * Without an offset it is taken as UTC, the offset of every documented example that has one.
 */
export function readDate(text: string): Stretch | undefined {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?)?$/.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const start = Date.UTC(year, month - 1, day, hours, minutes, seconds);
  // The calendar decides: 30 February comes back as another day.
  const expected = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4] ?? '00'}:${parts[5] ?? '00'}:${parts[6] ?? '00'}.000Z`;
  const offset = offsetOf(parts[7] ?? 'Z');
  if (offset === undefined || new Date(start).toISOString() !== expected) return undefined;
  return { start: start - offset, end: start - offset + (parts[4] === undefined ? DAY : SECOND) };
}

/** Milliseconds east of UTC. */
function offsetOf(text: string): number | undefined {
  if (text === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(4, 6));
  if (hours > 23 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/**
 * Compares a time with a date. It is not documented whether a date means its first moment or all of its day or second: where the two
 * readings differ the answer is in doubt.
 */
export function compareTime(time: number, operator: PlacementOperator, { start, end }: Stretch): Truth {
  switch (operator) {
    case 'less_than':
      return time < start;
    case 'greater_than_equal':
      return time >= start;
    case 'less_than_equal':
      return agreed(time <= start, time < end);
    case 'greater_than':
      return agreed(time > start, time >= end);
    case 'not_equals':
      return negated(compareTime(time, 'equals', { start, end }));
    default:
      return agreed(time === start, time >= start && time < end);
  }
}

/**
 * A registration time in milliseconds since 1970.
 *
 * @param registeredAt - seconds since 1970, as in the records of Amazon ECS, or text in ISO 8601, as the AWS CLI and SDKs print it
 */
export function readRegistration(registeredAt: string | number): number | undefined {
  const time = typeof registeredAt === 'number' ? registeredAt * 1_000 : readIsoTime(registeredAt);
  return Number.isFinite(time) ? time : undefined;
}

function readIsoTime(text: string): number {
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})$/.test(text)
    ? Date.parse(text.replace(/([+-][0-9]{2})([0-9]{2})$/, '$1:$2'))
    : Number.NaN;
}
