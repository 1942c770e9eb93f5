// Compares the scaling policies on all work of docs/policy-simulation.md, and writes its tables and its chart.
// With --check NAME nothing is written: the work of that name is simulated again, and its rows must stand in the page.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process, { argv, env, stdout } from 'node:process';
import { comparePolicies, generateWorkload, jitterArrivals, overlayCopies, parseOpenbTrace } from '@plimsoll/simulator';
import { parsePolicySpec } from '../lib/policy-spec.js';
import { renderLineChart } from '../lib/report/line-chart.js';

const PAGE = join(import.meta.dirname, '../../../docs/policy-simulation.md');
const CHART = join(import.meta.dirname, '../../../docs/policy-simulation.svg');
const POLICIES = ['book', 'capacity-provider', 'exact', 'exact-events', 'patient', 'patient-events'];
/** Those whose gain on the capacity provider is summed up. */
const SUMMED_UP = ['patient', 'patient-events'];
const none = { takenTcpPorts: [], takenUdpPorts: [], others: [] };
const GPU_HOST = { name: 'gpu', resources: { cpuUnits: 131_072, memoryMiB: 786_432, gpus: 8, ...none } };
const HOST = { name: 'm5.xlarge', resources: { cpuUnits: 4096, memoryMiB: 15_500, gpus: 0, ...none } };
/** Seeds that the settings were chosen on, and others. */
const SEEN = [11, 12, 13];
const FRESH = [21, 22, 23, 24, 25];
const MIXED = 'diurnal:tasks=40,hours=48,size=1024:3000+bursty:size=512:1024|1024:8000,hours=48';

/** The settings were chosen on the first ones alone. */
const WORKS = [
  { name: 'bursty', spec: 'bursty:size=512:1024|2048:4096,hours=48', seeds: SEEN },
  { name: 'busy', spec: 'bursty:size=1024:2048|512:6000,hours=48,rate=200,duration=400', seeds: SEEN },
  { name: 'batch', spec: 'batch:size=1024:2048,hours=48', seeds: SEEN },
  { name: 'deployments', spec: 'deployments:tasks=30,size=1024:2000,hours=48', seeds: SEEN },
  { name: 'diurnal', spec: 'diurnal:tasks=60,hours=72,size=1024:3000', seeds: SEEN },
  { name: 'mixed', spec: MIXED, seeds: SEEN },
  { name: 'openb', copies: 1, seeds: [1] },
  { name: 'openb ×2', copies: 2, seeds: [1] },
  { name: 'bursty, held out', spec: 'bursty:size=512:1024|2048:4096,hours=48', seeds: FRESH, isFresh: true },
  { name: 'mixed, held out', spec: MIXED, seeds: FRESH, isFresh: true },
  {
    name: 'three sizes',
    spec: 'bursty:size=256:512|1024:2048|4096:15000,hours=48,rate=120,burst=80,every=90',
    seeds: FRESH,
    isFresh: true,
  },
  { name: 'hourly batch', spec: 'batch:size=768:3000|2048:2048,hours=48,tasks=150,every=60,duration=900', seeds: FRESH, isFresh: true },
  {
    name: 'frequent deployments',
    spec: 'deployments:tasks=50,size=512:1024,hours=48,every=60,maximum=150',
    seeds: FRESH,
    isFresh: true,
  },
  {
    name: 'all together',
    spec: 'diurnal:tasks=80,hours=72,size=512:2000+deployments:tasks=20,hours=72,size=1024:2000+batch:hours=72,tasks=40,every=360',
    seeds: FRESH,
    isFresh: true,
  },
  { name: 'openb, moved', copies: 1, jitter: 600, seeds: FRESH, isFresh: true },
  { name: 'openb ×4, moved', copies: 4, jitter: 600, seeds: FRESH, isFresh: true },
  { name: 'openb ×8, moved', copies: 8, jitter: 600, seeds: FRESH, isFresh: true },
  { name: 'openb ×64, moved', copies: 64, jitter: 600, seeds: FRESH.slice(0, 2), isFresh: true },
];

function workloadOf({ spec, copies, jitter = 0 }, seed) {
  if (spec !== undefined) return read(generateWorkload(spec, seed));
  const folder = env.PLIMSOLL_TRACES;
  if (folder === undefined) throw new TypeError('PLIMSOLL_TRACES is not set: name the folder of openb_pod_list_default.csv');
  const trace = read(parseOpenbTrace(readFileSync(join(folder, 'openb_pod_list_default.csv'), 'utf8')));
  return jitterArrivals(overlayCopies(trace, copies), jitter, seed);
}

function read(result) {
  if (!result.ok) throw new TypeError(result.error.message);
  return result.value;
}

