import { format, inspect } from 'node:util';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { SignedUrl } from '../src';
import { RESPONSE_URL, SECRETS } from './helpers/requests';

const signed = (address = RESPONSE_URL): SignedUrl => {
  const url = SignedUrl.parse(address);
  if (url === undefined) throw new TypeError('not an address');
  return url;
};

test('gives the address only when asked to', () => {
  const url = signed();
  expect(url.reveal()).toBe(RESPONSE_URL);
  expect(url.host).toBe('cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com');
  expect(url.protocol).toBe('https:');
  expect(`https://${url.host}${url.revealPath()}`).toBe(RESPONSE_URL);
});

test.each<[string, (url: SignedUrl) => string]>([
  ['String', String],
  ['a template', (url) => `${url}`],
  ['JSON', (url) => JSON.stringify({ url })],
  ['inspect', (url) => inspect({ url }, { showHidden: true, depth: 9 })],
  ['format', (url) => format('%s %o %j', url, url, url)],
])('%s shows a placeholder', (_name, print) => {
  const text = print(signed());
  expect(text).toContain('[signed URL]');
  for (const secret of SECRETS) expect(text).not.toContain(secret);
});

test.each<[string, string]>([
  ['whole', RESPONSE_URL],
  ['percent-encoded', encodeURIComponent(RESPONSE_URL)],
  ['without protocol', RESPONSE_URL.slice(8)],
  ['path and query', signed().revealPath()],
  ['query alone', RESPONSE_URL.slice(RESPONSE_URL.indexOf('?') + 1)],
  ['signature alone', 'X-Amz-Signature=5ec2e75ec2e75ec2e75ec2e75ec2e75e'],
  ['credential alone', 'X-Amz-Credential=AKIDEXAMPLE%2F20300101'],
  ['signature with encoded sign', 'X-Amz-Signature%3D5ec2e75ec2e75ec2e7'],
  ['twice', `${RESPONSE_URL} and ${RESPONSE_URL}`],
])('redacts the address: %s', (_name, text) => {
  const redacted = signed().redact(`before ${text} after`);
  expect(redacted).toMatch(/^before .* after$/);
  for (const secret of SECRETS) expect(redacted).not.toContain(secret);
});

const SIGNATURE = '5ec2e75ec2e75ec2e75ec2e75ec2e75e';
const TOKEN = 'FwoGZXIvYXdzEBYaDK/+abc=';
const wrapped = (text: string, separator: string): string => text.replace(/.{20}/g, (line) => line + separator);

test.each<[string, string]>([
  ['bare', SIGNATURE],
  ['bare in capitals', SIGNATURE.toUpperCase()],
  ['as JSON', JSON.stringify({ 'X-Amz-Signature': SIGNATURE })],
  ['as JSON within JSON', JSON.stringify(JSON.stringify({ 'X-Amz-Signature': SIGNATURE }))],
  ['by inspect', inspect({ query: { 'X-Amz-Signature': SIGNATURE }, map: new Map([['X-Amz-Signature', SIGNATURE]]) })],
  ['by inspect of a search', inspect(new URL(RESPONSE_URL).searchParams)],
  ['by inspect of a URL', inspect(new URL(RESPONSE_URL))],
  ['as a pair', JSON.stringify(['X-Amz-Signature', SIGNATURE])],
  ['as a header', `X-Amz-Signature: ${SIGNATURE}`],
  ['doubly percent-encoded', encodeURIComponent(encodeURIComponent(RESPONSE_URL))],
  [
    'percent-encoded five times',
    Array(5)
      .fill(0)
      .reduce((text: string) => encodeURIComponent(text), RESPONSE_URL),
  ],
  ['every character percent-encoded', RESPONSE_URL.replace(/./g, (character) => `%${character.charCodeAt(0).toString(16)}`)],
  ['with & escaped as other languages do', RESPONSE_URL.replaceAll('&', '\\u0026').replaceAll('=', '\\u003d')],
  ['in HTML', RESPONSE_URL.replaceAll('&', '&amp;').replaceAll('=', '&#61;').replaceAll('%', '&#x25;')],
  ['the signature without its end', SIGNATURE.slice(0, -4)],
  ['the signature without its beginning', SIGNATURE.slice(4)],
  ['the address without its end', RESPONSE_URL.slice(0, -4)],
  ['wrapped', wrapped(RESPONSE_URL, '\n  ')],
  ['wrapped by inspect', wrapped(RESPONSE_URL, "\\n' +\n    '")],
  ['wrapped in a JSON string', JSON.stringify(wrapped(RESPONSE_URL, '\r\n'))],
  ['wrapped by a shell', wrapped(RESPONSE_URL, '\\\n')],
  ['wrapped after it was encoded', wrapped(encodeURIComponent(RESPONSE_URL), '\n')],
])('redacts what signs, and says that it discloses: %s', (_name, text) => {
  const url = signed();
  const redacted = url.redact(`before ${text} after`);
  expect(redacted).toMatch(/^before [\s\S]* after$/);
  const letters = redacted.replace(/[^a-z0-9]/gi, '').toLowerCase();
  expect(letters).not.toContain('5ec2e75ec2e7');
  expect(letters).not.toContain('akidexample');
  expect([url.isDisclosedBy(text), url.isDisclosedBy(redacted)]).toEqual([true, false]);
});

