/** A minute in milliseconds. */
export const MINUTE_MILLIS = 60_000;

/** The play's own time: it passes only when the play says so. */
export interface VirtualClock {
  /** Milliseconds since 1970. */
  nowMillis: number;
}
