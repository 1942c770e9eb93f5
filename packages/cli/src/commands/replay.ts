import type { TaskSizes } from '@plimsoll/capacity-core';
import { type EventEntry, readEventEntries } from '../input/event-entries.js';
import { nameOfInput, readInput } from '../input/open-input.js';
import { EXIT_STATUS, UsageError } from '../program-error.js';
import { EMPTY_REPLAY, replayEvent } from '../replay.js';
import { type ReplayReport, replayLine } from '../report/replay-report.js';
import { parseTaskSizeSpecs } from '../task-size-spec.js';
import type { CommandContext } from './context.js';

/** Options of `plimsoll replay`, as the argument parser gives them. */
export interface ReplayOptions {
  /** FILE of events, or `-`. */
  readonly events?: string;
  /** SPECs. */
  readonly taskSize?: readonly string[];
  /** Whether to print JSON. */
  readonly json?: boolean;
}

/** What became of one entry of the input. */
type Outcome =
  | { readonly kind: 'applied' | 'stale'; readonly report: ReplayReport }
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable'; readonly place: string; readonly message: string };

/** Prints the state after each event; says at the end what became of them all. */
export async function runReplay(options: ReplayOptions, { io, out, warn, bar }: CommandContext): Promise<number> {
  const { file, sizes } = checked(options);
  const name = nameOfInput(file);
  const count = { applied: 0, stale: 0, other: 0, unreadable: 0 };
  for await (const outcome of outcomesOf(readEventEntries(readInput(file, io.stdin)), sizes)) {
    count[outcome.kind] += 1;
    if (outcome.kind === 'unreadable') {
      await warn(`${name}:${outcome.place}: ${outcome.message}`);
    } else if (outcome.kind !== 'other') {
      const line = options.json === true ? JSON.stringify(outcome.report) : replayLine(outcome.report, { bar });
      if (!(await out(`${line}\n`))) return EXIT_STATUS.ok;
    }
  }
  const events = count.applied + count.stale + count.other + count.unreadable;
  await warn(summary(events, count));
  return count.unreadable > 0 && count.unreadable === events ? EXIT_STATUS.usage : EXIT_STATUS.ok;
}

function checked({ events, taskSize = [] }: ReplayOptions): { readonly file: string; readonly sizes: TaskSizes } {
  if (events === undefined) throw new UsageError('no events to replay: give --events FILE');
  const sizes = parseTaskSizeSpecs(taskSize);
  if (!sizes.ok) throw new UsageError(sizes.error.message);
  return { file: events, sizes: sizes.value };
}

function summary(events: number, { applied, stale, other, unreadable }: Readonly<Record<Outcome['kind'], number>>): string {
  const others = other === 0 ? '' : `, ${other} about something other than a host`;
  return `${events} ${events === 1 ? 'event' : 'events'}, ${applied} applied, ${stale} stale or duplicate, ${unreadable} unreadable${others}`;
}

async function* outcomesOf(entries: AsyncIterable<EventEntry>, sizes: TaskSizes): AsyncGenerator<Outcome, void, undefined> {
  let state = EMPTY_REPLAY;
  let event = 0;
  for await (const entry of entries) {
    event += 1;
    if (!entry.ok) {
      yield { kind: 'unreadable', place: `${entry.error.line}:${entry.error.column}`, message: entry.error.message };
      continue;
    }
    const step = replayEvent(state, { event, value: entry.value.value }, sizes);
    if (!step.ok) {
      yield { kind: 'unreadable', place: String(entry.value.line), message: step.error.message };
    } else if (step.value.kind === 'other') {
      yield { kind: 'other' };
    } else {
      state = step.value.state;
      yield { kind: step.value.report.applied ? 'applied' : 'stale', report: step.value.report };
    }
  }
}
