import { drainableHosts, exactCapacity, hostsNeeded, hostsShort } from '../lib/index.js';
import { mostDrainable } from './any-order-oracle.mjs';
import { placedCluster } from './placed-cluster.mjs';
import { ratioOf } from './ratio.mjs';

const HOSTS = 5_000;
const SIZES = 50;
const SMALL_CLUSTERS = 600;

/** How many of the hosts that could be emptied together are named, on clusters small enough to try every order of placement. */
function completeness(assumes) {
  let named = 0;
  let possible = 0;
  let isSound = true;
  for (let seed = 1; seed <= SMALL_CLUSTERS; seed += 1) {
    const cluster = placedCluster({ hosts: 4, sizes: 3, fill: 0.35, most: 3, seed, headroom: seed % 2 });
    const found = drainableHosts(cluster.hosts, { ...cluster, assumes }).containerInstanceArns.length;
    const most = mostDrainable(cluster);
    named += found;
    possible += most;
    isSound &&= found <= most;
  }
  return { named, possible, isSound };
}

const anyOrder = completeness('anyOrder');
console.log(
  `${anyOrder.isSound ? 'met   ' : 'MISSED'} drainableHosts, ${SMALL_CLUSTERS} small clusters: names ${anyOrder.named} of ${anyOrder.possible} hosts ` +
    `that every order of placement can do without (${((100 * anyOrder.named) / anyOrder.possible).toFixed(1)} %), and no host more`,
);
const packed = completeness('binpackMemory');
console.log(`       the same assuming binpackMemory: names ${packed.named}`);

console.log('\nhosts named of 5,000 with 50 sizes, one copy of headroom each, by how full the hosts are');
console.log('in use   tasks  any order  tasks unknown');
for (const fill of [0.3, 0.5, 0.6, 0.7, 0.8]) {
  const { hosts, tasks, taskSizes } = placedCluster({ hosts: HOSTS, sizes: SIZES, fill });
  const known = drainableHosts(hosts, { tasks, taskSizes }).containerInstanceArns.length;
  const unknown = drainableHosts(hosts, { taskSizes }).containerInstanceArns.length;
  const used =
    1 - hosts.reduce((sum, host) => sum + host.remaining.memoryMiB, 0) / hosts.reduce((sum, host) => sum + host.registered.memoryMiB, 0);
  console.log(
    `${`${Math.round(used * 100)} %`.padStart(6)}  ${String(tasks.length).padStart(6)}  ${String(known).padStart(9)}  ${String(unknown).padStart(13)}`,
  );
}

console.log('\npackings from zero, one to three host types: cost above the proven lower bound');
for (const types of [1, 2, 3]) {
  const hostTypes = [
    { name: 'a', resources: size(2048, 7680), cost: 96 },
    { name: 'b', resources: size(4096, 15_600), cost: 192 },
    { name: 'c', resources: size(2048, 3800), cost: 62 },
  ].slice(0, types);
  for (const count of [10, 100, 2000]) {
    const { tasks, taskSizes } = placedCluster({ hosts: count, sizes: 20, fill: 0.5 });
    const { hosts, lowerBound, gap } = hostsNeeded({ tasks, taskSizes, hostTypes });
    console.log(
      `${types} types, ${String(tasks.length).padStart(5)} tasks: ${String(hosts).padStart(4)} hosts, at least ${lowerBound.hosts}; ${(100 * gap).toFixed(1)} % above`,
    );
  }
}

function size(cpuUnits, memoryMiB) {
  return { cpuUnits, memoryMiB, gpus: 0, takenTcpPorts: [22], takenUdpPorts: [], others: [] };
}

const large = placedCluster({ hosts: HOSTS, sizes: SIZES, fill: 0.5 });
const tenth = placedCluster({ hosts: HOSTS / 10, sizes: SIZES, fill: 0.5 });
const hostTypes = [{ name: 'a', resources: size(2048, 7680) }];
const options = ({ tasks, taskSizes }) => ({ tasks, taskSizes });
const drain = (cluster) => drainableHosts(cluster.hosts, options(cluster)).containerInstanceArns.length;
const unknown = ({ hosts, taskSizes }) => {
  const some = hosts.map((host, index) => (index % 10 === 0 ? { ...host, status: 'DRAINING' } : host));
  return drainableHosts(some, { taskSizes }).containerInstanceArns.length + hostsShort(some, hostTypes[0], { taskSizes }).hosts;
};
const comparisons = [
  {
    what: `drainableHosts to exactCapacity, ${HOSTS} hosts x ${SIZES} sizes`,
    ...ratioOf(
      () => drain(large),
      () => exactCapacity(large.hosts, large.taskSizes, { tasks: large.tasks }).containerCapacity,
    ),
    target: 60,
  },
  {
    what: `drainableHosts, ${HOSTS} hosts to ${HOSTS / 10}`,
    ...ratioOf(
      () => drain(large),
      () => drain(tenth),
    ),
    target: 15,
  },
  {
    what: `hostsShort, ${HOSTS} hosts to ${HOSTS / 10}`,
    ...ratioOf(
      () => hostsShort(large.hosts, hostTypes[0], options(large)).hosts,
      () => hostsShort(tenth.hosts, hostTypes[0], options(tenth)).hosts,
    ),
    target: 15,
  },
  {
    what: `drainableHosts and hostsShort, tasks unknown and a tenth draining, ${HOSTS} hosts to ${HOSTS / 10}`,
    ...ratioOf(
      () => unknown(large),
      () => unknown(tenth),
    ),
    target: 60,
  },
  {
    what: `hostsNeeded from zero, ${large.tasks.length} tasks to ${tenth.tasks.length}`,
    ...ratioOf(
      () => hostsNeeded({ ...options(large), hostTypes }).hosts,
      () => hostsNeeded({ ...options(tenth), hostTypes }).hosts,
    ),
    target: 20,
  },
];

console.log('');
for (const { what, ratio, target, milliseconds } of comparisons) {
  const verdict = ratio <= target ? 'met   ' : 'MISSED';
  console.log(`${verdict} ${what}: ratio ${ratio.toFixed(1)}, target at most ${target} (${milliseconds.toFixed(0)} ms here)`);
}
if (!anyOrder.isSound || comparisons.some(({ ratio, target }) => !(ratio <= target))) process.exitCode = 1;
