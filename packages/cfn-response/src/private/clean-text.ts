import { sanitiseReason } from '../reason.js';
import type { SignedUrl } from '../signed-url.js';

/** Most of a text that is looked at, in UTF-16 units: far more than a response or a log line holds. */
const WINDOW = 65_536;

/** Longest address {@link SignedUrl} takes. */
const LONGEST_URL = 8192;

/** A text fit to be shown: no control characters, no signed address, bounded work whatever its length. */
export function cleanText(text: string, url: SignedUrl): string {
  if (text.length <= WINDOW) return url.redact(sanitiseReason(text));
  // The window can end within an address, which then is not recognised: its length goes as well.
  const clean = url.redact(sanitiseReason(text.slice(0, WINDOW)));
  return clean.slice(0, Math.max(0, clean.length - LONGEST_URL));
}
