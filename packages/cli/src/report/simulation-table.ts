import type { ComparedPolicy } from '@plimsoll/simulator';
import { printable } from './printable.js';
import type { SimulationReport } from './simulation-report.js';

/** Heads of the columns, on the terminal and on the page. */
export const SIMULATION_COLUMNS = [
  'POLICY',
  'HOST-HOURS',
  'GAP',
  'PEAK',
  'WAIT TOTAL s',
  'p50',
  'p99',
  'MAX',
  'SERVICES WAIT s',
  'FALSE FITS',
  'THRASH',
  'KILLED',
  'DRAINS',
  'UNFINISHED',
] as const;

/** A policy's figures as they are shown. */
export function simulationCells(policy: ComparedPolicy): readonly string[] {
  const { waitingSeconds } = policy;
  return [
    policy.policy,
    policy.hostHours.toFixed(1),
    gapText(policy.gap),
    String(policy.peakHosts),
    waitingSeconds.total.toFixed(0),
    waitingSeconds.p50.toFixed(0),
    waitingSeconds.p99.toFixed(0),
    waitingSeconds.max.toFixed(0),
    policy.services.waitingSeconds.total.toFixed(0),
    String(policy.falseFitMinutes),
    String(policy.thrash),
    String(policy.tasksKilled),
    String(policy.drains),
    String(policy.tasksUnfinished),
  ];
}

/** Draws a comparison for people: a sentence, a row a policy, and what to know about it. */
export function simulationTable(report: SimulationReport): string {
  const rows = [[...SIMULATION_COLUMNS], ...report.policies.map(simulationCells)];
  const widths = SIMULATION_COLUMNS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const notes = report.workload.notes.map((note) => `note: ${printable(note)}`);
  return [simulationSentence(report), '', ...lines, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n');
}

/** What was simulated, in a sentence or two. */
export function simulationSentence({ workload, lowerBound, seed }: SimulationReport): string {
  const work = [
    ...(workload.tasks > 0 ? [`${workload.tasks} standalone ${workload.tasks === 1 ? 'task' : 'tasks'}`] : []),
    ...(workload.services > 0 ? [`${workload.services} ${workload.services === 1 ? 'service' : 'services'}`] : []),
  ].join(' and ');
  const bound = `lower bound ${lowerBound.hostHours.toFixed(1)} host-hours (${lowerBound.workHostHours.toFixed(1)} if tasks may wait)`;
  return printable(`${workload.source}: ${work} over ${workload.hours.toFixed(1)} hours; ${bound}; seed ${seed}.`);
}

function gapText(gap: number | null): string {
  if (gap === null) return '-';
  return `${gap < 0 ? '' : '+'}${(gap * 100).toFixed(1)} %`;
}
