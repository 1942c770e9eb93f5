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
  { what: 'cold import, times bare node', limit: 1.25, of: (row) => row.cold },
  { what: 'bundle, fraction of zod’s', limit: 0.25, of: (row, rows) => row.bytes / rows.zod.bytes },
  { what: 'sound event, times JSON.parse', limit: 6, of: (row) => row.sound },
];

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Time of a new process that loads a file and ends, in milliseconds. */
function load(file) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [file], { stdio: 'ignore' });
  if (status !== 0) throw new RangeError(`${file} ended with status ${status}`);
  return performance.now() - start;
}

/** Median ratio of a start with each bundle to a bare start; they take turns. */
function coldImports(bundles, bare) {
  const ratios = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds + 2; round += 1) {
    for (const name of names) {
      const ratio = load(bundles[name].file) / load(bare);
      if (round >= 2) ratios[name].push(ratio);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(ratios[name])]));
}

/** Speed of one candidate, the median of three processes. */
function speed(file) {
  const script = join(import.meta.dirname, 'speed.mjs');
  const runs = Array.from({ length: 3 }, () => JSON.parse(execFileSync(process.execPath, [script, file, values.resources], { encoding: 'utf8' })));
  const of = (key) => median(runs.map((run) => run[key]));
  return { sound: of('sound'), faulty: of('faulty'), soundPerSecond: of('soundPerSecond') };
}

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
try {
  const bundles = await bundleAll(folder);
  const cold = coldImports(bundles, join(folder, 'bare.cjs'));
  const rows = Object.fromEntries(names.map((name) => [name, { ...bundles[name], ...speed(bundles[name].file), cold: cold[name] }]));

  console.log(`node ${process.version}, ${values.resources} resources, ${rounds} starts each\n`);
  console.log('| Validator | Cold import / bare node | Minified, bytes | gzip, bytes | Sound / JSON.parse | Faulty / JSON.parse | Sound events/s |');
  console.log('|-|-|-|-|-|-|-|');
  for (const name of names) {
    const row = rows[name];
    const figures = [row.cold.toFixed(2), row.bytes, row.gzipBytes, row.sound.toFixed(2), row.faulty.toFixed(2), Math.round(row.soundPerSecond)];
    console.log(`| ${CANDIDATES[name]} | ${figures.join(' | ')} |`);
  }
  console.log('');
  for (const { what, limit, of } of TARGETS) {
    const figure = of(rows.plimsoll, rows);
    const met = figure <= limit;
    console.log(`${met ? 'met' : 'NOT MET'}: ${what} ${figure.toFixed(2)}, at most ${limit}`);
    if (!met) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
