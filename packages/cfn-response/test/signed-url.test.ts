import { format, inspect } from 'node:util';
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
