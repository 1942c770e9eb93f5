import { diedTooLate, type Fault } from './verdict.js';
import type { PlayedProof } from './world.js';

/** What schedules were played, and what came of them. */
export interface Figures {
  schedules: number;
  requests: number;
  invocations: number;
  /** Runs of the function that a schedule let die. */
  deaths: number;
  tasks: number;
  /** Calls of AWS. */
  calls: number;
  /** Requests that nobody can answer: a run died less than four minutes before their deadline. */
  uncovered: number;
  /** Schedules in which something went wrong. */
  wrong: number;
}

/** Nothing played yet. */
export function noFigures(): Figures {
  return { schedules: 0, requests: 0, invocations: 0, deaths: 0, tasks: 0, calls: 0, uncovered: 0, wrong: 0 };
}

/** Adds a schedule. */
export function count(figures: Figures, played: PlayedProof, faults: readonly Fault[]): void {
  figures.schedules += 1;
  figures.requests += played.requests.length;
  figures.invocations += played.invocations;
  figures.deaths += played.deaths.length;
  figures.tasks += played.tasks.length;
  figures.calls += played.calls.length;
  figures.uncovered += played.requests.filter((request) => diedTooLate(played, request)).length;
  figures.wrong += faults.length > 0 ? 1 : 0;
}

/** Prints the figures at the full level, where a run of many files would not tell what it has played. */
export function printFigures(what: string, figures: Figures): void {
  if (process.env.PLIMSOLL_TEST_LEVEL !== 'full') return;
  const { schedules, requests, invocations, deaths, tasks, calls, uncovered, wrong } = figures;
  process.stdout.write(
    `${what}: ${schedules} schedules, ${wrong} of them wrong; ${requests} requests, ${invocations} runs of the function, ` +
      `${deaths} of them died, ${tasks} tasks, ${calls} calls of AWS; not covered ${uncovered} requests\n`,
  );
}
