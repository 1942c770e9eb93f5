import type { HostDemand } from './host-demand.js';

/** How long a host must have been dispensable before it goes. */
export interface ScaleInPatience {
  /**
   * Minutes for which an idle host was not needed. Integer, at least 1.
   *
   * @default 15
   */
  readonly idleMinutes: number;
  /**
   * Idle hosts that stay for as long; those beyond go after `surplusMinutes`. Integer, at least 0.
   *
   * @default 1
   */
  readonly spareHosts: number;
  /**
   * Minutes for which an idle host beyond the spare ones was not needed. Integer, at least 1.
   *
   * @default 4
   */
  readonly surplusMinutes: number;
  /**
   * Minutes for which a host that still runs tasks was not needed. Integer, at least 1.
   *
   * @default 60
   */
  readonly occupiedMinutes: number;
}

/**
 * What is left of a burst goes at once, the last host it may take again stays, and tasks are moved only for what lasts.
 *
 * Chosen by simulation: docs/adr/0024-hosts-go-that-were-not-needed.md.
 */
export const DEFAULT_SCALE_IN_PATIENCE: ScaleInPatience = { idleMinutes: 15, spareHosts: 1, surplusMinutes: 4, occupiedMinutes: 60 };

/** Share of a window's minutes that must be known. */
const KNOWN = 0.9;

/** What is known of the hosts that could go. */
export interface DispensableHostsQuestion {
  /** Hosts that can be emptied, in their order: the first of them, however many, without the others. */
  readonly drainable: readonly string[];
  /** Those of them that run no task but daemons. */
  readonly idle: ReadonlySet<string>;
  /** Hosts that are `ACTIVE` now. Integer, at least 0. */
  readonly activeHosts: number;
  /** What each minute needed at most, oldest first, the present one last; `undefined` where it is not known. */
  readonly history: ReadonlyArray<HostDemand | undefined>;
  /** @default DEFAULT_SCALE_IN_PATIENCE */
  readonly patience?: ScaleInPatience;
}

/**
 * Counts how many of the drainable hosts were not needed lately, so that they may go, the first of them. Pure.
 *
 * A cluster keeps as many hosts as it needed at its worst minute of the last few; which ones, the order says. So one host that was idle
 * all the time lets one go, and not all that are idle now. A minute of which nothing is known is no proof: no window is looked at of
 * which more than a tenth, or the present, is unknown.
 *
 * @example
 * dispensableHosts({ drainable, idle, activeHosts: 9, history }); // 2
 */
export function dispensableHosts({
  drainable,
  idle,
  activeHosts,
  history,
  patience = DEFAULT_SCALE_IN_PATIENCE,
}: DispensableHostsQuestion): number {
  const { idleMinutes, spareHosts, surplusMinutes, occupiedMinutes } = patience;
  const keep = Math.min(peak(history, 'occupied', idleMinutes), peak(history, 'occupied', surplusMinutes) + spareHosts);
  const keepToMove = peak(history, 'needed', occupiedMinutes);
  const [spare, spareToMove] = [activeHosts - keep, activeHosts - keepToMove];
  let count = 0;
  for (const arn of drainable) {
    if (count >= (idle.has(arn) ? Math.max(spare, spareToMove) : spareToMove)) break;
    count += 1;
  }
  return count;
}

/** The most of the last so many minutes; infinite where they are not known. */
function peak(history: DispensableHostsQuestion['history'], figure: keyof HostDemand, minutes: number): number {
  if (history.at(-1) === undefined) return Number.POSITIVE_INFINITY;
  let [known, most] = [0, 0];
  for (const minute of history.slice(-minutes)) {
    if (minute === undefined) continue;
    known += 1;
    most = Math.max(most, minute[figure]);
  }
  return known < minutes * KNOWN ? Number.POSITIVE_INFINITY : most;
}
