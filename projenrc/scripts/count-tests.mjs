// Adds up the jest reports of every workspace and prints "N passed, N failed" as the last line.
//
//   node projenrc/scripts/count-tests.mjs [--status N]
//
// --status is the exit status of the run that wrote the reports: a run that failed counts at least one failure, even where
// it failed before any test. A missing report and a missed threshold of coverage are failures, too, and are named; a run at full
// length, by PLIMSOLL_TEST_LEVEL, measures nothing. Exits 1 on a failure, on no test at all, and, with PLIMSOLL_SAMPLES set, on a
// skipped test.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { shortfallsOf } from './coverage-shortfalls.mjs';

/** Characters of a failure that are shown. */
const MOST_SAID = 3_000;

const { values } = parseArgs({ options: { status: { type: 'string', default: '0' } } });
const { workspaces } = JSON.parse(readFileSync('package.json', 'utf8'));
const total = { tests: 0, failed: 0, skipped: 0 };
/** Failures that are no test's. */
let beside = 0;

for (const workspace of workspaces) {
  const report = `${workspace}/test-reports/junit.xml`;
  if (!existsSync(report)) {
    const hasTests = readdirSync(`${workspace}/test`, { recursive: true }).some((file) => file.endsWith('.test.ts'));
    console.error(`${workspace}: no report${hasTests ? ', though it has tests' : ''}`);
    if (hasTests) beside += 1;
    continue;
  }
  const xml = readFileSync(report, 'utf8');
  const sum = (attribute) =>
    [...xml.matchAll(new RegExp(`<testsuite [^>]*\\b${attribute}="(\\d+)"`, 'g'))].reduce((all, [, count]) => all + Number(count), 0);
  const counts = { tests: sum('tests'), failed: sum('failures') + sum('errors'), skipped: sum('skipped') };
  console.error(`${workspace}: ${counts.tests} tests, ${counts.failed} failed, ${counts.skipped} skipped`);
  for (const told of failuresOf(xml)) console.error(told);
  for (const key of Object.keys(total)) total[key] += counts[key];
  const shortfalls = process.env.PLIMSOLL_TEST_LEVEL === 'full' ? [] : shortfallsOf(workspace);
  beside += shortfalls.length;
  for (const shortfall of shortfalls) console.error(shortfall);
}

/** Each failed test by name, with the beginning of what it said: the runs of all workspaces scroll away. */
function failuresOf(xml) {
  const cases = xml.match(/<testcase [^>]*[^/]>.*?<\/testcase>/gs) ?? [];
  return cases.flatMap((text) => {
    const [, said] = /<(?:failure|error)[^>]*>(.*?)<\/(?:failure|error)>/s.exec(text) ?? [];
    const [, name = ''] = /\bname="([^"]*)"/.exec(text) ?? [];
    return said === undefined ? [] : [`  failed: ${plain(name)}\n${plain(said).slice(0, MOST_SAID).replace(/^/gm, '    ')}`];
  });
}

function plain(text) {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name]);
}

const passed = Math.max(0, total.tests - total.failed - total.skipped);
total.failed += beside;
if (values.status !== '0' && total.failed === 0) total.failed = 1;
if (total.tests === 0) total.failed = Math.max(1, total.failed);
if (total.skipped > 0 && process.env.PLIMSOLL_SAMPLES) {
  console.error(`${total.skipped} tests were skipped although the recorded data is here`);
  total.failed += total.skipped;
}
console.log(`${passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
