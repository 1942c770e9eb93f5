import { LEAST_STATES } from './tables.mjs';

const PANEL = { width: 300, height: 220, left: 56, top: 56, gap: 60 };
const STROKES = {
  spread: { colour: '#0b6e99', dash: '' },
  binpack: { colour: '#b3541e', dash: '7 4' },
  random: { colour: '#5b5b5b', dash: '2 4' },
};

/** Draws the share of false fits against the share reserved: a panel a fleet, a line a placement strategy. */
export function falseFitsPicture(rows) {
  const fleets = [...new Set(rows.map(({ fleet }) => fleet))];
  const width = PANEL.left + fleets.length * (PANEL.width + PANEL.gap);
  const height = PANEL.top + PANEL.height + 96;
  const panels = fleets.map((fleet, index) =>
    panel(
      fleet,
      rows.filter((row) => row.fleet === fleet),
      PANEL.left + index * (PANEL.width + PANEL.gap),
    ),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="#222">
<title>How often the pooled formula sees room where there is none</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="${PANEL.left}" y="22" font-size="15" font-weight="bold">The pooled formula sees room where nothing fits, in % of states</text>
${panels.join('\n')}
${legend(PANEL.left, height - 16)}
</svg>
`;
}

function panel(fleet, rows, left) {
  const shares = [...new Set(rows.map(({ reserved }) => reserved))];
  const [low = 0, high = 1] = [Math.min(...shares), Math.max(...shares)];
  const x = (reserved) => round(left + ((reserved - low) / (high - low)) * PANEL.width);
  const y = (share) => round(PANEL.top + (1 - share) * PANEL.height);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line x1="${left}" y1="${y(share)}" x2="${left + PANEL.width}" y2="${y(share)}" stroke="#ddd"/><text x="${left - 8}" y="${y(share) + 4}" text-anchor="end">${100 * share}</text>`,
  );
  const ticks = shares.map(
    (share) => `<text x="${x(share)}" y="${PANEL.top + PANEL.height + 18}" text-anchor="middle">${Math.round(100 * share)}</text>`,
  );
  const lines = Object.entries(STROKES).map(([strategy, { colour, dash }]) => {
    const points = rows
      .filter((row) => row.strategy === strategy && row.states >= LEAST_STATES)
      .map((row) => [x(row.reserved), y(row.falseFits.pooled)]);
    const dots = points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`).join('');
    return `<polyline points="${points.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>${dots}`;
  });
  return `<text x="${left}" y="${PANEL.top - 12}" font-weight="bold">hosts: ${fleet}</text>
${[...grid, ...ticks, ...lines].join('\n')}
<text x="${left + PANEL.width / 2}" y="${PANEL.top + PANEL.height + 38}" text-anchor="middle">reserved, %</text>`;
}

function legend(left, y) {
  return Object.entries(STROKES)
    .map(([strategy, { colour, dash }], index) => {
      const x = left + index * 120;
      return `<line x1="${x}" y1="${y - 4}" x2="${x + 28}" y2="${y - 4}" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/><text x="${x + 36}" y="${y}">${strategy}</text>`;
    })
    .join('\n');
}

function round(number) {
  return Math.round(10 * number) / 10;
}
