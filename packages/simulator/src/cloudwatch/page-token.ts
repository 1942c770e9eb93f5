/*
 * Tokens of pages: opaque to the caller, base64url of JSON. They carry a position, not a secret.
 */

/** Token of the page that begins at a position. */
export function serializeOffset(offset: number): string {
  return encode(offset);
}

/** Position of a page: 0 without a token, `undefined` if the token is none of ours. */
export function parseOffset(token: string | undefined): number | undefined {
  if (token === undefined) return 0;
  const offset = decode(token);
  return typeof offset === 'number' && Number.isSafeInteger(offset) && offset > 0 ? offset : undefined;
}

/** Token of the page that begins after the item of a key. */
export function serializeKey(key: string): string {
  return encode(key);
}

/** Key the page begins after: the empty text without a token, `undefined` if the token is none of ours. */
export function parseKey(token: string | undefined): string | undefined {
  if (token === undefined) return '';
  const key = decode(token);
  return typeof key === 'string' ? key : undefined;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    return undefined;
  }
}
