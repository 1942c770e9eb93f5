import type { Result } from '@plimsoll/capacity-core';
import { type Arrival, type Workload, workloadOf } from '../workload.js';
import { type CsvRow, readCsvTable } from './csv-table.js';
import { SizeCatalogue } from './size-catalogue.js';
import { refused, type TraceError } from './trace-error.js';

const COLUMNS = ['time', 'duration', 'cpu', 'memory'] as const;
/** Most tasks that a line may stand for. */
const MAX_COUNT = 1_000_000;
const MINUTE_MILLIS = 60_000;

/**
 * Reads a table of tasks: `time` and `duration` in seconds, `cpu` in units of 1/1024 vCPU, `memory` in MiB; `count` (1) and `gpu` (0)
 * may be added. It begins with the minute of its first task. Columns in any order under a line of names; further ones are of no account.
 */
export function parsePlainTrace(text: string): Result<Workload, TraceError> {
  const rows = readCsvTable(text, COLUMNS);
  if (!rows.ok) return rows;
  const catalogue = new SizeCatalogue();
  const arrivals: Arrival[] = [];
  for (const row of rows.value) {
    const values = new Map<string, number>();
    for (const column of [...COLUMNS, 'count', 'gpu']) {
      const value = amountIn(row, column);
      if (value === undefined) {
        const found = JSON.stringify(row.text(column).slice(0, 40));
        return refused('WRONG_VALUE', `${column} is ${found}: write a ${expected(column)}`, row.line);
      }
      values.set(column, value);
    }
    const of = (column: string): number => values.get(column) ?? 0;
    const size = catalogue.placeOf({ cpuUnits: of('cpu'), memoryMiB: of('memory'), gpus: of('gpu') });
    const arrival = { atMillis: Math.round(of('time') * 1000), durationMillis: Math.round(of('duration') * 1000), size };
    for (let copy = 0; copy < of('count'); copy += 1) arrivals.push(arrival);
  }
  if (arrivals.length === 0) return refused('EMPTY', 'the trace has no task: write one a line under the column names');
  // Seconds since 1970 are as good as seconds since the first task, but for the decades without any.
  const first = arrivals.reduce((least, { atMillis }) => Math.min(least, atMillis), Number.POSITIVE_INFINITY);
  const startMillis = Math.floor(first / MINUTE_MILLIS) * MINUTE_MILLIS;
  const shifted = arrivals.map((arrival) => ({ ...arrival, atMillis: arrival.atMillis - startMillis }));
  return { ok: true, value: workloadOf({ sizes: catalogue.sizes, arrivals: shifted }) };
}

/** The value of a column; `undefined` where it is none that the column holds. */
function amountIn(row: CsvRow, column: string): number | undefined {
  if (row.text(column) === '' && (column === 'count' || column === 'gpu')) return column === 'count' ? 1 : 0;
  const value = row.number(column);
  if (value === undefined || column === 'time' || column === 'duration') return value;
  return Number.isInteger(value) && !(column === 'count' && value > MAX_COUNT) ? value : undefined;
}

function expected(column: string): string {
  if (column === 'time' || column === 'duration') return 'number of seconds, 0 or more';
  return column === 'count' ? `whole number from 0 to ${MAX_COUNT}` : 'whole number, 0 or more';
}

/** Writes standalone tasks as {@link parsePlainTrace} reads them. */
export function formatPlainTrace({ sizes, arrivals }: Pick<Workload, 'sizes' | 'arrivals'>): string {
  const lines = arrivals.map(({ atMillis, durationMillis, size: place }) => {
    const { cpuUnits = 0, memoryMiB = 0, gpus = 0 } = sizes[place] ?? {};
    return `${atMillis / 1000},${durationMillis / 1000},${cpuUnits},${memoryMiB},${gpus}`;
  });
  return `time,duration,cpu,memory,gpu\n${lines.map((line) => `${line}\n`).join('')}`;
}
