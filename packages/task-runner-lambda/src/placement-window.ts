/** Length of a window of the clock, in milliseconds: all attempts of a resource call RunTask with the same client token throughout. */
export const WINDOW_MS = 120_000;

/** So long after it was issued a request places in the window in which that was, whatever the clock says by then, in milliseconds. */
const PROMPT_MS = 10_000;

/** After a call of RunTask its task gets so long to be listed, in milliseconds: 15 s to take effect, and 5 s. */
const SEEN_MS = 20_000;

/** Whether RunTask may be called, with the token of which window, or how long to wait. */
export type PlacementSlot =
  | { readonly open: true /** Number of the window since 1970. */; readonly window: number }
  | { readonly open: false; readonly waitMs: number };

/** Who asks for a slot, and when. */
export interface PlacementMoment {
  /** When the request was issued, in milliseconds since 1970; undefined where its address does not tell. */
  readonly issuedAt: number | undefined;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** Whether the request undoes another, which may have been issued seconds before. */
  readonly undoes: boolean;
}

/**
 * The window of the clock in which a request may place its task at a moment.
 *
 * The token must change with time, in case ECS repeats the result of a placement that failed; and two calls that may not see each other's
 * task must never differ in it, or both would place one. So around the turn of a window nobody calls but who was issued just before or
 * after it: no call of the next window begins before every task of the last one is listed. A request that is served promptly, which is
 * nearly every one, waits for nothing: two deliveries of it know the same moment of issue, and so the same window. One that undoes
 * another waits where that one may have been issued in the window before. Of requests whose addresses do not tell when they were issued none
 * is prompt, since two deliveries of one would not agree on it: they keep out of the end of a window, and need not wait for its beginning.
 */
export function placementSlot({ issuedAt, now, undoes }: PlacementMoment): PlacementSlot {
  if (issuedAt === undefined) {
    const since = now % WINDOW_MS;
    return since < WINDOW_MS - SEEN_MS ? { open: true, window: Math.floor(now / WINDOW_MS) } : { open: false, waitMs: WINDOW_MS - since };
  }
  const isPrompt = now - issuedAt < PROMPT_MS;
  const window = Math.floor((isPrompt ? issuedAt : now) / WINDOW_MS);
  const inside = now - window * WINDOW_MS;
  // A prompt call of the window before may begin that late.
  const opensAt = PROMPT_MS + SEEN_MS;
  if ((!isPrompt || undoes) && inside < opensAt) return { open: false, waitMs: opensAt - inside };
  // A prompt call of the next window may begin with it.
  if (!isPrompt && inside >= WINDOW_MS - SEEN_MS) return { open: false, waitMs: WINDOW_MS - inside + opensAt };
  return { open: true, window };
}
