/**
 * How often a host that scale-in removes leaves a task without room, or leaves the cluster short, by placement strategy: this
 * package's decision and the rule of pooled sums, on the same random clusters.
 *
 *   node --import ../../projenrc/scripts/import-typescript.mjs benchmarks/scale-in.mjs [clusters of each strategy, 1000] [seed, 1]
 *
 * Exits 1 if this package's decision ever did.
 */
import { createRandom } from '@plimsoll/simulator';
import { pooledScaleInTrial, scaleInTrial } from '../test/helpers/scale-in-trial.ts';
import { STRATEGIES } from '../test/helpers/scheduled-cluster.ts';

const clusters = Number(process.argv[2] ?? 1000);
const seed = Number(process.argv[3] ?? 1);

function run(trial, strategy) {
  const sum = { removed: 0, unsafe: 0, homeless: 0, scaledOut: 0 };
  for (let index = 0; index < clusters; index += 1) {
    const { removed, unsafe, homeless, scaledOut } = trial(strategy, createRandom(seed * 1_000_003 + index));
    sum.removed += removed;
    sum.unsafe += unsafe;
    sum.homeless += homeless;
    sum.scaledOut += scaledOut ? 1 : 0;
  }
  return sum;
}

const percent = (part, whole) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

console.log(`${clusters} clusters of 2 to 15 hosts for each strategy, seed ${seed}`);
console.log(
  '| Strategy | Hosts removed: named | pooled sums | Removals that leave a task without room: named | pooled sums | Clusters short afterwards: named | pooled sums |',
);
console.log('|-|-|-|-|-|-|-|');
let failures = 0;
for (const strategy of STRATEGIES) {
  const named = run(scaleInTrial, strategy);
  const pooled = run(pooledScaleInTrial, strategy);
  failures += named.unsafe + named.scaledOut;
  const cells = [
    ...[named.removed, pooled.removed],
    ...[percent(named.unsafe, named.removed), percent(pooled.unsafe, pooled.removed)],
    ...[percent(named.scaledOut, clusters), percent(pooled.scaledOut, clusters)],
  ];
  console.log(`| ${strategy} | ${cells.join(' | ')} |`);
}
console.log(`${failures === 0 ? 'met   ' : 'MISSED'} no named host leaves a task without room, or the cluster short`);
if (failures > 0) process.exitCode = 1;
