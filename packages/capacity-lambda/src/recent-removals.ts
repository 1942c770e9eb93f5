/** How long a removed host may take until ECS shows it draining, in milliseconds; until it does, its room counts, and no other host goes. */
const GOING_MILLIS = 5 * 60_000;
/** How long a host that could not be removed is left alone, in milliseconds. */
const REFUSED_MILLIS = 15 * 60_000;
/** How long no other host is tried after a refusal, in milliseconds: a group at its minimum refuses every one. */
const PAUSE_MILLIS = 5 * 60_000;

/** What one execution environment removed lately, or could not. Another one knows nothing of it, and ECS tells it within seconds. */
export interface RecentRemovals {
  /** Notes that a host was told to go, by whom ever. */
  removed(ec2InstanceId: string, nowMillis: number): void;
  /** Notes that a host could not be removed. */
  refused(containerInstanceArn: string, nowMillis: number): void;
  /** Notes that a host is not to be removed, though another may be at once. */
  unfit(containerInstanceArn: string, nowMillis: number): void;
  /** EC2 ids of hosts told to go lately. */
  going(nowMillis: number): ReadonlySet<string>;
  /** ARNs of hosts that could lately not be removed. */
  staying(nowMillis: number): ReadonlySet<string>;
  /** Whether a host was refused so lately that no other is tried. */
  isPaused(nowMillis: number): boolean;
}

/** Makes an empty memory. */
export function recentRemovals(): RecentRemovals {
  const going = new Map<string, number>();
  const staying = new Map<string, number>();
  let pausedUntilMillis = Number.NEGATIVE_INFINITY;
  return {
    removed: (ec2InstanceId, nowMillis) => void going.set(ec2InstanceId, nowMillis + GOING_MILLIS),
    refused: (containerInstanceArn, nowMillis) => {
      staying.set(containerInstanceArn, nowMillis + REFUSED_MILLIS);
      pausedUntilMillis = nowMillis + PAUSE_MILLIS;
    },
    unfit: (containerInstanceArn, nowMillis) => void staying.set(containerInstanceArn, nowMillis + REFUSED_MILLIS),
    going: (nowMillis) => still(going, nowMillis),
    staying: (nowMillis) => still(staying, nowMillis),
    isPaused: (nowMillis) => nowMillis < pausedUntilMillis,
  };
}

function still(until: Map<string, number>, nowMillis: number): ReadonlySet<string> {
  for (const [id, end] of until) if (end <= nowMillis) until.delete(id);
  return new Set(until.keys());
}
