/**
 * What the steps and the warm-up of the construct's scale-out policy follow from: the production decisions in virtual time, on generated
 * work, with agents that register soon and late after their instance is in service. Means of three seeds.
 */
import { comparePolicies, exactPolicy, generateWorkload } from '@plimsoll/simulator';
import * as production from '../lib/index.js';

const SEEDS = [1, 2, 3];
const WORK = [
  ['bursts', 'bursty:size=512:1024|2048:4096,hours=48'],
  ['batches', 'batch:size=1024:2048,hours=48'],
  ['service and bursts', 'diurnal:tasks=40,hours=48,size=1024:3000+bursty:size=512:1024|1024:8000,hours=48'],
];
/** Seconds until an instance is in service, and from then until its agent has registered, least and most. */
const DELAYS = [
  ['10 to 20 s', { bootSeconds: [45, 75], registrationSeconds: [10, 20] }],
  ['30 to 60 s', { bootSeconds: [15, 30], registrationSeconds: [30, 60] }],
  ['60 to 120 s', { bootSeconds: [15, 30], registrationSeconds: [60, 120] }],
];
const COARSE = [1, 2, 5, 10];
const FINE = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 50, 70, 100, 150, 200];
const POLICIES = [
  ['4, 180 s', COARSE, 180],
  ['20, 120 s', FINE, 120],
  ['20, 60 s', FINE, 60],
  ['20, 30 s', FINE, 30],
];
const HOST = {
  name: 'host',
  resources: { cpuUnits: 4096, memoryMiB: 15500, gpus: 0, takenTcpPorts: [], takenUdpPorts: [], others: [] },
};

function reportsOf(spec, delays) {
  const policies = () => POLICIES.map(([name, steps, warmupSeconds]) => exactPolicy(production, { name, steps, warmupSeconds }));
  return SEEDS.map((seed) => {
    const workload = generateWorkload(spec, seed);
    if (!workload.ok) throw new TypeError(workload.error.message);
    return comparePolicies({ workload: workload.value, settings: { hostTypes: [HOST], seed, ...delays }, policies: policies() }).policies;
  });
}

const whole = (value) => Math.round(value).toLocaleString('en');

console.log('| Work | Agent registers after | Steps, warm-up | Host-hours | Hosts launched | Wait, total s | p99 s |');
console.log('| --- | --- | --- | --: | --: | --: | --: |');
for (const [work, spec] of WORK) {
  for (const [delay, delays] of DELAYS) {
    const runs = reportsOf(spec, delays);
    for (const [index, [name]] of POLICIES.entries()) {
      const mean = (of) => runs.reduce((sum, reports) => sum + of(reports[index]), 0) / runs.length;
      const figures = [mean((one) => one.hostHours), mean((one) => one.hostsLaunched)];
      const waits = [mean(({ waitingSeconds }) => waitingSeconds.total), mean(({ waitingSeconds }) => waitingSeconds.p99)];
      console.log(`| ${work} | ${delay} | ${name} | ${[...figures, ...waits].map(whole).join(' | ')} |`);
    }
  }
}
