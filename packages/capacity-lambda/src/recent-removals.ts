/** How long a removed host may take until ECS shows it draining, in milliseconds; the next minute's run must not take another for it. */
const GOING_MILLIS = 5 * 60_000;
/** How long a host that could not be removed is left alone, in milliseconds. */
const REFUSED_MILLIS = 15 * 60_000;

/** What one execution environment removed lately, or could not. Another one knows nothing of it, and ECS tells it within seconds. */
export interface RecentRemovals {
  /** Notes that a host was told to go. */
  removed(ec2InstanceId: string, nowMillis: number): void;
  /** Notes that a host could not be removed. */
  refused(containerInstanceArn: string, nowMillis: number): void;
  /** EC2 ids of hosts told to go lately. */
  going(nowMillis: number): ReadonlySet<string>;
  /** ARNs of hosts that could lately not be removed. */
  staying(nowMillis: number): ReadonlySet<string>;
}

/** Makes an empty memory. */
export function recentRemovals(): RecentRemovals {
  const going = new Map<string, number>();
  const staying = new Map<string, number>();
  return {
    removed: (ec2InstanceId, nowMillis) => void going.set(ec2InstanceId, nowMillis + GOING_MILLIS),
    refused: (containerInstanceArn, nowMillis) => void staying.set(containerInstanceArn, nowMillis + REFUSED_MILLIS),
    going: (nowMillis) => still(going, nowMillis),
    staying: (nowMillis) => still(staying, nowMillis),
  };
}

function still(until: Map<string, number>, nowMillis: number): ReadonlySet<string> {
  for (const [id, end] of until) if (end <= nowMillis) until.delete(id);
  return new Set(until.keys());
}
