import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { applyHost, EMPTY_CLUSTER, exactCapacity, pooledCapacity, readHost } from '../lib/index.js';
import { ratioOf } from './ratio.mjs';
import { syntheticEvents, syntheticHosts, syntheticTaskSizes } from './synthetic-cluster.mjs';

/** The largest cluster ECS has, and the most task sizes the design asks for. */
const HOSTS = 5_000;
const TASK_SIZES = 50;
/** Events folded in one timing: a minute's, at the most. */
const EVENTS = 10_000;
const REPORTS = join(import.meta.dirname, '..', 'reports');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const sizes = syntheticTaskSizes(TASK_SIZES);
const hosts = syntheticHosts(HOSTS);
/** A tenth: both ends of the comparison lie within what ECS allows a cluster. */
const tenth = hosts.slice(0, HOSTS / 10);

function exact(given, taskSizes = sizes) {
  return exactCapacity(given, taskSizes).containerCapacity;
}

/** The same hosts and sizes by the formula over sums. */
function pooled(given, taskSizes) {
  const answer = pooledCapacity(given, taskSizes);
  return answer.ok ? answer.value.containerCapacity : Number.NaN;
}

function exactToPooled(count) {
  // The first of the sizes takes a port, so that one size is a costly one.
  const some = sizes.slice(0, count);
  return {
    what: `exactCapacity to pooledCapacity, ${HOSTS} hosts x ${count} ${count === 1 ? 'size' : 'sizes'}`,
    ...ratioOf(
      () => exact(hosts, some),
      () => pooled(hosts, some),
    ),
    target: 2,
  };
}

/**
 * Folds events into a state that knows their hosts: each is read from its record and applied.
 *
 * As many different records for few hosts as for many, so that what is compared is the state and not the size of the input.
 */
function foldOf(count) {
  const given = syntheticHosts(count);
  const known = given.reduce(applyHost, EMPTY_CLUSTER);
  const events = syntheticEvents(given, EVENTS);
  return () => {
    let state = known;
    for (const event of events) {
      const host = readHost(event);
      if (host.ok) state = applyHost(state, host.value);
    }
    return state.size;
  };
}

/** What the state of the largest cluster takes of the heap, in bytes: hosts read from their records, which are let go. */
function heapOfState() {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  let state = EMPTY_CLUSTER;
  for (const event of syntheticEvents(hosts, HOSTS)) {
    const host = readHost(JSON.parse(JSON.stringify(event)));
    if (host.ok) state = applyHost(state, host.value);
  }
  collectGarbage();
  const bytes = process.memoryUsage().heapUsed - before;
  return { what: `heap of a state of ${state.size} hosts, MB`, ratio: bytes / 1e6, target: 16 };
}

const fold = ratioOf(foldOf(HOSTS), foldOf(50));
const comparisons = [
  // The longest first: the engine has compiled what is measured when it comes to the shortest.
  ...[TASK_SIZES, 20, 1].map(exactToPooled),
  {
    what: `exactCapacity, ${HOSTS} hosts to ${HOSTS / 10}, ${TASK_SIZES} sizes`,
    ...ratioOf(
      () => exact(hosts),
      () => exact(tenth),
    ),
    target: 12,
  },
  { what: `readHost and applyHost, an event at ${HOSTS} hosts to one at 50`, ...fold, target: 1.5 },
  heapOfState(),
];
const eventsPerSecond = Math.round(EVENTS / (fold.milliseconds / 1000));

for (const { what, ratio, target, milliseconds } of comparisons) {
  const verdict = ratio <= target ? 'met   ' : 'MISSED';
  const time = milliseconds === undefined ? '' : ` (${milliseconds.toFixed(1)} ms here)`;
  console.log(`${verdict} ${what.padEnd(70)} ${ratio.toFixed(2).padStart(6)}, target at most ${String(target).padStart(3)}${time}`);
}
console.log(`       events folded a second at ${HOSTS} hosts${' '.repeat(34)} ${eventsPerSecond}`);
mkdirSync(REPORTS, { recursive: true });
writeFileSync(join(REPORTS, 'capacity-benchmark.json'), `${JSON.stringify({ comparisons, eventsPerSecond }, undefined, 2)}\n`);
if (comparisons.some(({ ratio, target }) => !(ratio <= target))) process.exitCode = 1;
