import type { Check } from '../check.js';
import { escapeHtml } from './chart.js';

const STYLE = `
:root { color-scheme: light dark; --ink: #1b2530; --soft: #52606d; --paper: #fff; --grid: #d5dbe1; --one: #0b6bcb; --two: #1f7a35; --three: #c92a2a; --warn: #fff0f0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e8ee; --soft: #a6b3c0; --paper: #12181f; --grid: #33404d; --one: #6cb6ff; --two: #69db7c; --three: #ff8787; --warn: #3a1c1f; } }
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h2 { margin-top: 2.5rem; } svg { width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 12px; }
.grid { stroke: var(--grid); } .threshold { stroke: var(--soft); stroke-dasharray: 2 4; } .line { fill: none; stroke-width: 2.5; } .hit { fill: transparent; } .hit:hover { fill: var(--grid); fill-opacity: .35; }
.one { stroke: var(--one); } .two { stroke: var(--two); } .three { stroke: var(--three); stroke-dasharray: 6 5; }
.legend span { margin-right: 1.5rem; } .legend svg { width: 2rem; height: .6rem; margin-right: .4rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--grid); }
td.number { text-align: right; font-variant-numeric: tabular-nums; } tr.lie, tr.broken { background: var(--warn); } .soft { color: var(--soft); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .8rem; border: 1px solid var(--grid); font-size: .85rem; } details { margin: .8rem 0; }`;

/** A part of the report. */
export interface Section {
  readonly heading: string;
  /** HTML. */
  readonly body: string;
}

/** The report: one page that needs no network, light or dark as the reader's system is. */
export function renderPage(checks: readonly Check[], sections: readonly Section[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Plimsoll: the reference deployment on one machine</title>
<style>${STYLE}</style>
</head>
<body>
<h1>The reference deployment on one machine</h1>
<p>No AWS account and no containers: Amazon ECS, CloudWatch, Auto Scaling and CloudFormation are the local endpoint of
<code>@plimsoll/simulator</code>, containers are processes, SQLite stands for the MySQL server. Real are the template, both Lambda
functions' bundles, the service, its migration and every request between them.</p>
<div class="scroll"><table>
<thead><tr><th></th><th>promise</th><th>seen</th></tr></thead>
<tbody>
${checks.map(checkRow).join('\n')}
</tbody>
</table></div>
${sections.map(({ heading, body }) => `<h2>${escapeHtml(heading)}</h2>\n${body}`).join('\n')}
</body>
</html>
`;
}

function checkRow({ promise, holds, seen }: Check): string {
  const mark = holds ? '<td aria-label="holds">✓</td>' : '<td aria-label="broken">✗</td>';
  return `<tr${holds ? '' : ' class="broken"'}>${mark}<td>${escapeHtml(promise)}</td><td>${escapeHtml(seen)}</td></tr>`;
}
