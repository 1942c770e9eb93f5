/** Major types of CBOR, shifted into the high bits of the first byte (RFC 8949, section 3.1). */
const TEXT = 3 << 5;
const MAP = 5 << 5;

/** Encodes a map of texts to texts, fewer than 24 members: all that an error in CBOR needs. */
export function encodeErrorMap(members: Readonly<Record<string, string>>): Uint8Array {
  const entries = Object.entries(members);
  return Buffer.concat([Buffer.from([MAP | entries.length]), ...entries.flat().map(encodeText)]);
}

function encodeText(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8').subarray(0, 0xffff);
  const head = bytes.length < 24 ? [TEXT | bytes.length] : [TEXT | 25, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from(head), bytes]);
}
