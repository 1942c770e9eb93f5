import { type ChartLine, escapeHtml, renderChart } from '../report/chart.js';
import { TASK_SIZES } from './scenario.js';
import type { Moment } from './story.js';
import { COLUMNS, cells, promisesTooMuch } from './table.js';

const STYLE = `
:root { color-scheme: light dark; --ink: #1b2530; --paper: #fff; --grid: #d5dbe1; --exact: #0b6bcb; --idle: #2b8a3e; --sums: #c92a2a; --warn: #fff0f0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e8ee; --paper: #12181f; --grid: #33404d; --exact: #6cb6ff; --idle: #69db7c; --sums: #ff8787; --warn: #3a1c1f; } }
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
svg { width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 12px; }
.grid { stroke: var(--grid); } .line { fill: none; stroke-width: 2.5; } .hit { fill: transparent; } .hit:hover { fill: var(--grid); fill-opacity: .35; }
.exact { stroke: var(--exact); } .idle { stroke: var(--idle); } .sums { stroke: var(--sums); stroke-dasharray: 6 5; }
.legend span { margin-right: 1.5rem; } .legend svg { width: 2rem; height: .6rem; margin-right: .4rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--grid); }
td.number { text-align: right; font-variant-numeric: tabular-nums; } tr.lie { background: var(--warn); }`;

/** The demo as one page that needs no network: the curve, and the table under it. */
export function renderPage(moments: readonly Moment[]): string {
  const first = TASK_SIZES[0].name;
  const lines: readonly ChartLine[] = [
    { label: `more ${first}, exact (as published)`, className: 'exact', values: moments.map((moment) => moment.published?.bySize[0] ?? 0) },
    { label: `more ${first}, by sums over hosts`, className: 'sums', values: moments.map((moment) => moment.pooledFirstSize) },
    { label: 'IdleHostCapacity (hosts)', className: 'idle', values: moments.map((moment) => moment.published?.idleHostCapacity ?? 0) },
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Plimsoll: how much more the demo cluster can carry</title>
<style>${STYLE}</style>
</head>
<body>
<h1>How much more can this cluster carry?</h1>
<p>Each step changed a cluster on this machine. Each change of a host reached the capacity function as an event, and the function
published what fits. The solid lines are those metrics, read back. The dashed line adds up free CPU and free memory over all hosts:
where it stays above the solid one, it promises a <em>${escapeHtml(first)}</em> that no host has room for.</p>
<p class="legend">${lines.map(legend).join('')}</p>
${renderChart(
  moments.map((moment) => moment.title),
  lines,
)}
<div class="scroll"><table>
<thead><tr><th>step</th>${COLUMNS.map((column) => `<th>${escapeHtml(column)}</th>`).join('')}</tr></thead>
<tbody>
${moments.map(row).join('\n')}
</tbody>
</table></div>
</body>
</html>
`;
}

function legend(line: ChartLine): string {
  return `<span><svg viewBox="0 0 32 10" aria-hidden="true"><path class="line ${line.className}" d="M0 5H32"/></svg>${escapeHtml(line.label)}</span>`;
}

function row(moment: Moment, index: number): string {
  const columns = cells(moment).map((cell) => `<td${/^[\d.–]+$/.test(cell) ? ' class="number"' : ''}>${escapeHtml(cell)}</td>`);
  return `<tr${promisesTooMuch(moment) ? ' class="lie"' : ''}><td class="number">${index + 1}</td>${columns.join('')}</tr>`;
}
