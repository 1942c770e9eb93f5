import { lastPartOf } from '../input/cluster-arn.js';
import type { CapacityReport } from './capacity-report.js';
import { roundHosts } from './capacity-table.js';
import { printable } from './printable.js';

/** The state after one event, as `replay --json` prints it; `schemas/replay.schema.json` describes it. */
export interface ReplayReport extends CapacityReport {
  /** The event's place in the input, from 1; what could not be read or is about something else counts too. */
  readonly event: number;
  /** When the event says it happened, ISO 8601; `null` where it does not say. */
  readonly time: string | null;
  /** The host the event is about. */
  readonly containerInstanceArn: string;
  /** Version of the host's record. Integer, at least 0. */
  readonly version: number;
  /** Whether the event told something new; `false` for one that is repeated or late. */
  readonly applied: boolean;
}

/** Longest bar, in characters; one a task. */
const BAR_LENGTH = 40;

/** Draws one event and the state after it in a line. */
export function replayLine(report: ReplayReport, { bar }: { readonly bar: string }): string {
  const sizes = report.taskSizes.map((size) => `${size.name} ${size.containerCapacity} (${roundHosts(size.idleHostCapacity)} idle)`);
  const drawn = report.containerCapacity > BAR_LENGTH ? `${bar.repeat(BAR_LENGTH)}…` : bar.repeat(report.containerCapacity);
  const what = `${report.cluster}/${lastPartOf(report.containerInstanceArn)} v${report.version}`;
  return printable(
    `${report.event}  ${report.time ?? '-'}  ${what}  ${report.applied ? 'applied' : 'stale'}  ${sizes.join('  ')}  ${drawn}`,
  ).trimEnd();
}
