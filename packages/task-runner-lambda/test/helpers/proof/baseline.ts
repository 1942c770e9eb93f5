import { bookRunner } from './book-runner.js';
import { ourRunner } from './our-runner.js';
import { calmed, type ProofSchedule, scheduleOf } from './schedule.js';
import type { Subject } from './subjects.js';
import { diedTooLate, type Fault, faultsOf } from './verdict.js';
import { playProof } from './world.js';

const KINDS: readonly Fault['kind'][] = ['hangs', 'doubles', 'lies', 'outlives', 'breaks'];

/** How often one runner went wrong. */
export interface BaselineRow {
  /** Which faults the schedules had. */
  readonly weather: string;
  readonly runner: string;
  /** Schedules with at least one fault of a kind. */
  readonly counts: Readonly<Record<Fault['kind'], number>>;
  /** Schedules with any. */
  readonly wrong: number;
  readonly requests: number;
  /** Requests that nobody can answer. */
  readonly uncovered: number;
}

/** Plays the same schedules with the book's algorithm and with this package, with all faults and without those of calls and runs. */
export async function compareWithBook(schedules: number, firstSeed: number): Promise<readonly BaselineRow[]> {
  const rows: BaselineRow[] = [];
  for (const weather of ['all faults', 'none of ours']) {
    const change = weather === 'all faults' ? (schedule: ProofSchedule) => schedule : calmed;
    for (const subject of [bookRunner, ourRunner]) {
      rows.push({ weather, runner: subject.name, ...(await play(subject, { schedules, firstSeed, change })) });
    }
  }
  return rows;
}

/** The rows as they stand in the documentation. */
export function baselineTable(rows: readonly BaselineRow[]): string {
  const lines = rows.map(({ weather, runner, counts, wrong, requests }) =>
    [weather, runner, ...KINDS.map((kind) => counts[kind]), wrong, requests].join(' | '),
  );
  const head = ['faults', 'runner', 'hangs', 'doubles', 'lies', 'outlives', 'breaks the rules', 'any', 'requests'].join(' | ');
  return [`| ${head} |`, '|-|-|-|-|-|-|-|-|-|', ...lines.map((line) => `| ${line} |`)].join('\n');
}

interface Played {
  readonly schedules: number;
  readonly firstSeed: number;
  readonly change: (schedule: ProofSchedule) => ProofSchedule;
}

async function play(subject: Subject, { schedules, firstSeed, change }: Played): Promise<Omit<BaselineRow, 'weather' | 'runner'>> {
  const counts = { hangs: 0, doubles: 0, lies: 0, outlives: 0, breaks: 0 };
  let [wrong, requests, uncovered] = [0, 0, 0];
  for (let seed = firstSeed; seed < firstSeed + schedules; seed += 1) {
    const played = await playProof(change(scheduleOf(seed)), subject);
    const kinds = new Set(faultsOf(played).map(({ kind }) => kind));
    for (const kind of kinds) counts[kind] += 1;
    wrong += kinds.size > 0 ? 1 : 0;
    requests += played.requests.length;
    uncovered += played.requests.filter((request) => diedTooLate(played, request)).length;
  }
  return { counts, wrong, requests, uncovered };
}
