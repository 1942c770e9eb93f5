import { TASK_SIZES } from './scenario.js';
import type { Moment } from './story.js';

const FIRST_SIZE = TASK_SIZES[0].name;

/** Column heads of the demo's table, on the terminal and on the page. */
export const COLUMNS: readonly string[] = [
  's',
  'what happens',
  'ContainerCapacity',
  ...TASK_SIZES.map((size) => `more ${size.name}`),
  'IdleHostCapacity',
  `${FIRST_SIZE} by sums`,
  'ECS said',
];

/** One row of the demo's table, as text. */
export function cells(moment: Moment): readonly string[] {
  const { published } = moment;
  return [
    String(moment.seconds),
    moment.title,
    published === null ? '–' : String(published.containerCapacity),
    ...TASK_SIZES.map((_, index) => (published === null ? '–' : String(published.bySize[index]))),
    published === null ? '–' : published.idleHostCapacity.toFixed(2),
    promisesTooMuch(moment) ? `${moment.pooledFirstSize}  ← no host has it` : String(moment.pooledFirstSize),
    moment.refusals.join(', '),
  ];
}

/** Whether sums over the hosts promise room for the first task size where no host has any. */
export function promisesTooMuch(moment: Moment): boolean {
  return moment.pooledFirstSize > 0 && moment.expected.bySize[0] === 0;
}

/** The table for a terminal: columns padded to their widest cell. */
export function renderTable(moments: readonly Moment[]): string {
  const rows = [COLUMNS, ...moments.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
