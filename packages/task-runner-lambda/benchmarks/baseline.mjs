// Plays the same schedules of faults with this package and with the book's algorithm, and prints how often each goes wrong.
//
//   node --import ./benchmarks/typescript.mjs benchmarks/baseline.mjs [schedules] [first seed]
//
// Exits 1 if this package goes wrong in one.
import { bookRunner } from '../test/helpers/proof/book-runner.ts';
import { ourRunner } from '../test/helpers/proof/our-runner.ts';
import { calmed, scheduleOf } from '../test/helpers/proof/schedule.ts';
import { diedTooLate, faultsOf } from '../test/helpers/proof/verdict.ts';
import { playProof } from '../test/helpers/proof/world.ts';

const schedules = Number(process.argv[2] ?? 1000);
const firstSeed = Number(process.argv[3] ?? 1);
const KINDS = ['hangs', 'doubles', 'lies', 'outlives', 'breaks'];

/** Plays every schedule with a subject; counts those with a fault of each kind. */
async function play(subject, changed) {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  let wrong = 0;
  let requests = 0;
  let uncovered = 0;
  for (let seed = firstSeed; seed < firstSeed + schedules; seed += 1) {
    const played = await playProof(changed(scheduleOf(seed)), subject);
    const kinds = new Set(faultsOf(played).map(({ kind }) => kind));
    for (const kind of kinds) counts[kind] += 1;
    wrong += kinds.size > 0 ? 1 : 0;
    requests += played.requests.length;
    uncovered += played.requests.filter((request) => diedTooLate(played, request)).length;
  }
  return { counts, wrong, requests, uncovered };
}

const rows = [];
for (const [weather, changed] of [
  ['all faults', (schedule) => schedule],
  ['none of ours', calmed],
]) {
  for (const subject of [bookRunner, ourRunner]) rows.push({ weather, subject, ...(await play(subject, changed)) });
}
console.log(`${schedules} schedules, seeds ${firstSeed} to ${firstSeed + schedules - 1}: schedules in which it …\n`);
console.log('| faults | runner | hangs | doubles | lies | outlives | breaks the rules | goes wrong at all | requests |');
console.log('|-|-|-|-|-|-|-|-|-|');
for (const { weather, subject, counts, wrong, requests } of rows) {
  console.log(`| ${weather} | ${subject.name} | ${KINDS.map((kind) => counts[kind]).join(' | ')} | ${wrong} | ${requests} |`);
}
console.log(
  `\nnot covered, for a run of the function died less than four minutes before the deadline: ${rows.map(({ subject, uncovered }) => `${subject.name} ${uncovered}`).join(', ')} requests`,
);
process.exitCode = rows.some(({ subject, wrong }) => subject === ourRunner && wrong > 0) ? 1 : 0;
