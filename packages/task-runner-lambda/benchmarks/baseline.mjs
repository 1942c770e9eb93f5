// Plays the same schedules of faults with this package and with the book's algorithm, and prints how often each goes wrong.
//
//   node --import ../../projenrc/scripts/import-typescript.mjs benchmarks/baseline.mjs [schedules] [first seed]
//
// Exits 1 if this package goes wrong in one.
import { baselineTable, compareWithBook } from '../test/helpers/proof/baseline.ts';

const schedules = Number(process.argv[2] ?? 1000);
const firstSeed = Number(process.argv[3] ?? 1);
const rows = await compareWithBook(schedules, firstSeed);
console.log(`${schedules} schedules, seeds ${firstSeed} to ${firstSeed + schedules - 1}: schedules in which it …\n`);
console.log(baselineTable(rows));
console.log(
  `\nnot covered, for a run of the function died less than four minutes before the deadline: ${rows.map(({ runner, uncovered }) => `${runner} ${uncovered}`).join(', ')} requests`,
);
process.exitCode = rows.some(({ runner, wrong }) => runner === 'plimsoll' && wrong > 0) ? 1 : 0;
