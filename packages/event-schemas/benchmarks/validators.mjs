// Compares validators on one container-instance event; every figure is a ratio within the run.
//
//   node validators.mjs [--rounds N] [--resources N]
//
// Exits 1 if this package misses one of its targets.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { bundleAll, CANDIDATES } from './candidates.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' }, resources: { type: 'string', default: '100' } } });
const rounds = Number(values.rounds);
const names = Object.keys(CANDIDATES);

/** What this package must keep to, whatever it validates with. */
const TARGETS = [
  { what: 'cold import, times bare node', limit: 1.15, of: ({ plimsoll }) => plimsoll.package.cold },
  { what: 'bytes minified, as a fraction of zod', limit: 0.1, of: ({ plimsoll, zod }) => plimsoll.package.bytes / zod.package.bytes },
  { what: 'time of a sound event, times JSON.parse', limit: 0.6, of: ({ plimsoll }) => plimsoll.sound },
];

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Time of a new process that loads a file and ends, in milliseconds. */
function load(file) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [file], { stdio: 'ignore' });
  if (status !== 0) throw new RangeError(`${file} ended with status ${status}`);
  return performance.now() - start;
}

/** Adds to each bundle the median ratio of a start with it to a bare start; the bundles take turns. */
function measureStarts(bundles, bare) {
  const all = names.flatMap((name) => [bundles[name].source, bundles[name].package]);
  const ratios = all.map(() => []);
  for (let round = 0; round < rounds + 2; round += 1) {
    for (const [index, { file }] of all.entries()) {
      const ratio = load(file) / load(bare);
      // The first rounds fill the file cache.
      if (round >= 2) ratios[index].push(ratio);
    }
  }
  for (const [index, bundle] of all.entries()) bundle.cold = median(ratios[index]);
}

/** Speed of one candidate, the median of three processes. */
function speed(file) {
  const script = join(import.meta.dirname, 'speed.mjs');
  const runs = Array.from({ length: 3 }, () =>
    JSON.parse(execFileSync(process.execPath, [script, file, values.resources], { encoding: 'utf8' })),
  );
  const of = (key) => median(runs.map((run) => run[key]));
  return { sound: of('sound'), faulty: of('faulty'), soundPerSecond: of('soundPerSecond') };
}

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
try {
  const { bundles, unchecked } = await bundleAll(folder);
  measureStarts(bundles, join(folder, 'bare.cjs'));
  const rows = Object.fromEntries(names.map((name) => [name, { ...bundles[name], ...speed(bundles[name].package.file) }]));

  console.log(`node ${process.version}, ${values.resources} resources, medians of ${rounds} starts and of 3 runs\n`);
  console.log(
    '| Validator | Cold import / bare node: package | source | Minified bytes: package | / zod | / no check | source | gzip: package | Sound / JSON.parse | Faulty / JSON.parse | Sound events/s |',
  );
  console.log(`|${'-|'.repeat(11)}`);
  for (const name of names) {
    const { package: asPackage, source, sound, faulty, soundPerSecond } = rows[name];
    const starts = [asPackage.cold.toFixed(2), source.cold.toFixed(2)];
    const ratios = [(asPackage.bytes / rows.zod.package.bytes).toFixed(3), Math.round(asPackage.bytes / unchecked)];
    const sizes = [asPackage.bytes, ...ratios, source.bytes, asPackage.gzipBytes];
    console.log(
      `| ${[CANDIDATES[name], ...starts, ...sizes, sound.toFixed(2), faulty.toFixed(2), Math.round(soundPerSecond)].join(' | ')} |`,
    );
  }
  console.log(`\nno check: a bundle of ${unchecked} bytes that accepts every event\n`);
  for (const { what, limit, of } of TARGETS) {
    const figure = of(rows);
    const met = figure <= limit;
    console.log(`${met ? 'met' : 'NOT MET'}: ${what}: ${figure.toFixed(2)}, at most ${limit}`);
    if (!met) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
