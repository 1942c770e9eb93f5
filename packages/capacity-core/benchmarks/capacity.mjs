import { applyHost, EMPTY_CLUSTER, exactCapacity } from '../lib/index.js';
import { ratioOf } from './ratio.mjs';
import { syntheticHosts, syntheticTaskSizes } from './synthetic-cluster.mjs';

/** The largest cluster ECS has, and the most task sizes the design asks for. */
const HOSTS = 5_000;
const TASK_SIZES = 50;
/** Events folded in one timing: a minute's, at the most. */
const EVENTS = 10_000;

const sizes = syntheticTaskSizes(TASK_SIZES);
const hosts = syntheticHosts(HOSTS);
/** A tenth: both ends of the comparison lie within what ECS allows a cluster. */
const tenth = hosts.slice(0, HOSTS / 10);

function exact(given) {
  return exactCapacity(given, sizes).containerCapacity;
}

/** The least that any answer for every size must do: look at each host once a size. */
function plainPass(given) {
  return sizes.reduce((total) => total + given.reduce((sum, host) => sum + host.remaining.cpuUnits, 0), 0);
}

/** Folds newer records of some hosts into a state that knows them all. */
function foldInto(given) {
  const known = given.reduce(applyHost, EMPTY_CLUSTER);
  let version = 1;
  return () => {
    version += 1;
    let state = known;
    for (let event = 0; event < EVENTS; event += 1) {
      state = applyHost(state, { ...given[(event * 7919) % given.length], version });
    }
    return state.size;
  };
}

const comparisons = [
  {
    what: `exactCapacity, ${HOSTS} hosts x ${TASK_SIZES} sizes, to one plain pass a size`,
    ...ratioOf(
      () => exact(hosts),
      () => plainPass(hosts),
    ),
    target: 50,
  },
  {
    what: `exactCapacity, ${HOSTS} hosts to ${HOSTS / 10}`,
    ...ratioOf(
      () => exact(hosts),
      () => exact(tenth),
    ),
    target: 12,
  },
  {
    what: `applyHost, ${EVENTS} records, ${HOSTS} hosts to ${HOSTS / 10}`,
    ...ratioOf(foldInto(hosts), foldInto(tenth)),
    // 10 would be linear in hosts; a larger table costs more cache misses, and no more than that.
    target: 5,
  },
];

for (const { what, ratio, target, milliseconds } of comparisons) {
  const verdict = ratio <= target ? 'met   ' : 'MISSED';
  console.log(`${verdict} ${what}: ratio ${ratio.toFixed(1)}, target at most ${target} (${milliseconds.toFixed(0)} ms here)`);
}
if (comparisons.some(({ ratio, target }) => !(ratio <= target))) process.exitCode = 1;
