import * as v from 'valibot';
import type { LogEvent, LogStore, LogStream } from './log-store.js';

/** Why CloudWatch Logs refused a request. */
export interface LogsError {
  /** Name of the error. */
  readonly code: string;
  /** Text. */
  readonly message: string;
}

/** What came of a request. */
export type LogsOutcome =
  | { readonly ok: true; readonly response: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly error: LogsError };

/** Most events of one page, and of all their bytes (SDK model, `GetLogEventsRequest.limit`). */
const MOST_EVENTS = 10_000;
const MOST_BYTES = 1024 * 1024;
/** What an event counts beside its text, in bytes (API_PutLogEvents). */
const EVENT_OVERHEAD_BYTES = 26;
/** Most streams of one page (SDK model, `DescribeLogStreamsRequest.limit`). */
const MOST_STREAMS = 50;

const text = v.exactOptional(v.string());
const whole = v.exactOptional(v.pipe(v.number(), v.integer()));
const flag = v.exactOptional(v.boolean());

const schemas = {
  GetLogEvents: v.object({
    logGroupName: text,
    logGroupIdentifier: text,
    logStreamName: text,
    startTime: whole,
    endTime: whole,
    nextToken: text,
    limit: whole,
    startFromHead: flag,
  }),
  DescribeLogStreams: v.object({
    logGroupName: text,
    logGroupIdentifier: text,
    logStreamNamePrefix: text,
    orderBy: text,
    descending: flag,
    nextToken: text,
    limit: whole,
  }),
  CreateLogGroup: v.object({ logGroupName: text }),
};

type Input<Name extends keyof typeof schemas> = v.InferOutput<(typeof schemas)[Name]>;

/** What an operation is given beside its input. */
interface Context {
  readonly store: LogStore;
  readonly region: string;
  readonly accountId: string;
}

const OPERATIONS: { readonly [Name in keyof typeof schemas]: (input: Input<Name>, context: Context) => LogsOutcome } = {
  GetLogEvents: getLogEvents,
  DescribeLogStreams: describeLogStreams,
  CreateLogGroup: createLogGroup,
};

/** Carries out an operation of CloudWatch Logs. */
export function applyLogsCall(call: { readonly operation: string; readonly input: unknown }, context: Context): LogsOutcome {
  if (!Object.hasOwn(OPERATIONS, call.operation)) {
    return refused('UnknownOperationException', `${call.operation} is not modelled by this endpoint`);
  }
  return applyNamed(call.operation as keyof typeof schemas, call.input, context);
}

function applyNamed<Name extends keyof typeof schemas>(name: Name, input: unknown, context: Context): LogsOutcome {
  const read = v.safeParse(schemas[name], withoutNulls(input));
  if (!read.success) {
    return refused('SerializationException', `${v.getDotPath(read.issues[0]) ?? 'the request'} is of the wrong kind`);
  }
  return OPERATIONS[name](read.output as Input<Name>, context);
}

function withoutNulls(input: unknown): unknown {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
    ? Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined))
    : (input ?? {});
}

