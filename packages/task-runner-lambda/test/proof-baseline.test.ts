import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baselineTable, compareWithBook } from './helpers/proof/baseline.js';

/** The documentation's own schedules at the full level, of which the table must be the one printed there. */
const FULL = process.env.PLIMSOLL_TEST_LEVEL === 'full';
const RUNS = FULL ? 1000 : 40;

test(`of ${RUNS} schedules the book's algorithm goes wrong in some of every kind, and this package in none`, async () => {
  const rows = await compareWithBook(RUNS, 1);
  if (FULL) process.stdout.write(`of ${RUNS} schedules, seeds 1 to ${RUNS}, those in which it …\n${baselineTable(rows)}\n`);
  const [book] = rows;
  expect(book?.runner).toBe('the book');
  for (const kind of ['hangs', 'doubles', 'lies', 'outlives'] as const) expect(book?.counts[kind]).toBeGreaterThan(0);
  for (const { runner, wrong } of rows) if (runner === 'plimsoll') expect(wrong).toBe(0);
  if (FULL) for (const line of baselineTable(rows).split('\n').slice(2)) expect(documentation()).toContain(line);
}, 600_000);

function documentation(): string {
  return readFileSync(join(__dirname, '../../../docs/task-runner.md'), 'utf8');
}
