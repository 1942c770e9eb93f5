/** One line of the chart. */
export interface ChartLine {
  /** Shown in the legend. */
  readonly label: string;
  /** CSS class that gives the line its colour and dash. */
  readonly className: string;
  /** Value from each position on, at least 0. */
  readonly values: readonly number[];
}

/** What a chart shows. */
export interface Chart {
  /** What it is, for those who do not see it. */
  readonly title: string;
  /** What a position is: a step, a minute. */
  readonly unit: string;
  /** Words for each position, in order. */
  readonly labels: readonly string[];
  readonly lines: readonly ChartLine[];
  /** Number of the first position. @default 1 */
  readonly firstNumber?: number;
  /** Positions from one number on the axis to the next. @default 1 */
  readonly every?: number;
  /** Values that a line is drawn at all along. @default none */
  readonly thresholds?: readonly number[];
}

const WIDTH = 960;
const HEIGHT = 280;
const MARGIN = { top: 16, right: 16, bottom: 36, left: 40 };

/** Draws step lines over equally wide positions as one SVG element, with grid, axis labels and a title for each point. */
export function renderChart({ title, unit, labels, lines, firstNumber = 1, every = 1, thresholds = [] }: Chart): string {
  const highest = Math.max(1, ...thresholds, ...lines.flatMap((line) => line.values));
  const stepWidth = (WIDTH - MARGIN.left - MARGIN.right) / labels.length;
  const x = (position: number): number => round(MARGIN.left + position * stepWidth);
  const y = (value: number): number => round(HEIGHT - MARGIN.bottom - (value / highest) * (HEIGHT - MARGIN.top - MARGIN.bottom));
  const across = (className: string, value: number): string =>
    `<line class="${className}" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(value)}" y2="${y(value)}"/>`;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">`,
    ...tickValues(highest).map(
      (tick) => `${across('grid', tick)}<text x="${MARGIN.left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
    ),
    ...thresholds.map((value) => across('threshold', value)),
    ...labels.map((_, position) =>
      position % every === 0
        ? `<text x="${x(position + 0.5)}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${position + firstNumber}</text>`
        : '',
    ),
    `<text x="${WIDTH - MARGIN.right}" y="${HEIGHT - 4}" text-anchor="end">${escapeHtml(unit)}</text>`,
    ...lines.map((line) => `<path class="line ${line.className}" d="${stepPath(line.values, x, y)}"/>`),
    ...labels.map((label, position) => {
      const values = lines.map((line) => `${line.label}: ${line.values[position]}`).join('\n');
      const text = [`${unit} ${position + firstNumber}${label === '' ? '' : `: ${label}`}`, values].join('\n');
      return `<rect class="hit" x="${x(position)}" y="${MARGIN.top}" width="${round(stepWidth)}" height="${HEIGHT - MARGIN.top - MARGIN.bottom}"><title>${escapeHtml(text)}</title></rect>`;
    }),
    '</svg>',
  ].join('\n');
}

/** The legend of a chart. */
export function renderLegend(lines: readonly ChartLine[]): string {
  const entries = lines.map(
    ({ label, className }) =>
      `<span><svg viewBox="0 0 32 10" aria-hidden="true"><path class="line ${className}" d="M0 5H32"/></svg>${escapeHtml(label)}</span>`,
  );
  return `<p class="legend">${entries.join('')}</p>`;
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
