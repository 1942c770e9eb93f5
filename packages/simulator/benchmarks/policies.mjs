// Measures the simulation of policies: the openb trace where PLIMSOLL_TRACES names its folder, a generated one like it elsewhere.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process, { cpuUsage, env, memoryUsage, stdout } from 'node:process';
// biome-ignore lint/correctness/noUndeclaredDependencies: its tests depend on this package, so it is compiled first by a rule of nx
import * as production from '@plimsoll/capacity-lambda';
import {
  bookPolicy,
  capacityProviderPolicy,
  comparePolicies,
  exactPolicy,
  fixedSizePolicy,
  generateWorkload,
  lowerBound,
  overlayCopies,
  parseOpenbTrace,
  plainSize,
} from '../lib/index.js';

const COPIES = [1, 2, 4, 8, 64];
/** Copies that growth is judged on; beyond, the trace is only to end. */
const JUDGED_COPIES = 8;
/** Seconds for all policies on the trace itself. */
const MOST_SECONDS = 10;
const MOST_MEBIBYTES = 1024;
/** How much more than n log n the time may grow from 1 to 8 copies. */
const MOST_GROWTH = 2;
const MEBIBYTE = 2 ** 20;

const HOST = {
  name: 'gpu',
  resources: { cpuUnits: 131_072, memoryMiB: 786_432, gpus: 8, takenTcpPorts: [], takenUdpPorts: [], others: [] },
};
const GENERATED = 'bursty:hours=828,rate=9,duration=12000,every=9999999,size=3229:5600|11572:49152|12800:57344|32768:49152|8192:30517';

function trace() {
  const folder = env.PLIMSOLL_TRACES;
  const read =
    folder === undefined
      ? generateWorkload(GENERATED, 1)
      : parseOpenbTrace(readFileSync(join(folder, 'openb_pod_list_default.csv'), 'utf8'));
  if (!read.ok) throw new TypeError(read.error.message);
  return { name: folder === undefined ? 'generated' : 'openb', workload: read.value };
}

function policiesFor(workload) {
  const most = (amountOf) => workload.sizes.reduce((greatest, size) => Math.max(greatest, amountOf(size)), 1);
  const largest = plainSize({ name: 'largest', cpuUnits: most((size) => size.cpuUnits), memoryMiB: most((size) => size.memoryMiB) });
  return [
    fixedSizePolicy(Math.max(1, lowerBound(workload, [HOST]).peakHosts)),
    bookPolicy(largest),
    capacityProviderPolicy(),
    exactPolicy(production),
    exactPolicy(production, { followsEvents: true, name: 'exact-events' }),
    exactPolicy(production, { isPatient: true, name: 'patient' }),
    exactPolicy(production, { isPatient: true, followsEvents: true, name: 'patient-events' }),
  ];
}

function seconds(run) {
  const before = cpuUsage();
  const result = run();
  const { user, system } = cpuUsage(before);
  return { result, seconds: (user + system) / 1e6 };
}

const { name, workload } = trace();
const measured = [];
stdout.write(`${name}, seconds of processor time by policy\n`);
for (const copies of COPIES) {
  const work = overlayCopies(workload, copies);
  const policies = policiesFor(work).map((policy) => {
    const { result, seconds: spent } = seconds(() =>
      comparePolicies({ workload: work, settings: { hostTypes: [HOST] }, policies: [policy] }),
    );
    return { policy: policy.name, spent, events: result.policies[0].events };
  });
  const total = policies.reduce((sum, { spent }) => sum + spent, 0);
  const events = policies.reduce((sum, one) => sum + one.events, 0);
  measured.push({ copies, tasks: work.arrivals.length, total });
  const parts = policies.map((one) => `${one.policy} ${one.spent.toFixed(2)}`).join(', ');
  stdout.write(
    `${copies}×: ${work.arrivals.length} tasks, ${total.toFixed(2)} s (${parts}); ${Math.round(events / total)} events/s; ${Math.round(memoryUsage.rss() / MEBIBYTE)} MiB\n`,
  );
}

const [one] = measured;
const last = measured.find(({ copies }) => copies === JUDGED_COPIES);
const nLogN = (tasks) => tasks * Math.log2(tasks);
const growth = last.total / one.total / (nLogN(last.tasks) / nLogN(one.tasks));
const mebibytes = memoryUsage.rss() / MEBIBYTE;
let isMet = true;
function judge(what, value, limit, unit) {
  const met = value <= limit;
  isMet &&= met;
  stdout.write(`${met ? 'met' : 'NOT MET'}: ${what} ${value.toFixed(2)} ${unit}, at most ${limit}\n`);
}
judge('all policies on the trace', one.total, MOST_SECONDS, 's');
judge('memory', mebibytes, MOST_MEBIBYTES, 'MiB');
judge(`growth to ${JUDGED_COPIES} copies beyond n log n`, growth, MOST_GROWTH, 'times');
if (!isMet) process.exitCode = 1;
