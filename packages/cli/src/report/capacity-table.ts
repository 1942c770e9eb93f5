import type { CapacityReport, TaskSizeReport } from './capacity-report.js';
import { printable } from './printable.js';
import { drainableLine, hostsNeededLines } from './rebalance-report.js';

/** How a table is drawn. */
export interface CapacityTableOptions {
  /** The character that bars are made of. */
  readonly bar: string;
}

/** Length of the longest bar, in characters. */
const BAR_LENGTH = 24;
const HEADINGS = ['SIZE', 'CAPACITY', 'IDLE HOSTS', 'BINDING', 'PRECISION'] as const;
/** Columns of numbers, which align at the right. */
const NUMERIC: ReadonlySet<number> = new Set([1, 2]);

/** Draws an answer for people: a sentence, a row a task size with a bar, and what to know about them. */
export function capacityTable(report: CapacityReport, { bar }: CapacityTableOptions): string {
  const rows = [[...HEADINGS], ...report.taskSizes.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const most = Math.max(...report.taskSizes.map((size) => size.containerCapacity));
  const lines = rows.map((row, index) => {
    const size = report.taskSizes[index - 1];
    const cells = row.map((cell, column) => (NUMERIC.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)));
    return [...cells, size === undefined ? '' : bar.repeat(barLength(size.containerCapacity, most))].join('  ').trimEnd();
  });
  const notes = notesOf(report).map((note) => `note: ${printable(note)}`);
  const explanations = report.taskSizes.flatMap(({ name, explanation }) =>
    explanation === undefined ? [] : `${name}: ${printable(explanation.sentence)}`,
  );
  const { drainable, drainablePrecision, hostsNeeded, hosts } = report;
  const rebalance = [
    ...(drainable === undefined || drainablePrecision === undefined
      ? []
      : [drainableLine({ drainable, drainablePrecision }, hosts.eligible)]),
    ...(hostsNeeded === undefined ? [] : hostsNeededLines({ hostsNeeded })),
  ];
  return [
    sentence(report),
    '',
    ...lines,
    ...(explanations.length > 0 ? ['', ...explanations] : []),
    ...(rebalance.length > 0 ? ['', ...rebalance] : []),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n');
}

/** What to know of all the answers, each once. */
function notesOf({ taskSizes, drainableNotes = [], hostsNeeded }: CapacityReport): readonly string[] {
  return [...new Set([...taskSizes.flatMap((size) => size.notes), ...drainableNotes, ...(hostsNeeded?.notes ?? [])])];
}

/** Rounds hosts to two decimals. */
export function roundHosts(hosts: number | null): string {
  return hosts === null ? '-' : hosts.toFixed(2);
}

/** Counts things, in the singular where there is one. */
function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function cellsOf(size: TaskSizeReport): readonly string[] {
  return [size.name, String(size.containerCapacity), roundHosts(size.idleHostCapacity), size.binding ?? '-', size.precision];
}

function barLength(capacity: number, most: number): number {
  return capacity === 0 ? 0 : Math.max(1, Math.round((capacity / most) * BAR_LENGTH));
}

function sentence({ cluster, method, hosts, containerCapacity, taskSizes }: CapacityReport): string {
  const where = cluster === null ? 'cluster (not named in the input)' : `cluster ${printable(cluster)}`;
  const [only] = taskSizes;
  const size = taskSizes.length === 1 && only !== undefined ? only.name : 'any one size';
  // A size of which fewer may fit than counted may be the one that decides.
  const isUpperBound = containerCapacity > 0 && taskSizes.some(({ precision }) => precision === 'upperBound');
  const room = `${isUpperBound || method === 'pooled' ? 'at most ' : ''}${plural(containerCapacity, 'more task')} of ${size}`;
  return `${where}: room for ${room}, on ${plural(hosts.eligible, 'eligible host')} of ${hosts.registered} registered.`;
}
