import { readEventEntries } from '../input/event-entries.js';
import { nameOfInput, readInput } from '../input/open-input.js';
import { EXIT_STATUS, UsageError } from '../program-error.js';
import { EMPTY_REPLAY, type ReplayStep, replayEvent } from '../replay.js';
import { replayLine } from '../report/replay-report.js';
import { parseTaskSizeSpecs } from '../task-size-spec.js';
import type { CommandContext } from './context.js';

/** Options of `plimsoll replay`, as the argument parser gives them. */
export interface ReplayOptions {
  /** FILE of events, or `-`. */
  readonly events: string;
  /** SPECs. */
  readonly taskSize: readonly string[];
  /** Whether to print JSON. */
  readonly json?: boolean;
}

/** Prints the state after each event; says at the end what became of them all. */
export async function runReplay(options: ReplayOptions, { io, out, warn, bar }: CommandContext): Promise<number> {
  const sizes = parseTaskSizeSpecs(options.taskSize);
  if (!sizes.ok) throw new UsageError(sizes.error.message);
  const name = nameOfInput(options.events);
  const count = { events: 0, applied: 0, stale: 0, unreadable: 0, other: 0 };
  let state = EMPTY_REPLAY;
  for await (const entry of readEventEntries(readInput(options.events, io.stdin))) {
    count.events += 1;
    const step = entry.ok ? replayEvent(state, { event: count.events, value: entry.value.value }, sizes.value) : entry;
    if (!step.ok) {
      count.unreadable += 1;
      const place = entry.ok ? `${name}:${entry.value.line}` : `${name}:${entry.error.line}:${entry.error.column}`;
      await warn(`${place}: ${step.error.message}`);
    } else if (step.value.kind === 'other') {
      count.other += 1;
    } else {
      state = step.value.state;
      count[step.value.report.applied ? 'applied' : 'stale'] += 1;
      if (!(await out(lineOf(step.value, options.json === true, bar)))) return EXIT_STATUS.ok;
    }
  }
  const others = count.other === 0 ? '' : `, ${count.other} about something other than a host`;
  await warn(`${count.events} events, ${count.applied} applied, ${count.stale} stale or duplicate, ${count.unreadable} unreadable${others}`);
  return count.unreadable > 0 && count.unreadable === count.events ? EXIT_STATUS.usage : EXIT_STATUS.ok;
}

function lineOf({ report }: Extract<ReplayStep, { kind: 'event' }>, json: boolean, bar: string): string {
  return `${json ? JSON.stringify(report) : replayLine(report, { bar })}\n`;
}
