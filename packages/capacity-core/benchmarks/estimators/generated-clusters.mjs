import { estimate, Tally, taskSizes } from './estimates.mjs';
import { chooseHost, emptyHost, randomFrom, withTask } from './hosts.mjs';

const HOSTS = 20;
/** Of the memory an instance type is sold with, what the operating system leaves for the agent to register: an assumption. */
const REGISTERED_MEMORY = 0.97;
/** How many tasks end and are replaced after the cluster has filled up: gaps as deployments leave them. */
const REPLACED = 60;
/** Tasks tried in vain before a cluster counts as unable to fill up further. */
const PATIENCE = 200;

const GIB = 1024;
const type = (vcpus, gib) => ({ cpuUnits: vcpus * 1024, memoryMiB: Math.floor(gib * GIB * REGISTERED_MEMORY) });
const FLEETS = {
  'one type': [type(2, 8)],
  mixed: [type(2, 4), type(2, 8), type(2, 16)],
};
const STRATEGIES = ['spread', 'binpack', 'random'];
const RESERVED = [0.7, 0.8, 0.85, 0.9, 0.95, 0.98];

/** What runs: CPU units and MiB as they are commonly asked for; the last has a fixed host port. */
const RUNNING = taskSizes([
  { name: 'tiny', cpuUnits: 64, memoryMiB: 128 },
  { name: 'small', cpuUnits: 128, memoryMiB: 256 },
  { name: 'web', cpuUnits: 256, memoryMiB: 512 },
  { name: 'cpu', cpuUnits: 512, memoryMiB: 512 },
  { name: 'compute', cpuUnits: 256, memoryMiB: 128 },
  { name: 'memory', cpuUnits: 128, memoryMiB: 1536 },
  { name: 'large', cpuUnits: 512, memoryMiB: 2048 },
  { name: 'proxy', cpuUnits: 128, memoryMiB: 256, tcpPorts: [8080] },
]);

/** What is asked for: one more of which? */
export const ASKED = taskSizes([
  { name: 'asked-512-1024', cpuUnits: 512, memoryMiB: 1024 },
  { name: 'asked-256-512', cpuUnits: 256, memoryMiB: 512 },
  { name: 'asked-1024-3072', cpuUnits: 1024, memoryMiB: 3072 },
  { name: 'asked-128-256-tcp-8080', cpuUnits: 128, memoryMiB: 256, tcpPorts: [8080] },
]);

/** One row a fleet, strategy, share reserved and size asked for. */
export function generatedClusters(trials) {
  const cells = Object.keys(FLEETS).flatMap((fleet) =>
    STRATEGIES.flatMap((strategy) => RESERVED.map((reserved) => ({ fleet, strategy, reserved }))),
  );
  return cells.flatMap((cell) => {
    const tallies = new Map(ASKED.map((size) => [size, new Tally()]));
    for (let trial = 0; trial < trials; trial += 1) {
      const hosts = fillUp(cell, randomFrom(trial * 7919 + cell.reserved * 1000));
      for (const [size, tally] of hosts === undefined ? [] : tallies) tally.add(estimate(hosts, size));
    }
    return [...tallies].map(([{ name }, tally]) => ({ ...cell, asked: name, ...tally.result() }));
  });
}

/** A cluster with the given share reserved, give or take a task; `undefined` where its tasks cannot be placed so densely. */
function fillUp({ fleet, strategy, reserved }, random) {
  const cluster = new Cluster(FLEETS[fleet], strategy, random);
  if (!cluster.fill(reserved)) return undefined;
  for (let round = 0; round < REPLACED; round += 1) {
    cluster.endOne();
    cluster.startOne();
  }
  return cluster.fill(reserved) ? cluster.hosts : undefined;
}

class Cluster {
  #strategy;
  #random;
  #tasks = [];
  #running;
  #whole = { cpuUnits: 0, memoryMiB: 0 };
  #used = { cpuUnits: 0, memoryMiB: 0 };

  constructor(types, strategy, random) {
    this.#strategy = strategy;
    this.#random = random;
    this.hosts = Array.from({ length: HOSTS }, (_, index) => emptyHost(index, types[index % types.length]));
    this.#running = this.hosts.map(() => 0);
    for (const { registered } of this.hosts) {
      this.#whole.cpuUnits += registered.cpuUnits;
      this.#whole.memoryMiB += registered.memoryMiB;
    }
  }

  /** Starts tasks until the greater of the shares of CPU and of memory is reached; tells whether it was. */
  fill(reserved) {
    for (let failures = 0; failures <= PATIENCE; ) {
      if (Math.max(this.#used.cpuUnits / this.#whole.cpuUnits, this.#used.memoryMiB / this.#whole.memoryMiB) >= reserved) return true;
      if (!this.startOne()) failures += 1;
    }
    return false;
  }

  /** Starts a task of any kind where the strategy puts it; tells whether it found room. */
  startOne() {
    const task = RUNNING[Math.floor(this.#random() * RUNNING.length)];
    const index = chooseHost(this.hosts, this.#running, task, this.#strategy, this.#random);
    if (index < 0) return false;
    this.#tasks.push({ index, task });
    this.#change(index, task, 1);
    return true;
  }

  /** Ends any one task. */
  endOne() {
    const [{ index, task }] = this.#tasks.splice(Math.floor(this.#random() * this.#tasks.length), 1);
    this.#change(index, task, -1);
  }

  #change(index, task, sign) {
    this.hosts[index] = withTask(this.hosts[index], task, sign);
    this.#running[index] += sign;
    for (const field of Object.keys(this.#used)) this.#used[field] += sign * task[field];
  }
}
