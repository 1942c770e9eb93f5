import type { Readable } from 'node:stream';
import { EventTraceRecorder, generateWorkload, parseOpenbTrace, parsePlainTrace, type Workload } from '@plimsoll/simulator';
import { UsageError } from '../program-error.js';
import { readEventEntries } from './event-entries.js';
import { nameOfInput, readInput } from './open-input.js';

/** Formats of a trace. */
export const TRACE_FORMATS = ['csv', 'openb', 'events'] as const;

const YEAR_MILLIS = 365 * 86_400_000;
/** Most years that are simulated, minute by minute. */
const MOST_YEARS = 20;

/** Where a workload comes from. */
export type WorkloadSource =
  | { readonly kind: 'trace'; readonly file: string; readonly format: (typeof TRACE_FORMATS)[number] }
  | { readonly kind: 'generated'; readonly spec: string; readonly seed: number };

/**
 * Reads a workload, or makes it.
 *
 * @throws UsageError when the file or the text is none
 */
export async function readWorkload(source: WorkloadSource, stdin: Readable): Promise<Workload> {
  const workload = await read(source, stdin);
  const years = workload.endMillis / YEAR_MILLIS;
  if (years > MOST_YEARS) throw new UsageError(`the work goes on for ${Math.round(years)} years: give at most ${MOST_YEARS}`);
  return workload;
}

async function read(source: WorkloadSource, stdin: Readable): Promise<Workload> {
  if (source.kind === 'generated') {
    const made = generateWorkload(source.spec, source.seed);
    if (!made.ok) throw new UsageError(`cannot generate: ${made.error.message}`);
    return made.value;
  }
  const { file, format } = source;
  if (format === 'events') return readEvents(file, stdin);
  const chunks: Uint8Array[] = [];
  for await (const chunk of readInput(file, stdin)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const parsed = format === 'openb' ? parseOpenbTrace(text) : parsePlainTrace(text);
  if (parsed.ok) return parsed.value;
  const { line, message } = parsed.error;
  throw new UsageError(`${nameOfInput(file)}${line === undefined ? '' : `:${line}`}: ${message}`);
}

async function readEvents(file: string, stdin: Readable): Promise<Workload> {
  const recorder = new EventTraceRecorder();
  let unreadable = 0;
  for await (const entry of readEventEntries(readInput(file, stdin))) {
    if (entry.ok) recorder.add(entry.value.value);
    else unreadable += 1;
  }
  const workload = recorder.workload();
  if (workload.arrivals.length === 0) {
    throw new UsageError(`${nameOfInput(file)}: no task of it ever started: give Task State Change events`);
  }
  return unreadable === 0 ? workload : { ...workload, notes: [...workload.notes, `${unreadable} entries are no JSON`] };
}
