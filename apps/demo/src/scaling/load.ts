/** Load from a minute on. */
interface LoadLevel {
  /** First minute of it. */
  readonly fromMinute: number;
  /** CPU units that all tasks of the service use together. */
  readonly cpuUnits: number;
  /** Words for it. */
  readonly title: string;
}

/** A day in an hour and a half: load comes, dips, comes back, goes in two steps. */
export const LOAD: readonly LoadLevel[] = [
  { fromMinute: 0, cpuUnits: 40, title: 'a quiet service' },
  { fromMinute: 4, cpuUnits: 420, title: 'load rises' },
  { fromMinute: 26, cpuUnits: 200, title: 'load dips' },
  { fromMinute: 32, cpuUnits: 420, title: 'load comes back' },
  { fromMinute: 46, cpuUnits: 225, title: 'load falls by half' },
  { fromMinute: 76, cpuUnits: 40, title: 'load goes' },
];

/** Minutes that are played. */
export const MINUTES = 92;

/** The load in a minute. */
export function loadAt(minute: number): LoadLevel {
  const level = LOAD.findLast(({ fromMinute }) => fromMinute <= minute);
  return level ?? { fromMinute: 0, cpuUnits: 0, title: '' };
}

/**
 * CPU utilisation of the service in percent: what its tasks use of what they reserve.
 *
 * A task may use more than it reserves, so it may be above 100.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_utilization.html
 */
export function cpuPercent(cpuUnits: number, tasks: number, cpuUnitsOfTask: number): number {
  return tasks === 0 ? 0 : Math.round((1000 * cpuUnits) / (tasks * cpuUnitsOfTask)) / 10;
}