/** Every policy on one work: a report a seed. */
function compared(work, policies = POLICIES) {
  const hostTypes = [work.spec === undefined ? GPU_HOST : HOST];
  return work.seeds.map((seed) => {
    const workload = workloadOf(work, seed);
    const made = policies.map((text) => read(parsePolicySpec(text, { workload, hostTypes })));
    return comparePolicies({ workload, settings: { hostTypes, seed }, policies: made });
  });
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const mean = (numbers) => sum(numbers) / numbers.length;
const grouped = (number, digits = 0) => number.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
/** All that tasks waited, of services or not. */
const waited = ({ waitingSeconds, services }) => waitingSeconds.total + services.waitingSeconds.total;

function rows(work, reports) {
  return POLICIES.map((policy, index) => {
    const of = (figure) => mean(reports.map(({ policies }) => figure(policies[index])));
    const cells = [
      index === 0 ? work.name : '',
      policy,
      grouped(
        of(({ hostHours }) => hostHours),
        1,
      ),
      `${grouped(100 * of(({ gap }) => gap), 1)} %`,
      grouped(of(({ waitingSeconds }) => waitingSeconds.total)),
      grouped(of(({ waitingSeconds }) => waitingSeconds.p99)),
      grouped(of(({ services }) => services.waitingSeconds.total)),
      grouped(of(({ services }) => services.missingTaskSeconds)),
      ...['falseFitMinutes', 'thrash', 'tasksKilled', 'drains', 'tasksUnfinished'].map((name) => grouped(of((report) => report[name]))),
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

const change = (now, before) => (before === 0 ? '' : `${now > before ? '+' : ''}${grouped((100 * (now - before)) / before, 1)} %`);

/** How a policy compares with the capacity provider: means, and the seeds with no more hours, waiting and thrash. */
function against(policy, reports) {
  const [index, provider] = [POLICIES.indexOf(policy), POLICIES.indexOf('capacity-provider')];
  const of = (at, figure) => mean(reports.map(({ policies }) => figure(policies[at])));
  const figures = [({ hostHours }) => hostHours, waited, ({ thrash }) => thrash];
  const better = reports.filter(({ policies }) => figures.every((figure) => figure(policies[index]) <= figure(policies[provider]))).length;
  const [hours, waiting] = figures.map((figure) => change(of(index, figure), of(provider, figure)));
  const [thrash, before] = [index, provider].map((at) => grouped(of(at, figures[2])));
  return [hours, waiting, `${thrash} for ${before}`, `${better} of ${reports.length}`];
}

const HEAD = [
  '| Work | Policy | Host-hours | Gap | Wait s | p99 s | Services wait s | Missing s | False fits | Thrash | Killed | Drains | Unfinished |',
  '| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |',
];
const SUMMARY_HEAD = [
  `| Work | Chosen on it | ${SUMMED_UP.map((policy) => `\`${policy}\`: hours | waiting | thrash | no worse in all`).join(' | ')} |`,
  `| --- | --- | ${SUMMED_UP.map(() => '--: | --: | --: | --:').join(' | ')} |`,
];

function put(page, name, lines) {
  const [begin, end] = [`<!-- ${name}: made by packages/cli/benchmarks/policy-comparison.mjs -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new TypeError(`the page has no place for ${name}: write ${begin} and ${end}`);
  return `${page.slice(0, from)}${begin}\n\n${lines.join('\n')}\n\n${page.slice(to)}`;
}

function chart() {
  const names = ['capacity-provider', 'patient', 'patient-events'];
  const [report] = compared({ spec: MIXED, seeds: [FRESH[0]] }, names);
  const lines = report.policies.map(({ series }, colour) => ({ label: names[colour], colour, values: series.map(({ hosts }) => hosts) }));
  const [open, ...rest] = renderLineChart({
    title: 'Hosts by hour and policy',
    hours: report.policies[0].series.map(({ hour }) => hour),
    lines,
  }).split('\n');
  const legend = names.map(
    (name, colour) =>
      `<path class="line c${colour}" d="M${60 + colour * 170} 254h24"/><text x="${90 + colour * 170}" y="258">${name}</text>`,
  );
  const style = `<style>
text { font: 12px system-ui, sans-serif; fill: #1b2530; } .grid { stroke: #d5dbe1; } .line { fill: none; stroke-width: 1.6; }
.c0 { stroke: #0b6bcb; } .c1 { stroke: #c92a2a; } .c2 { stroke: #2b8a3e; }
@media (prefers-color-scheme: dark) { text { fill: #e3e8ee; } .grid { stroke: #33404d; } .c0 { stroke: #6cb6ff; } .c1 { stroke: #ff8787; } .c2 { stroke: #69db7c; } }
</style>`;
  const root = open.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ').replace('960 260', '960 264');
  return [root, style, ...rest.slice(0, -1), ...legend, ...rest.slice(-1), ''].join('\n');
}

const page = readFileSync(PAGE, 'utf8');
const checked = argv[2] === '--check' ? argv[3] : undefined;
if (checked !== undefined) {
  const work = WORKS.find(({ name }) => name === checked);
  if (work === undefined) throw new TypeError(`there is no work ${checked}: name one of ${WORKS.map(({ name }) => name).join(', ')}`);
  const missing = rows(work, compared(work)).filter((row) => !page.includes(`${row}\n`));
  for (const row of missing) stdout.write(`not in docs/policy-simulation.md: ${row}\n`);
  if (missing.length > 0) process.exitCode = 1;
} else {
  const [table, summary, specs] = [[], [], []];
  for (const work of WORKS) {
    const reports = compared(work);
    table.push(...rows(work, reports));
    const cells = [work.name, work.isFresh ? 'no' : 'yes', ...SUMMED_UP.flatMap((policy) => against(policy, reports))];
    summary.push(`| ${cells.join(' | ')} |`);
    const source = work.spec === undefined ? 'the trace' : `\`${work.spec.replaceAll('|', '\\|')}\``;
    const bound = mean(reports.map(({ lowerBound }) => lowerBound.hostHours));
    specs.push(
      `| ${work.name} | ${source} | ${work.seeds.join(', ')} | ${grouped(mean(reports.map(({ tasks }) => tasks)))} | ${grouped(bound, 1)} |`,
    );
    stdout.write(`${summary.at(-1)}\n`);
  }
  const specHead = ['| Work | Made of | Seeds | Standalone tasks | Lower bound, host-hours |', '| --- | --- | --- | --: | --: |'];
  let written = put(page, 'summary', [...SUMMARY_HEAD, ...summary]);
  written = put(written, 'figures', [...HEAD, ...table]);
  written = put(written, 'works', [...specHead, ...specs]);
  writeFileSync(PAGE, written);
  writeFileSync(CHART, chart());
}
