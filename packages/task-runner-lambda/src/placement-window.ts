/** Length of a window, in milliseconds: RunTask is called with one client token throughout. */
export const WINDOW_MS = 120_000;

/** No RunTask begins so close to the end of its window that it could still take effect in the next one, in milliseconds. */
const LAST_CALL_MS = 15_000;

/** After a window's beginning, what was placed in the one before gets this long to be listed, in milliseconds. */
const SETTLE_MS = 5_000;

/** Whether RunTask may be called, with which token, or how long to wait. */
export type PlacementSlot =
  | { readonly open: true /** Number of the window, from 0. */; readonly window: number }
  | { readonly open: false; readonly waitMs: number };

/**
 * The window of time a moment is in.
 *
 * The token must change, in case ECS repeats the result of a placement that failed; and it must not differ between two deliveries of
 * one request that run at once, or both would place a task. So it depends on nothing but the time since the request was issued, and
 * between two windows there is a gap in which the task of the first becomes visible to whoever lists before calling in the second.
 *
 * @param origin when the request was issued, in milliseconds since 1970; when it was first received where that is not known
 */
export function placementSlot(origin: number, now: number): PlacementSlot {
  const since = Math.max(0, now - origin);
  const window = Math.floor(since / WINDOW_MS);
  const inside = since - window * WINDOW_MS;
  if (window > 0 && inside < SETTLE_MS) return { open: false, waitMs: SETTLE_MS - inside };
  if (inside >= WINDOW_MS - LAST_CALL_MS) return { open: false, waitMs: WINDOW_MS - inside + SETTLE_MS };
  return { open: true, window };
}
