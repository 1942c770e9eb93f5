import type { SeriesPoint } from '@plimsoll/simulator';
import { escapeHtml, renderLineChart } from './line-chart.js';
import type { SimulationReport } from './simulation-report.js';
import { SIMULATION_COLUMNS, simulationCells, simulationSentence } from './simulation-table.js';

const STYLE = `
:root { color-scheme: light dark; --ink: #1b2530; --paper: #fff; --grid: #d5dbe1; --c0: #0b6bcb; --c1: #c92a2a; --c2: #2b8a3e; --c3: #9c36b5; --c4: #b35c00; --c5: #087f8c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e8ee; --paper: #12181f; --grid: #33404d; --c0: #6cb6ff; --c1: #ff8787; --c2: #69db7c; --c3: #da77f2; --c4: #ffa94d; --c5: #66d9e8; } }
body { margin: 2rem auto; max-width: 66rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
svg { width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 12px; }
.grid { stroke: var(--grid); } .line { fill: none; stroke-width: 1.8; }
${[0, 1, 2, 3, 4, 5].map((colour) => `.c${colour} { stroke: var(--c${colour}); }`).join(' ')}
.legend span { margin-right: 1.5rem; white-space: nowrap; } .legend svg { width: 2rem; height: .6rem; margin-right: .4rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: right; padding: .3rem .6rem; border-bottom: 1px solid var(--grid); font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { text-align: left; }`;
const COLOURS = 6;

/** The comparison as one page that needs no network: the table, and charts of hosts, waiting tasks, capacity and decisions. */
export function simulationPage(report: SimulationReport): string {
  const hostTypes = report.hostTypes.map(
    ({ name, cpuUnits, memoryMiB, gpus }) => `${name} (${cpuUnits} CPU units, ${memoryMiB} MiB${gpus > 0 ? `, ${gpus} GPUs` : ''})`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Plimsoll: scaling policies compared</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Scaling policies compared</h1>
<p>${escapeHtml(simulationSentence(report))} Hosts: ${escapeHtml(hostTypes.join(', '))}; placement ${escapeHtml(report.placement)}.</p>
<div class="scroll"><table id="policies">
<thead><tr>${SIMULATION_COLUMNS.map((column) => `<th>${escapeHtml(column)}</th>`).join('')}</tr></thead>
<tbody>
${report.policies.map((policy) => `<tr data-policy="${escapeHtml(policy.policy)}">${simulationCells(policy).map(cell).join('')}</tr>`).join('\n')}
</tbody>
</table></div>
<p class="legend">${report.policies.map(({ policy }, index) => legend(policy, index)).join('')}</p>
${chart(report, 'Hosts', ({ hosts }) => hosts)}
${chart(report, 'Tasks waiting for a host (most in each stretch)', ({ waiting }) => waiting)}
${chart(report, 'vCPU that no task reserves', ({ vcpu, reservedVcpu }) => Math.max(0, vcpu - reservedVcpu))}
${chart(report, 'Decisions: hosts launched and told to go', ({ launched, leaving }) => launched + leaving)}
${report.workload.notes.map((note) => `<p>Note: ${escapeHtml(note)}.</p>`).join('\n')}
</body>
</html>
`;
}

function cell(text: string): string {
  return `<td>${escapeHtml(text)}</td>`;
}

function legend(policy: string, index: number): string {
  return `<span><svg viewBox="0 0 32 10" aria-hidden="true"><path class="line c${index % COLOURS}" d="M0 5H32"/></svg>${escapeHtml(policy)}</span>`;
}

function chart({ policies }: SimulationReport, title: string, figureOf: (point: SeriesPoint) => number): string {
  const hours = policies[0]?.series.map(({ hour }) => hour) ?? [];
  const lines = policies.map(({ policy, series }, index) => ({ label: policy, colour: index % COLOURS, values: series.map(figureOf) }));
  return `<h2>${escapeHtml(title)}</h2>\n${renderLineChart({ title, hours, lines })}`;
}
