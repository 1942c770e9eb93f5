/** One line of the chart. */
export interface ChartLine {
  /** Shown in the legend. */
  readonly label: string;
  /** CSS class that gives the line its colour and dash. */
  readonly className: string;
  /** Value from each position on, at least 0. */
  readonly values: readonly number[];
}

const WIDTH = 960;
const HEIGHT = 320;
const MARGIN = { top: 16, right: 16, bottom: 36, left: 40 };

/** Draws step lines over equally wide positions as one SVG element, with grid, axis labels and a title for each point. */
export function renderChart(labels: readonly string[], lines: readonly ChartLine[]): string {
  const highest = Math.max(1, ...lines.flatMap((line) => line.values));
  const stepWidth = (WIDTH - MARGIN.left - MARGIN.right) / labels.length;
  const x = (position: number): number => round(MARGIN.left + position * stepWidth);
  const y = (value: number): number => round(HEIGHT - MARGIN.bottom - (value / highest) * (HEIGHT - MARGIN.top - MARGIN.bottom));
  const ticks = tickValues(highest);
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Capacity over the steps of the demo">`,
    ...ticks.map(
      (tick) =>
        `<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(tick)}" y2="${y(tick)}"/>` +
        `<text x="${MARGIN.left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
    ),
    ...labels.map(
      (_, position) => `<text x="${x(position + 0.5)}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${position + 1}</text>`,
    ),
    `<text x="${WIDTH - MARGIN.right}" y="${HEIGHT - 4}" text-anchor="end">step</text>`,
    ...lines.map((line) => `<path class="line ${line.className}" d="${stepPath(line.values, x, y)}"/>`),
    ...labels.map((label, position) => {
      const values = lines.map((line) => `${line.label}: ${line.values[position]}`).join('\n');
      return `<rect class="hit" x="${x(position)}" y="${MARGIN.top}" width="${round(stepWidth)}" height="${HEIGHT - MARGIN.top - MARGIN.bottom}"><title>${escapeHtml(`${position + 1}. ${label}\n${values}`)}</title></rect>`;
    }),
    '</svg>',
  ].join('\n');
}

/** Escapes text for HTML and SVG content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function stepPath(values: readonly number[], x: (position: number) => number, y: (value: number) => number): string {
  return values.map((value, position) => `${position === 0 ? 'M' : 'L'}${x(position)} ${y(value)}H${x(position + 1)}`).join('');
}

function tickValues(highest: number): readonly number[] {
  const step = Math.max(1, Math.ceil(highest / 5));
  return Array.from({ length: Math.floor(highest / step) + 1 }, (_, index) => index * step);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
