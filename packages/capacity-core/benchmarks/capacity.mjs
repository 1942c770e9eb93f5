import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { applyHost, EC2_NETWORK_INTERFACE_LIMITS, EMPTY_CLUSTER, exactCapacity, pooledCapacity, readHost } from '../lib/index.js';
import { ratioOf } from './ratio.mjs';
import { otherTaskSizes, syntheticEvents, syntheticHosts, syntheticTaskSizes, withAttributes } from './synthetic-cluster.mjs';

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
  // The first size, and each fifth from it, takes a port, which the formula over sums leaves out; alone it would compare two questions.
  const some = sizes.slice(-count);
  return {
    what: `exactCapacity to pooledCapacity, ${HOSTS} hosts x ${count} ${count === 1 ? 'size' : 'sizes'}`,
    ...ratioOf(
      () => exact(hosts, some),
      () => pooled(hosts, some),
    ),
    target: 2,
  };
}

/** Sizes that ask for more than the formula over sums knows of, and so are counted room by room: what that costs beside it. */
function otherSizes() {
  const given = withAttributes(hosts);
  const options = { tasks: [], networkInterfaceLimits: EC2_NETWORK_INTERFACE_LIMITS };
  return otherTaskSizes(TASK_SIZES).map(([what, some]) => ({
    what,
    ...ratioOf(
      () => exactCapacity(given, some, options).containerCapacity,
      () => pooled(given, some),
    ),
  }));
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

/** The same of records that are read already; and of a bare map, which shows what the size of the table costs by itself. */
function applyOf(count, isBare = false) {
  const given = syntheticHosts(count);
  const known = isBare ? new Map(given.map((host) => [host.containerInstanceArn, host])) : given.reduce(applyHost, EMPTY_CLUSTER);
  const records = syntheticEvents(given, EVENTS).flatMap((event) => {
    const host = readHost(event);
    return host.ok ? [host.value] : [];
  });
  if (!isBare) return () => records.reduce(applyHost, known).size;
  return () => {
    for (const host of records) known.set(host.containerInstanceArn, host);
    return known.size;
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
const alone = ratioOf(applyOf(HOSTS), applyOf(50)).ratio;
const bare = ratioOf(applyOf(HOSTS, true), applyOf(50, true)).ratio;
console.log(`       applyHost alone, ${HOSTS} hosts to 50: ${alone.toFixed(2)}; setting a key of a bare map: ${bare.toFixed(2)}`);
const others = otherSizes();
for (const { what, ratio, milliseconds } of others) {
  console.log(
    `       exactCapacity to pooledCapacity, ${TASK_SIZES} sizes with ${what}: ${ratio.toFixed(1)} (${milliseconds.toFixed(0)} ms here)`,
  );
}
mkdirSync(REPORTS, { recursive: true });
writeFileSync(
  join(REPORTS, 'capacity-benchmark.json'),
  `${JSON.stringify({ comparisons, eventsPerSecond, applyHostAlone: alone, bareMap: bare, otherSizes: others }, undefined, 2)}\n`,
);
if (comparisons.some(({ ratio, target }) => !(ratio <= target))) process.exitCode = 1;