test.each<[string, string, string]>([
  ['a session token', `${RESPONSE_URL}&X-Amz-Security-Token=${encodeURIComponent(TOKEN)}`, TOKEN],
  ['Signature Version 2', `https://b.test/k?AWSAccessKeyId=AKIDEXAMPLE&Expires=1&Signature=${encodeURIComponent(TOKEN)}`, TOKEN],
])('redacts the bare value of %s', (_name, address, value) => {
  const url = signed(address);
  for (const text of [value, encodeURIComponent(value), JSON.stringify({ value })]) {
    expect(url.redact(text)).not.toContain(value.slice(4, 12));
    expect(url.isDisclosedBy(text)).toBe(true);
  }
});

test('an imitation that names its request in the address hides nothing of the request', () => {
  const url = signed('http://localhost:4566/answer?request=00000000-0000-4000-8000-000000000002');
  const text = 'RequestId 00000000-0000-4000-8000-000000000002';
  expect([url.redact(text), url.isDisclosedBy(text)]).toEqual([text, false]);
  expect(url.redact(`PUT ${url.reveal()}`)).toBe('PUT [signed URL]');
});

test("another address's signature is redacted by its name, and discloses nothing of this one", () => {
  const other = 'https://artefacts.test/a.zip?X-Amz-Signature=0123456789abcdef0123&X-Amz-Date=20300101T000000Z';
  expect(signed().redact(other)).toBe('https://artefacts.test/a.zip?X-Amz-Signature=[redacted]&X-Amz-Date=20300101T000000Z');
  expect(signed().isDisclosedBy(`${other} AKIDEXAMPLE AWS4-HMAC-SHA256 ${new URL(RESPONSE_URL).host}`)).toBe(false);
});

test('a signature cut off at any length of 16 and more is taken away to its last character', () => {
  const signature = '0f3ab19cd1e7784fb2ab7d0b7cb1c2d5';
  const url = signed(`https://harbour.test/k?X-Amz-Signature=${signature}`);
  for (let length = 16; length <= signature.length; length += 1) {
    expect(url.redact(`(${signature.slice(0, length)})`)).toBe('([redacted])');
    expect(url.redact(`(${signature.slice(-length)})`)).toBe('([redacted])');
    expect(url.redact(`(${signature.slice(0, length)}…)`)).toBe('([redacted]…)');
  }
});

/** Every character of a text, written in some way. */
const each = (text: string, write: (code: number) => string): string =>
  [...text].map((character) => write(character.charCodeAt(0))).join('');
const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

