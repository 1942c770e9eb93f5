// Runs the tests of the workspace in the working directory and, where its jest.config.json has thresholds, measures what they run through.
//
//   node ../../projenrc/scripts/run-tests.mjs [ARGUMENT OF JEST]...
//
// A run with arguments is taken for one of some of the tests, and is not measured. Nor is one with PLIMSOLL_TEST_LEVEL=full: a measured
// property takes half as long again, and the ordinary run measures what lands. Exits as jest does: with 1 on a failed test and where a
// threshold is missed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shortfallsOf } from './coverage-shortfalls.mjs';

const args = process.argv.slice(2);
const { coverageThreshold } = JSON.parse(readFileSync('jest.config.json', 'utf8'));
const full = process.env.PLIMSOLL_TEST_LEVEL === 'full';
const measured = coverageThreshold !== undefined && args.length === 0 && !full;

/** Properties that run far longer may take far longer, on a busy machine, too; what hangs still ends. In milliseconds. */
const FULL_TIMEOUT = ['--testTimeout', '900000'];

// What an earlier run left must not be taken for this one's.
if (args.length === 0) for (const report of ['test-reports', 'coverage']) rmSync(report, { recursive: true, force: true });
// Every CDK app without a folder of its own makes a temporary one and leaves it behind, some hundreds in a run; what jest has transformed is kept.
const temporary = mkdtempSync(join(tmpdir(), 'plimsoll-tests-'));
const cache = ['--cacheDirectory', join(tmpdir(), 'plimsoll-jest')];
const { status, error } = spawnSync(
  'jest',
  ['--ci', ...cache, ...(measured ? ['--coverage'] : []), ...(full ? FULL_TIMEOUT : []), ...args],
  {
    stdio: 'inherit',
    env: { ...process.env, TMPDIR: temporary },
  },
);
rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
if (error !== undefined) console.error(`jest did not start: ${error.message}`);
if (measured) for (const shortfall of shortfallsOf('.')) console.error(shortfall);
process.exitCode = status ?? 1;
