import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { HostDemand } from './host-demand.js';

/** Metric that has each figure of the demand. */
export const DEMAND_METRICS = { occupied: 'OccupiedHosts', needed: 'NeededHosts' } as const satisfies Record<keyof HostDemand, string>;

const MINUTE_MILLIS = 60_000;

/** What the history is made from. */
export interface DemandHistorySources {
  /** Maxima of minutes, as GetMetricData answered: a result for each figure, under its name as `Id`. */
  readonly results: readonly MetricDataResult[];
  /** What is needed now; CloudWatch may not tell of it yet. */
  readonly present: HostDemand;
  /** When that was read, in milliseconds since 1970. */
  readonly readAtMillis: number;
  /** How many minutes are looked back on, the present one included. Integer, at least 1. */
  readonly minutes: number;
}

/** Beginning of the minute that a moment is in; both in milliseconds since 1970. */
export function minuteOf(millis: number): number {
  return Math.floor(millis / MINUTE_MILLIS) * MINUTE_MILLIS;
}

/** Beginning of the first of the minutes that are looked back on, in milliseconds since 1970. */
export function firstMinute({ readAtMillis, minutes }: Pick<DemandHistorySources, 'readAtMillis' | 'minutes'>): number {
  return minuteOf(readAtMillis) - (minutes - 1) * MINUTE_MILLIS;
}

/**
 * Lays out what each minute needed at most, oldest first, the present one last. Pure.
 *
 * A minute is known if both figures are. One that is not, between two that are, counts as the greater of them: looks a minute apart can miss a
 * minute of the clock, for a message of the schedule waits for its batch. Of two such minutes in a row nothing is known.
 */
export function demandHistory(sources: DemandHistorySources): ReadonlyArray<HostDemand | undefined> {
  const { results, present, minutes } = sources;
  const first = firstMinute(sources);
  const [occupied, needed] = [maximaOf(results, 'occupied'), maximaOf(results, 'needed')];
  const read = Array.from({ length: minutes }, (_, index) => {
    const at = first + index * MINUTE_MILLIS;
    return demandOf(occupied.get(at), needed.get(at));
  });
  const known = [...read.slice(0, -1), most(read.at(-1), present)];
  return known.map((demand, index) => {
    const [before, after] = [known[index - 1], known[index + 1]];
    return demand ?? (before && after && most(before, after));
  });
}

/** Values by the beginning of their minute; none of a result that is not complete. */
function maximaOf(results: readonly MetricDataResult[], figure: keyof HostDemand): ReadonlyMap<number, number> {
  const { StatusCode, Timestamps = [], Values = [] } = results.find(({ Id }) => Id === figure) ?? {};
  if (StatusCode !== 'Complete') return new Map();
  return new Map(
    Timestamps.flatMap((timestamp, index) => {
      const value = Values[index];
      return value === undefined ? [] : [[timestamp.getTime(), value] as const];
    }),
  );
}

function demandOf(occupied: number | undefined, needed: number | undefined): HostDemand | undefined {
  return occupied === undefined || needed === undefined ? undefined : { occupied, needed };
}

function most(one: HostDemand | undefined, other: HostDemand): HostDemand {
  if (one === undefined) return other;
  return { occupied: Math.max(one.occupied, other.occupied), needed: Math.max(one.needed, other.needed) };
}
