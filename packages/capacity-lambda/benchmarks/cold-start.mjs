/**
 * Size and cold start of the bundle, against the handler with its node_modules and, where Python has boto3, against the algorithm of
 * pooled sums in Python; and the peak memory of one decision on 5,000 hosts, against that of nothing and of Python's on its 100.
 *
 * A cold start is a process that loads the function and ends, as a ratio to one that loads nothing. The three take turns and the
 * ratio is taken within a turn, so that whatever else the machine does slows all of them. On a busy machine the ratio still swings.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { createCloudWatch, startLocalEndpoint } from '@plimsoll/simulator';
import { scheduledEvent } from '@plimsoll/test-support';

const RUNS = 31;
const WARM_UPS = 4;
/** Targets: bytes of the bundle, its cold start over that of nothing, and its peak memory in MiB. See ADR 11, 16 and 24. */
const TARGET_BYTES = 370_000;
const TARGET_RATIO = 4;
const TARGET_PYTHON_RATIO = 0.5;
const TARGET_PEAK_MIB = 256;
const PYTHON = '/usr/bin/python3';
const PYTHON_FUNCTION = join(import.meta.dirname, 'pooled_function.py');
const HOSTS = 5_000;

const PACKAGE = process.cwd();
const BUNDLE = join(PACKAGE, 'bundle/index.js');
const UNBUNDLED = join(PACKAGE, 'lib/handler.js');

/** What the function needs to start; it makes no call. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example-secret',
  AWS_DEFAULT_REGION: 'eu-west-1',
  PLIMSOLL_TASK_SIZES: '[{"name":"web","cpuUnits":250,"memoryMiB":400}]',
};

/** One cold start, in milliseconds. */
function coldStart(code) {
  return timed(process.execPath, ['-e', code]);
}

function timed(program, parameters) {
  const start = performance.now();
  execFileSync(program, parameters, { env: ENVIRONMENT, stdio: 'ignore' });
  return performance.now() - start;
}

/** What one decision takes at most of memory, by the bundle and by Python, in MiB. */
async function peaks(hasPython) {
  const cloudWatch = createCloudWatch();
  const endpoint = await startLocalEndpoint({ services: [cloudWatch], recordCalls: false });
  endpoint.ecs('CreateCluster', { clusterName: 'demo' });
  const attributes = Array.from({ length: 30 }, (_, index) => ({ name: `ecs.capability.${index}` }));
  for (let index = 0; index < HOSTS; index += 1) {
    const totalResources = [
      { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 7680 },
    ];
    endpoint.ecs('RegisterContainerInstance', { cluster: 'demo', totalResources, attributes });
  }
  const environment = { ...ENVIRONMENT, AWS_ENDPOINT_URL: endpoint.url };
  const event = scheduledEvent({ detail: { clusterArn: 'demo' } });
  const context = '{ getRemainingTimeInMillis: () => 60000 }';
  const peak = 'process.send(process.resourceUsage().maxRSS)';
  const script = `require(${JSON.stringify(BUNDLE)}).handler(${JSON.stringify(event)}, ${context}).then(() => ${peak})`;
  // As Lambda bounds the heap of a function of 256 MiB.
  const decided = await peakOf(['--max-old-space-size=200', '-e', script], environment);
  const nothing = await peakOf(['-e', peak], environment);
  const python = hasPython ? await pythonPeak(environment) : undefined;
  const published = cloudWatch.store.points({
    namespace: 'Plimsoll/ECS',
    name: 'ActiveHosts',
    dimensions: [{ name: 'ClusterName', value: 'demo' }],
  });
  await endpoint.close();
  return { decided, nothing, python, hosts: published[0]?.statistics.maximum };
}

async function peakOf(parameters, env) {
  const child = spawn(process.execPath, parameters, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [kibibytes] = await once(child, 'message');
  await once(child, 'exit');
  return kibibytes / 1024;
}

async function pythonPeak(env) {
  const child = spawn(PYTHON, [PYTHON_FUNCTION, 'demo'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const { peakKiB } = JSON.parse(await text(child.stdout));
  return peakKiB / 1024;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function target(met, text) {
  console.log(`${met ? 'met   ' : 'MISSED'} ${text}`);
  return met;
}

async function main() {
  for (const file of [BUNDLE, UNBUNDLED]) {
    if (!existsSync(file)) {
      console.error(`there is no ${file}: run the tasks compile and bundle first`);
      process.exitCode = 2;
      return;
    }
  }
  const hasPython = spawnSync(PYTHON, ['-c', 'import boto3'], { stdio: 'ignore' }).status === 0;
  const bare = '0';
  const bundled = `require(${JSON.stringify(BUNDLE)})`;
  const unbundled = `require(${JSON.stringify(UNBUNDLED)})`;
  const turns = [];
  for (let run = -WARM_UPS; run < RUNS; run++) {
    const turn = new Map([bare, bundled, unbundled].map((code) => [code, coldStart(code)]));
    if (hasPython) turn.set(PYTHON, timed(PYTHON, [PYTHON_FUNCTION]));
    if (run >= 0) turns.push(turn);
  }
  const bareMillis = median(turns.map((turn) => turn.get(bare)));
  const ratio = (code) => median(turns.map((turn) => turn.get(code) / turn.get(bare)));
  const content = readFileSync(BUNDLE);

  console.log(`Node.js ${process.version}, median of ${RUNS} turns; node -e 0 took ${bareMillis.toFixed(1)} ms`);
  console.log(`bundle              ${content.length} bytes, ${gzipSync(content).length} gzipped`);
  console.log(`bundle, cold        ${ratio(bundled).toFixed(2)} x node -e 0`);
  console.log(`unbundled, cold     ${ratio(unbundled).toFixed(2)} x node -e 0`);
  const against = hasPython ? median(turns.map((turn) => turn.get(bundled) / turn.get(PYTHON))) : undefined;
  if (against !== undefined) {
    console.log(`Python, cold        ${ratio(PYTHON).toFixed(2)} x node -e 0 (pooled sums, boto3)`);
    console.log(`bundle, cold        ${against.toFixed(2)} x Python`);
  }
  const { decided, nothing, python, hosts } = await peaks(hasPython);
  console.log(`peak memory         ${decided.toFixed(0)} MiB for ${hosts} hosts, ${(decided / nothing).toFixed(2)} x node -e 0`);
  if (python !== undefined)
    console.log(`peak memory, Python ${python.toFixed(0)} MiB for its 100 hosts, ${(decided / python).toFixed(2)} x as much for ours`);
  const met = [
    target(content.length <= TARGET_BYTES, `bundle at most ${TARGET_BYTES} bytes`),
    target(hosts === HOSTS && decided <= TARGET_PEAK_MIB, `at most ${TARGET_PEAK_MIB} MiB for ${HOSTS} hosts`),
    target(
      against === undefined || against <= TARGET_PYTHON_RATIO,
      `bundle's cold start at most ${TARGET_PYTHON_RATIO} x Python's, where it is present`,
    ),
    target(ratio(bundled) <= TARGET_RATIO, `bundle's cold start at most ${TARGET_RATIO.toFixed(1)} x node -e 0`),
  ];
  if (met.includes(false)) process.exitCode = 1;
}

await main();