test.each<[string, (code: number) => string]>([
  ['\\u0068', (code) => `\\u${hex(code, 4)}`],
  ['\\u{68}', (code) => `\\u{${hex(code, 2)}}`],
  ['\\u{000068}', (code) => `\\u{${hex(code, 6)}}`],
  ['\\U00000068', (code) => `\\U${hex(code, 8)}`],
  ['\\x68', (code) => `\\x${hex(code, 2)}`],
  ['\\x{68}', (code) => `\\x{${hex(code, 2)}}`],
  ['\\150', (code) => `\\${code.toString(8).padStart(3, '0')}`],
  ['\\0150', (code) => `\\0${code.toString(8).padStart(3, '0')}`],
  ['\\\\u0068', (code) => `\\\\u${hex(code, 4)}`],
  ['%68', (code) => `%${hex(code, 2)}`],
  ['%2568', (code) => `%25${hex(code, 2)}`],
  ['%u0068', (code) => `%u${hex(code, 4)}`],
  ['%5Cu0068', (code) => `%5Cu${hex(code, 4)}`],
  ['&#104;', (code) => `&#${code};`],
  ['&#000104;', (code) => `&#${String(code).padStart(6, '0')};`],
  ['&#104 without its end', (code) => `&#${code}`],
  ['&#x000068;', (code) => `&#x${hex(code, 6)};`],
  ['&amp;#104;', (code) => `&amp;#${code};`],
  ['wide', (code) => (code > 32 && code < 127 ? String.fromCharCode(code + 0xfee0) : String.fromCharCode(code))],
  ['with something between', (code) => `${String.fromCharCode(code)}\u200b`],
])('found with every character written as %s', (_name, write) => {
  const url = signed();
  for (const text of [RESPONSE_URL, SIGNATURE, SIGNATURE.slice(1, -1)].map((secret) => each(secret, write))) {
    expect(url.isDisclosedBy(`before ${text} after`)).toBe(true);
    const redacted = url.redact(`before ${text} after`);
    expect(redacted).toMatch(/^before [\s\S]* after$/);
    expect(redacted).toMatch(/\[signed URL\]|\[redacted\]/);
    expect(url.isDisclosedBy(redacted)).toBe(false);
    const letters = redacted
      .normalize('NFKC')
      .replace(/[^a-z0-9]/gi, '')
      .toLowerCase();
    for (const secret of ['5ec2e75ec2e7', 'akidexample', hex(0x35, 2) + hex(0x65, 2) + hex(0x63, 2)]) expect(letters).not.toContain(secret);
  }
});

const RANDOM_SIGNATURE = '2632a7e64578b4076a6d8eb9d735e1509b4e4dbfd325615bcf4af494f68176e2';

test('16 letters of a signature in a row are found wherever they begin, 15 are not', () => {
  const url = signed(`https://harbour.test/k?X-Amz-Signature=${RANDOM_SIGNATURE}`);
  for (let from = 0; from <= 48; from += 1) {
    for (const length of [16, 17, 40].filter((any) => from + any <= 64)) {
      const piece = RANDOM_SIGNATURE.slice(from, from + length);
      expect([url.redact(`(${piece})`), url.isDisclosedBy(`(${piece})`)]).toEqual(['([redacted])', true]);
    }
    const less = `(${RANDOM_SIGNATURE.slice(from, from + 15)})`;
    expect([url.redact(less), url.isDisclosedBy(less)]).toEqual([less, false]);
  }
  expect(url.redact(RANDOM_SIGNATURE.match(/.{16}/g)?.join(' then ') ?? '')).toBe(
    '[redacted] then [redacted] then [redacted] then [redacted]',
  );
});

test('any text: exactly the runs of 16 and more letters of the signature are redacted, as searching for each of them would', () => {
  const secret = 'aabab0a1aabab0a2babaab01';
  const url = signed(`https://harbour.test/k?X-Amz-Signature=${secret}`);
  const grams = Array.from({ length: secret.length - 15 }, (_, from) => secret.slice(from, from + 16));
  const piece = fc.tuple(fc.nat(23), fc.nat(24)).map(([from, length]) => secret.slice(from, from + length));
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.constantFrom('a', 'b', '0')), { maxLength: 8 }), (pieces) => {
      const text = pieces.join('');
      const covered = new Set<number>();
      for (let at = 0; at + 16 <= text.length; at += 1) {
        if (grams.includes(text.slice(at, at + 16))) for (let next = at; next < at + 16; next += 1) covered.add(next);
      }
      const left = [...text].filter((_, at) => !covered.has(at)).join('');
      expect(url.redact(text).replaceAll('[redacted]', '')).toBe(left);
      expect(url.isDisclosedBy(text)).toBe(covered.size > 0);
    }),
    propertyParameters(1000),
  );
});

