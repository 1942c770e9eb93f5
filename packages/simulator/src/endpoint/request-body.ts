import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** Largest body, as sent and as decompressed, in bytes: above what any operation takes (PutMetricData: 1 MB). */
export const LARGEST_BODY_BYTES = 5 * 1024 * 1024;

/** The body, or why it was refused. */
export type BodyResult =
  | { readonly ok: true; readonly body: Uint8Array }
  | { readonly ok: false; readonly error: 'TOO_LARGE' | 'NOT_GZIP' | 'ENCODING_UNKNOWN' | 'CUT_OFF' };

const decompress = promisify(gunzip);

/** Reads a request's body, decompressing a gzip one, and gives up once it is too large. */
export async function readBody(request: IncomingMessage): Promise<BodyResult> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    // Destroying the stream would end the connection before the refusal is sent.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > LARGEST_BODY_BYTES) {
        return { ok: false, error: 'TOO_LARGE' };
      }
      chunks.push(chunk);
    }
  } catch {
    return { ok: false, error: 'CUT_OFF' };
  }
  return decode(Buffer.concat(chunks), request.headers['content-encoding']);
}

async function decode(body: Uint8Array, encoding: string | undefined): Promise<BodyResult> {
  if (encoding === undefined || encoding === 'identity') {
    return { ok: true, body };
  }
  if (encoding !== 'gzip') {
    return { ok: false, error: 'ENCODING_UNKNOWN' };
  }
  try {
    return { ok: true, body: await decompress(body, { maxOutputLength: LARGEST_BODY_BYTES }) };
  } catch (fault) {
    const tooLarge = fault instanceof RangeError && 'code' in fault && fault.code === 'ERR_BUFFER_TOO_LARGE';
    return { ok: false, error: tooLarge ? 'TOO_LARGE' : 'NOT_GZIP' };
  }
}
