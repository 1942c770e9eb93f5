/** Fewer states than that tell too little to print shares of. */
export const LEAST_STATES = 30;

/** A Markdown table; cells of numbers stand to the right. */
export function markdownTable(head, rows) {
  const numeric = (index) => rows.every((row) => /^[<\d.,–]+( %)?$/.test(row[index]));
  const rule = head.map((_, index) => (numeric(index) ? '--:' : '---'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A task size in words. */
export function describe({ cpuUnits, memoryMiB, tcpPorts }) {
  return `${grouped(cpuUnits)} CPU units, ${grouped(memoryMiB)} MiB${tcpPorts.map((port) => `, tcp/${port}`).join('')}`;
}

function grouped(number) {
  return number.toLocaleString('en-US');
}

/** A share in percent. */
export function percent(share) {
  if (share > 0 && share < 0.001) return '<0.1 %';
  return `${(100 * share).toFixed(share > 0 && share < 0.01 ? 1 : 0)} %`;
}

/** A mean, in tasks. */
export function mean(value) {
  return value.toFixed(2);
}

const ANSWERS = ['exact, mean', 'pooled, mean', 'nothing fits', 'pooled says it fits', 'per host says it fits'];
const answersOf = (row) =>
  row.states < LEAST_STATES
    ? ANSWERS.map(() => '–')
    : [
        mean(row.mean.exact),
        mean(row.mean.pooled),
        percent(row.nothingFits),
        percent(row.falseFits.pooled),
        percent(row.falseFits.perHost),
      ];

/** The rows of generated clusters for one size asked for. */
export function clustersTable(rows, asked) {
  return markdownTable(
    ['hosts', 'placement', 'reserved', 'states', ...ANSWERS],
    rows
      .filter((row) => row.asked === asked)
      .map((row) => [row.fleet, row.strategy, percent(row.reserved), String(row.states), ...answersOf(row)]),
  );
}

/** The rows of the trace. */
export function traceTable(rows) {
  return markdownTable(
    ['hosts', 'GPUs', 'placement', 'arrivals', ...ANSWERS],
    rows.map((row) => [String(row.hosts), row.gpus ? 'counted' : 'left out', row.strategy, String(row.states), ...answersOf(row)]),
  );
}
