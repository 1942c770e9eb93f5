import type { IncomingHttpHeaders } from 'node:http';

/** Names of this machine that a client may have been given; the endpoint listens on 127.0.0.1 alone. */
const LOCAL_HOST = /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/i;

/**
 * Whether a request can come from a local client, and not from a page in a browser.
 *
 * A page of another site names itself in Origin; one whose name was made to
 * resolve to 127.0.0.1 names its own host. AWS's clients send neither.
 */
export function isLocalCaller(headers: IncomingHttpHeaders): boolean {
  return headers.origin === undefined && LOCAL_HOST.test(headers.host ?? '');
}
