import type { Result } from '@plimsoll/capacity-core';
import { refused, type TraceError } from './trace-error.js';

/** A line of a table, by the names of its columns. */
export interface CsvRow {
  /** Line it stands on, from 1. */
  readonly line: number;
  /** Text of a column; empty where the line ends before it. */
  text(column: string): string;
  /** A number of at least 0; `undefined` where the text is none. */
  number(column: string): number | undefined;
}

/** Reads values divided by commas under a line of names. Quotes are not known: no trace has them. */
export function readCsvTable(text: string, needed: readonly string[]): Result<readonly CsvRow[], TraceError> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = (lines[0] ?? '').split(',').map((name) => name.trim());
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    return refused('NO_HEADER', `the first line lacks ${missing.join(', ')}: write a line of column names with ${needed.join(', ')}`, 1);
  }
  const places = new Map(names.map((name, index) => [name, index]));
  const rows: CsvRow[] = [];
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const values = line.split(',');
    const textOf = (column: string): string => (values[places.get(column) ?? -1] ?? '').trim();
    rows.push({ line: at + 1, text: textOf, number: (column) => numberIn(textOf(column)) });
  }
  return { ok: true, value: rows };
}

function numberIn(text: string): number | undefined {
  return /^\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
}
