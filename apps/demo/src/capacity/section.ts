import { type ChartLine, escapeHtml, renderChart, renderLegend } from '../report/chart.js';
import type { Section } from '../report/page.js';
import { TASK_SIZES } from './scenario.js';
import type { Moment } from './story.js';
import { COLUMNS, cells, promisesTooMuch } from './table.js';

/** The report's part about capacity metrics: the curve, and the table under it. */
export function capacitySection(moments: readonly Moment[]): Section {
  const first = TASK_SIZES[0].name;
  const lines: readonly ChartLine[] = [
    { label: `more ${first}, exact (as published)`, className: 'one', values: moments.map((moment) => moment.published?.bySize[0] ?? 0) },
    { label: `more ${first}, by sums over hosts`, className: 'three', values: moments.map((moment) => moment.pooledFirstSize) },
    { label: 'IdleHostCapacity (hosts)', className: 'two', values: moments.map((moment) => moment.published?.idleHostCapacity ?? 0) },
  ];
  const chart = { title: 'Capacity over the steps', unit: 'step', labels: moments.map((moment) => moment.title), lines };
  return {
    heading: 'How much more a cluster can carry',
    body: `<p>Each step changed a cluster of its own. Each change of a host reached the capacity function as an event, and the function
published what fits. The solid lines are those metrics, read back. The dashed line adds up free CPU and free memory over all hosts:
where it stays above the solid one, it promises a <em>${escapeHtml(first)}</em> that no host has room for.</p>
${renderLegend(lines)}
${renderChart(chart)}
<div class="scroll"><table>
<thead><tr><th>step</th>${COLUMNS.map((column) => `<th>${escapeHtml(column)}</th>`).join('')}</tr></thead>
<tbody>
${moments.map(row).join('\n')}
</tbody>
</table></div>`,
  };
}

function row(moment: Moment, index: number): string {
  const columns = cells(moment).map((cell) => `<td${/^[\d.–]+$/.test(cell) ? ' class="number"' : ''}>${escapeHtml(cell)}</td>`);
  return `<tr${promisesTooMuch(moment) ? ' class="lie"' : ''}><td class="number">${index + 1}</td>${columns.join('')}</tr>`;
}
