/**
 * Size and cold start of the bundle, against the handler with its node_modules.
 *
 * A cold start is a process that loads the function and ends, as a ratio to one that loads nothing. The three take turns and the
 * ratio is taken within a turn, so that whatever else the machine does slows all of them. On a busy machine the ratio still swings.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';

const RUNS = 31;
const WARM_UPS = 4;
/** Targets: bytes of the bundle, and its cold start over that of nothing. */
const TARGET_BYTES = 200_000;
const TARGET_RATIO = 2;

const PACKAGE = process.cwd();
const BUNDLE = join(PACKAGE, 'bundle/index.js');
const UNBUNDLED = join(PACKAGE, 'lib/handler.js');

/** What the function needs to start; it makes no call. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example-secret',
  PLIMSOLL_TASK_SIZES: '[{"name":"web","cpuUnits":250,"memoryMiB":400}]',
};

/** One cold start, in milliseconds. */
function coldStart(code) {
  const start = performance.now();
  execFileSync(process.execPath, ['-e', code], { env: ENVIRONMENT, stdio: 'ignore' });
  return performance.now() - start;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function target(met, text) {
  console.log(`${met ? 'met   ' : 'MISSED'} ${text}`);
  return met;
}

function main() {
  for (const file of [BUNDLE, UNBUNDLED]) {
    if (!existsSync(file)) {
      console.error(`there is no ${file}: run the tasks compile and bundle first`);
      process.exitCode = 2;
      return;
    }
  }
  const bare = '0';
  const bundled = `require(${JSON.stringify(BUNDLE)})`;
  const unbundled = `require(${JSON.stringify(UNBUNDLED)})`;
  const turns = [];
  for (let run = -WARM_UPS; run < RUNS; run++) {
    const turn = new Map([bare, bundled, unbundled].map((code) => [code, coldStart(code)]));
    if (run >= 0) turns.push(turn);
  }
  const bareMillis = median(turns.map((turn) => turn.get(bare)));
  const ratio = (code) => median(turns.map((turn) => turn.get(code) / turn.get(bare)));
  const content = readFileSync(BUNDLE);

  console.log(`Node.js ${process.version}, median of ${RUNS} turns; node -e 0 took ${bareMillis.toFixed(1)} ms`);
  console.log(`bundle              ${content.length} bytes, ${gzipSync(content).length} gzipped`);
  console.log(`bundle, cold        ${ratio(bundled).toFixed(2)} x node -e 0`);
  console.log(`unbundled, cold     ${ratio(unbundled).toFixed(2)} x node -e 0`);
  const met = [
    target(content.length <= TARGET_BYTES, `bundle at most ${TARGET_BYTES} bytes`),
    target(ratio(bundled) <= TARGET_RATIO, `bundle's cold start at most ${TARGET_RATIO.toFixed(1)} x node -e 0`),
  ];
  if (met.includes(false)) process.exitCode = 1;
}

main();
