// Runs the same scenarios against this package and the npm helpers, and prints what the stack is told in each.
//
//   node --import ../../projenrc/scripts/import-typescript.mjs benchmarks/outcomes.mjs
//
// Exits 1 if this package does not end a scenario as expected.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Bucket } from '../test/helpers/bucket.ts';
import { makeCertificates } from '../test/helpers/certificates.ts';
import { outcomeOf } from './outcome.mjs';
import { SCENARIOS } from './scenarios.mjs';

/** Time-out of the function, in milliseconds. */
const LIMIT_MS = 5000;
/** Lambda runs a function that failed or timed out two more times; the minutes between are left out. */
const DELIVERIES = 3;
/** Requests that are served at once. */
const PARALLEL = 6;

const HELPERS = ['plimsoll', 'cfn-response', 'cfn-custom-resource'];
const require = createRequire(import.meta.url);

/** Delivers a request once; says how the function ended. */
async function deliver({ helper, scenario, port, authority }) {
  const child = fork(join(import.meta.dirname, 'lambda.mjs'), [helper, scenario.work, scenario.runtime, String(LIMIT_MS)], {
    execArgv: ['--require', join(import.meta.dirname, 'loopback.cjs')],
    env: { NODE_EXTRA_CA_CERTS: authority, PLIMSOLL_BENCH_PORT: String(port) },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let timer;
  let invoked = false;
  child.once('message', () => {
    invoked = true;
    timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  });
  const [status, signal] = await once(child, 'exit');
  clearTimeout(timer);
  if (!invoked) throw new RangeError(`${helper} could not be loaded, status ${status}: run the task compile first`);
  if (signal !== null) return 'times out';
  return status === 0 ? 'reports success' : 'fails';
}

/** Serves one request with one helper, through every delivery that Lambda would make. */
async function run(helper, scenario, { certificates, authority }) {
  const bucket = await Bucket.listen(certificates[scenario.certificate], ...scenario.bucket);
  try {
    const port = Number(new URL(bucket.url()).port);
    const ends = [];
    do ends.push(await deliver({ helper, scenario, port, authority }));
    while (ends.at(-1) !== 'reports success' && ends.length < DELIVERIES);
    return outcomeOf({ stored: bucket.stored, ends, work: scenario.work });
  } finally {
    await bucket.close();
  }
}

async function runAll(trust) {
  const outcomes = new Map(SCENARIOS.map((scenario) => [scenario, {}]));
  const cells = SCENARIOS.flatMap((scenario) => HELPERS.map((helper) => ({ scenario, helper })));
  // Those that wait the longest begin first.
  cells.sort((a, b) => Number(b.scenario.work === 'hangs') - Number(a.scenario.work === 'hangs'));
  let finished = 0;
  const total = cells.length;
  const worker = async () => {
    for (let cell = cells.shift(); cell !== undefined; cell = cells.shift()) {
      outcomes.get(cell.scenario)[cell.helper] = await run(cell.helper, cell.scenario, trust);
      finished += 1;
      if (finished % HELPERS.length === 0) console.error(`${finished} of ${total} requests`);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return outcomes;
}

function versionOf(helper) {
  const folder = helper === 'plimsoll' ? join(import.meta.dirname, '..') : dirname(require.resolve(`${helper}/package.json`));
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return helper === 'plimsoll' ? name : `${name} ${version}`;
}

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
try {
  const certificates = await makeCertificates();
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, certificates.ca);
  const outcomes = await runAll({ certificates, authority });

  console.log(`Node.js ${process.version}, time-out of the function ${LIMIT_MS / 1000} s, at most ${DELIVERIES} deliveries\n`);
  console.log(`| Scenario | ${HELPERS.map(versionOf).join(' | ')} |`);
  console.log(`|${'-|'.repeat(HELPERS.length + 1)}`);
  for (const [{ name }, byHelper] of outcomes) console.log(`| ${[name, ...HELPERS.map((helper) => byHelper[helper])].join(' | ')} |`);
  console.log('');
  const unexpected = [...outcomes].filter(([{ expected }, { plimsoll }]) => plimsoll !== expected);
  for (const [{ name, expected }, { plimsoll }] of unexpected) console.log(`NOT MET: ${name}: ${plimsoll}; expected: ${expected}`);
  if (unexpected.length === 0) console.log(`met: this package ends all ${outcomes.size} scenarios as expected`);
  else process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
