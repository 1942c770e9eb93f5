/** A minute in milliseconds. */
export const MINUTE_MILLIS = 60_000;
/** An hour in milliseconds. */
export const HOUR_MILLIS = 3_600_000;

/** The play's own time: it passes only when the play says so. */
export interface VirtualClock {
  /** Milliseconds since 1970. */
  nowMillis: number;
}
