import { callsToReadEachMinute, DEFAULT_CALLS_A_SECOND, minutesBetweenReadings } from './call-budget.js';
import type { ClusterCapacityProps, ScaleInPatienceProps } from './cluster-capacity-props.js';
import { MOST_MINUTES } from './host-scaling.js';
import { isWhole, MOST_HOSTS } from './whole-number.js';

/**
 * Longest batching window, in seconds: the schedule's messages wait in it, and looks that are less than two minutes apart leave no two
 * minutes in a row without a number, of which the function would take nothing for known.
 */
const LONGEST_WINDOW_SECONDS = 30;

const LEAST: Readonly<Record<keyof ScaleInPatienceProps, number>> = {
  idleMinutes: 1,
  spareHosts: 0,
  surplusMinutes: 1,
  occupiedMinutes: 1,
};

/** What keeps the function from looking back on what was needed: problems, each with its remedy. */
export function patienceProblems({ scaleIn, batchingWindow, ...props }: ClusterCapacityProps): string[] {
  const { patience, afterMinutes } = scaleIn ?? {};
  if (patience === undefined) return [];
  const problems: string[] = [];
  if (afterMinutes !== undefined) problems.push('afterMinutes and patience exclude one another: leave afterMinutes out');
  for (const [name, least] of Object.entries(LEAST) as [keyof ScaleInPatienceProps, number][]) {
    const most = name === 'spareHosts' ? MOST_HOSTS : MOST_MINUTES;
    const value = patience[name] ?? least;
    if (!isWhole(value, least, most)) problems.push(`${name} of patience is ${value}: give a whole number from ${least} to ${most}`);
  }
  const { clusterSize: hosts = 500, ecsCallsPerSecond: callsASecond = DEFAULT_CALLS_A_SECOND } = props;
  const size = { hosts, callsASecond, readsTasks: true };
  if (minutesBetweenReadings(size) > 1) {
    const calls = callsToReadEachMinute(size);
    const rare = `at ${callsASecond} calls a second ${hosts} hosts are read each ${minutesBetweenReadings(size)} minutes`;
    problems.push(
      `patience looks at each minute, but ${rare}: set ecsCallsPerSecond to ${calls}, or clusterSize to what the cluster grows to`,
    );
  }
  if (
    batchingWindow !== undefined &&
    !batchingWindow.isUnresolved() &&
    batchingWindow.toSeconds({ integral: false }) > LONGEST_WINDOW_SECONDS
  ) {
    problems.push(
      `patience looks at each minute, but batchingWindow is ${batchingWindow.toSeconds({ integral: false })} s: give at most ${LONGEST_WINDOW_SECONDS} s`,
    );
  }
  return problems;
}