test("another token of the same region and account is not this one's; half of this one is", () => {
  const start = 'IQoJb3JpZ2luX2VjEHMaCXVzLWVhc3QtMSJHMEUCIQDx';
  const account = 'KpkCCHMQABoMMTExMTIyMjIzMzMzIgx';
  const token = start + 'A1b2'.repeat(60) + account + 'C3d4'.repeat(40);
  const other = start + 'Z9y8'.repeat(60) + account + 'X7w6'.repeat(40);
  const url = signed(`${RESPONSE_URL}&X-Amz-Security-Token=${encodeURIComponent(token)}`);
  expect(url.isDisclosedBy(`https://artefacts.test/k?X-Amz-Security-Token=${other}`)).toBe(false);
  expect([token, token.slice(0, 300), token.slice(-300)].map((text) => url.isDisclosedBy(text))).toEqual([true, true, true]);
  expect(url.redact(`(${token.slice(5, -5)})`)).toBe('([redacted])');
});

test('of a text over 1,048,576 units the rest is left out, and told to disclose', () => {
  const long = 'x'.repeat(1_048_576);
  expect(signed().redact(long)).toBe(long);
  expect(signed().redact(`${long}${RESPONSE_URL}`)).toBe(`${long}[${RESPONSE_URL.length} characters left out]`);
  expect([signed().isDisclosedBy(long), signed().isDisclosedBy(`${long}x`)]).toEqual([false, true]);
});

test('what is not the address stays, and what surrounds it', () => {
  const text = `GET ${SIGNATURE.slice(0, 12)} 100% of "a\\n" \u00e9 ✓ 🚢 &amp; Signature: wrong`;
  expect(signed().redact(text)).toBe(text);
  expect(signed().redact(`é✓🚢${SIGNATURE}🚢✓é`)).toBe('é✓🚢[redacted]🚢✓é');
});

test.each(['\\', '%', '%25', '&', '&#', ' ', 'X-Amz-Signature ', '"', 'a%5'])('200,000 of %j are looked at once', (unit) => {
  const text = unit.repeat(200_000).slice(0, 1_048_576);
  expect(signed().redact(text)).toBe(text);
});

test('any text: redacted once is redacted, and discloses nothing', () => {
  const piece = fc.oneof(
    fc.constantFrom(RESPONSE_URL, SIGNATURE, encodeURIComponent(RESPONSE_URL), '%', '%25', '\\', '\n', 'X-Amz-Signature=', 'AKIDEXAMPLE'),
    fc.string({ unit: 'binary', maxLength: 9 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const redacted = signed().redact(pieces.join(''));
      expect(signed().isDisclosedBy(redacted)).toBe(false);
      expect(redacted).not.toContain(SIGNATURE);
    }),
    propertyParameters(500),
  );
});

test('leaves other text alone, even where path and query are short', () => {
  expect(signed('https://harbour.test/a?b').redact('a?b / /a?b https://other.test/x')).toBe('a?b / /a?b https://other.test/x');
  expect(signed('https://harbour.test').redact('/ and nothing')).toBe('/ and nothing');
});

test.each([
  ['no string', 7],
  ['nothing', undefined],
  ['relative', '/x?y'],
  ['another protocol', 's3://bucket/key'],
  ['credentials', 'https://a:b@harbour.test/'],
  ['a space', 'https://harbour.test/a b'],
  ['a fragment', 'https://harbour.test/a#b'],
  ['too long', `https://harbour.test/${'a'.repeat(8192)}`],
  ['no host', 'https:///x'],
])('refuses %s', (_name, value) => {
  expect(SignedUrl.parse(value)).toBeUndefined();
});

test.each([
  ['https://harbour.test', '/'],
  ['https://harbour.test?a=b', '/?a=b'],
  ['HTTPS://Harbour.test:8443/a/../b|c?d', '/a/../b|c?d'],
])('path of %s is %s', (address, path) => {
  expect(signed(address).revealPath()).toBe(path);
});
