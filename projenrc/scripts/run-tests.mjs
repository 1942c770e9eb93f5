// Runs the tests of the workspace in the working directory and, where its jest.config.json has thresholds, measures what they run through.
//
//   node ../../projenrc/scripts/run-tests.mjs [--apart NAME]... -- [ARGUMENT OF JEST]...
//
// --apart names test files, as NAME.test.ts, that run by themselves and are not measured. A run with arguments for jest is taken for one of
// some of the tests, and is not measured. Nor is one with PLIMSOLL_TEST_LEVEL=full: a measured property takes up to twice its time, and
// the ordinary run measures what lands. Exits with 0, or with 1 on a failed test and where a threshold is missed.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { shortfallsOf } from './coverage-shortfalls.mjs';

const { values, positionals } = parseArgs({ options: { apart: { type: 'string', multiple: true, default: [] } }, allowPositionals: true });
const { coverageThreshold } = JSON.parse(readFileSync('jest.config.json', 'utf8'));
const measured = coverageThreshold !== undefined && positionals.length === 0 && process.env.PLIMSOLL_TEST_LEVEL !== 'full';

function jest(args, env = {}) {
  const { status, error } = spawnSync('jest', ['--ci', ...args], { env: { ...process.env, ...env }, stdio: 'inherit' });
  if (error !== undefined) console.error(`jest did not start: ${error.message}`);
  return status === 0;
}

/** All tests, measured but for those that run apart. */
function runMeasured() {
  const apart = `/test/(.*/)?(${values.apart.join('|')})\\.test\\.ts$`;
  const passed = [jest(values.apart.length > 0 ? ['--coverage', '--testPathIgnorePatterns', apart] : ['--coverage'])];
  if (values.apart.length > 0) passed.push(jest([apart], { JEST_JUNIT_OUTPUT_NAME: 'junit-apart.xml' }));
  for (const shortfall of shortfallsOf('.')) console.error(shortfall);
  return passed.every((one) => one);
}

// What an earlier run left must not be taken for this one's.
if (positionals.length === 0) for (const report of ['test-reports', 'coverage']) rmSync(report, { recursive: true, force: true });
process.exitCode = (measured ? runMeasured() : jest(positionals)) ? 0 : 1;
