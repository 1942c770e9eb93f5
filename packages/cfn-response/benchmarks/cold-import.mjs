// Size and cold start of a minimal function with each helper, bundled and minified as a Lambda function is.
//
//   node cold-import.mjs [--rounds N]
//
// A cold start is a process that loads the bundle and ends, as a ratio to one that loads nothing. All take turns and the ratio is
// taken within a turn, so that whatever else the machine does slows all of them. Exits 1 if this package misses a target.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '31' } } });
const rounds = Number(values.rounds);
const WARM_UPS = 3;

const BASE = 'node:https alone';

/** What is bundled: name to the source of the function. This package is bundled as npm has it, compiled to CommonJS. */
const FUNCTIONS = {
  [BASE]: "import { request } from 'node:https'; export const handler = async () => request;",
  '@plimsoll/cfn-response':
    "import { customResource } from '../lib/index.js'; const run = async () => ({}); export const handler = customResource({ create: run, update: run, delete: run });",
  'cfn-response':
    "import { send, SUCCESS } from 'cfn-response'; export const handler = (event, context) => send(event, context, SUCCESS, {});",
  'cfn-custom-resource':
    "import { sendSuccess } from 'cfn-custom-resource'; export const handler = async (event) => sendSuccess('1', {}, event);",
};

/** What this package must keep to. Whatever PUTs an answer loads `node:https`, at its start or in its first invocation. */
const TARGETS = [
  { what: 'bytes minified', limit: 48_000, of: ({ bytes }) => bytes },
  { what: 'cold start, times node:https alone', limit: 1.3, of: ({ coldToHttps }) => coldToHttps },
];

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function bundle(source, outfile) {
  await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: 'js' },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'warning',
  });
  const content = readFileSync(outfile);
  return { code: `require(${JSON.stringify(outfile)})`, bytes: content.length, gzipBytes: gzipSync(content).length };
}

/** Time of a new process that runs the code and ends, in milliseconds. */
function coldStart(code) {
  const start = performance.now();
  execFileSync(process.execPath, ['-e', code], { env: {}, stdio: 'ignore' });
  return performance.now() - start;
}

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
try {
  const rows = {};
  for (const [index, [name, source]] of Object.entries(FUNCTIONS).entries()) {
    rows[name] = await bundle(source, join(folder, `${index}.cjs`));
  }
  const turns = [];
  console.error(`cold starts: ${rounds} rounds of ${Object.keys(rows).length + 1}`);
  for (let round = -WARM_UPS; round < rounds; round += 1) {
    const bare = coldStart('0');
    const turn = Object.fromEntries(Object.entries(rows).map(([name, { code }]) => [name, coldStart(code)]));
    if (round >= 0) turns.push({ ...turn, bare });
  }
  for (const [name, row] of Object.entries(rows)) {
    row.cold = median(turns.map((turn) => turn[name] / turn.bare));
    row.coldToHttps = median(turns.map((turn) => turn[name] / turn[BASE]));
  }

  console.log(
    `\nNode.js ${process.version}, median of ${rounds} rounds; node -e 0 took ${median(turns.map(({ bare }) => bare)).toFixed(1)} ms\n`,
  );
  console.log('| Function with | Minified bytes | / node:https alone | gzip | Cold start / node -e 0 | Cold start / node:https alone |');
  console.log('|-|-|-|-|-|-|');
  for (const [name, { bytes, gzipBytes, cold, coldToHttps }] of Object.entries(rows)) {
    console.log(
      `| ${[name, bytes, (bytes / rows[BASE].bytes).toFixed(1), gzipBytes, cold.toFixed(2), coldToHttps.toFixed(2)].join(' | ')} |`,
    );
  }
  console.log('');
  for (const { what, limit, of } of TARGETS) {
    const figure = of(rows['@plimsoll/cfn-response']);
    const met = figure <= limit;
    console.log(`${met ? 'met' : 'NOT MET'}: ${what}: ${Number.isInteger(figure) ? figure : figure.toFixed(2)}, at most ${limit}`);
    if (!met) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
