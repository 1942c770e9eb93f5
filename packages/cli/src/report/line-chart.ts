/** One line of a chart. */
export interface ChartLine {
  /** Shown in the legend. */
  readonly label: string;
  /** Number of its colour, from 0. */
  readonly colour: number;
  /** Value from each position on, at least 0. */
  readonly values: readonly number[];
}

/** What a chart shows. */
export interface Chart {
  readonly title: string;
  /** Hour at which each position begins. */
  readonly hours: readonly number[];
  readonly lines: readonly ChartLine[];
}

const WIDTH = 960;
const HEIGHT = 260;
const MARGIN = { top: 12, right: 16, bottom: 34, left: 56 };
const INNER_WIDTH = WIDTH - MARGIN.left - MARGIN.right;
const INNER_HEIGHT = HEIGHT - MARGIN.top - MARGIN.bottom;

/** Draws step lines over time as one SVG element with grid and axis labels. */
export function renderLineChart({ title, hours, lines }: Chart): string {
  const highest = lines.reduce((most, { values }) => values.reduce((greatest, value) => Math.max(greatest, value), most), 1);
  const positions = Math.max(1, hours.length);
  const x = (position: number): number => round(MARGIN.left + (position / positions) * INNER_WIDTH);
  const y = (value: number): number => round(MARGIN.top + INNER_HEIGHT - (value / highest) * INNER_HEIGHT);
  const right = WIDTH - MARGIN.right;
  const labelled = [0, 0.25, 0.5, 0.75].map((share) => Math.floor(share * positions));
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">`,
    ...ticks(highest).map(
      (tick) =>
        `<line class="grid" x1="${MARGIN.left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${MARGIN.left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
    ),
    ...[...new Set(labelled)].map(
      (position) => `<text x="${x(position)}" y="${HEIGHT - 14}">${Math.round((hours[position] ?? 0) * 10) / 10} h</text>`,
    ),
    ...lines.map(({ values, colour }) => `<path class="line c${colour}" d="${path(values, x, y)}"/>`),
    '</svg>',
  ].join('\n');
}

/** Escapes text for HTML and SVG content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A line that is only drawn where it changes. */
function path(values: readonly number[], x: (position: number) => number, y: (value: number) => number): string {
  const parts: string[] = [];
  for (const [position, value] of values.entries()) {
    if (position === 0) parts.push(`M${x(0)} ${y(value)}`);
    else if (value !== values[position - 1]) parts.push(`H${x(position)}V${y(value)}`);
  }
  return values.length === 0 ? '' : `${parts.join('')}H${x(values.length)}`;
}

function ticks(highest: number): readonly number[] {
  const step = Math.max(1, Math.ceil(highest / 5));
  return Array.from({ length: Math.floor(highest / step) + 1 }, (_, index) => index * step);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