function getLogEvents(input: Input<'GetLogEvents'>, { store }: Context): LogsOutcome {
  const { limit = MOST_EVENTS, startTime = 0, endTime = Number.POSITIVE_INFINITY } = input;
  if (limit < 1 || limit > MOST_EVENTS) {
    return invalid(`limit is ${limit}; use a number from 1 to ${MOST_EVENTS}`);
  }
  const token = readToken(input.nextToken);
  if (token === undefined) {
    return invalid('The specified nextToken is invalid.');
  }
  const group = groupOf(store, input);
  if (!group.ok) {
    return group;
  }
  const stream = group.streams.get(input.logStreamName ?? '');
  if (stream === undefined) {
    return refused('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  const direction = token.direction ?? (input.startFromHead === true ? 'f' : 'b');
  const bound = direction === 'f' ? startTime : endTime;
  const from = token.position ?? firstAt(stream, bound);
  const page = direction === 'f' ? forwards(stream, from, limit) : backwards(stream, from, limit);
  return {
    ok: true,
    response: {
      events: page.events.filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime),
      nextForwardToken: `f/${page.end}`,
      nextBackwardToken: `b/${page.start}`,
    },
  };
}

/** Place of the first event at a moment or later. */
function firstAt({ events }: LogStream, moment: number): number {
  const index = events.findIndex(({ timestamp }) => timestamp >= moment);
  return index === -1 ? events.length : index;
}

interface Page {
  readonly events: readonly LogEvent[];
  readonly start: number;
  readonly end: number;
}

function forwards(stream: LogStream, start: number, limit: number): Page {
  let [end, bytes] = [start, 0];
  while (end < stream.events.length && end - start < limit) {
    bytes += sizeOf(stream.events[end]);
    if (bytes > MOST_BYTES && end > start) {
      break;
    }
    end += 1;
  }
  return { events: stream.events.slice(start, end), start, end };
}

function backwards(stream: LogStream, end: number, limit: number): Page {
  let [start, bytes] = [Math.min(end, stream.events.length), 0];
  while (start > 0 && end - start < limit) {
    bytes += sizeOf(stream.events[start - 1]);
    if (bytes > MOST_BYTES && start < end) {
      break;
    }
    start -= 1;
  }
  return { events: stream.events.slice(start, end), start, end };
}

function sizeOf(event: LogEvent | undefined): number {
  return Buffer.byteLength(event?.message ?? '') + EVENT_OVERHEAD_BYTES;
}

interface Token {
  readonly direction?: 'f' | 'b';
  readonly position?: number;
}

function readToken(token: string | undefined): Token | undefined {
  if (token === undefined) {
    return {};
  }
  const parts = /^([fb])\/(\d{1,15})$/.exec(token);
  return parts === null ? undefined : { direction: parts[1] as 'f' | 'b', position: Number(parts[2]) };
}

function describeLogStreams(input: Input<'DescribeLogStreams'>, context: Context): LogsOutcome {
  const { limit = MOST_STREAMS, orderBy = 'LogStreamName', logStreamNamePrefix = '', descending = false } = input;
  if (limit < 1 || limit > MOST_STREAMS) {
    return invalid(`limit is ${limit}; use a number from 1 to ${MOST_STREAMS}`);
  }
  if (orderBy !== 'LogStreamName' && orderBy !== 'LastEventTime') {
    return invalid(`orderBy is ${orderBy}; use LogStreamName or LastEventTime`);
  }
  if (orderBy === 'LastEventTime' && logStreamNamePrefix !== '') {
    return invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const start = input.nextToken === undefined ? 0 : Number(input.nextToken);
  if (!Number.isSafeInteger(start) || start < 0) {
    return invalid('The specified nextToken is invalid.');
  }
  const group = groupOf(context.store, input);
  if (!group.ok) {
    return group;
  }
  const sorted = [...group.streams.values()]
    .filter(({ name }) => name.startsWith(logStreamNamePrefix))
    .sort((a, b) => (orderBy === 'LogStreamName' ? compare(a.name, b.name) : lastEventAt(a) - lastEventAt(b) || compare(a.name, b.name)));
  const ordered = descending ? sorted.reverse() : sorted;
  return {
    ok: true,
    response: {
      logStreams: ordered.slice(start, start + limit).map((stream) => describeStream(stream, group.name, context)),
      ...(start + limit < ordered.length ? { nextToken: String(start + limit) } : {}),
    },
  };
}

function describeStream(stream: LogStream, group: string, { region, accountId }: Context): Readonly<Record<string, unknown>> {
  const [first, last] = [stream.events[0], stream.events.at(-1)];
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAtMs,
    ...(first === undefined || last === undefined
      ? {}
      : { firstEventTimestamp: first.timestamp, lastEventTimestamp: last.timestamp, lastIngestionTime: last.ingestionTime }),
    arn: `arn:aws:logs:${region}:${accountId}:log-group:${group}:log-stream:${stream.name}`,
    storedBytes: 0,
  };
}

function createLogGroup({ logGroupName = '' }: Input<'CreateLogGroup'>, { store }: Context): LogsOutcome {
  if (!/^[\w./#-]{1,512}$/.test(logGroupName)) {
    return invalid('logGroupName must be 1 to 512 letters, digits, and characters of _-/.#');
  }
  if (store.streams(logGroupName) !== undefined) {
    return refused('ResourceAlreadyExistsException', 'The specified log group already exists');
  }
  store.createGroup(logGroupName);
  return { ok: true, response: {} };
}

type Group = { readonly ok: true; readonly name: string; readonly streams: ReadonlyMap<string, LogStream> };

function groupOf(
  store: LogStore,
  { logGroupName, logGroupIdentifier }: { readonly logGroupName?: string; readonly logGroupIdentifier?: string },
): Group | Extract<LogsOutcome, { ok: false }> {
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    return invalid('give either logGroupName or logGroupIdentifier');
  }
  const name = logGroupName ?? (logGroupIdentifier ?? '').replace(/^arn:.*?:log-group:/, '');
  const streams = store.streams(name);
  return streams === undefined
    ? refused('ResourceNotFoundException', 'The specified log group does not exist.')
    : { ok: true, name, streams };
}

function lastEventAt({ events, createdAtMs }: LogStream): number {
  return events.at(-1)?.timestamp ?? createdAtMs;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function invalid(message: string): Extract<LogsOutcome, { ok: false }> {
  return refused('InvalidParameterException', message);
}

function refused(code: string, message: string): Extract<LogsOutcome, { ok: false }> {
  return { ok: false, error: { code, message } };
}
