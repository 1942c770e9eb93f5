import { parseEnvelope } from '@plimsoll/event-schemas/envelope';

const LEAST = { 'detail-type': 'Tide Turned', source: 'harbour.test', detail: {} };

test('an event of any type passes, and is the value', () => {
  const event = { ...LEAST, detail: { level: null }, version: '0', resources: [], unknown: 1 };
  const result = parseEnvelope(event);
  expect(result.ok && result.value).toBe(event);
});

test.each([
  ['the detail-type', { ...LEAST, 'detail-type': 1 }, { path: 'detail-type', expected: 'a string', found: 'number' }],
  ['the source', { ...LEAST, source: null }, { path: 'source', expected: 'a string', found: 'null' }],
  ['the detail', { ...LEAST, detail: 'low' }, { path: 'detail', expected: 'an object', found: 'string' }],
  ['the time', { ...LEAST, time: 1 }, { path: 'time', expected: 'a string', found: 'number' }],
  ['the version', { ...LEAST, version: 0 }, { path: 'version', expected: 'a string', found: 'number' }],
  ['the resources', { ...LEAST, resources: 'arn' }, { path: 'resources', expected: 'an array', found: 'string' }],
  ['an array', [], { path: '', expected: 'an object', found: 'array' }],
])('a wrong kind is refused: %s', (_, event, issue) => {
  expect(parseEnvelope(event)).toMatchObject({ ok: false, error: { schema: 'envelope', issues: [issue] } });
});

test.each(['detail-type', 'source', 'detail'])('without %s it is no event', (key) => {
  const { [key]: _, ...rest } = { ...LEAST } as Record<string, unknown>;
  expect(parseEnvelope(rest)).toMatchObject({ error: { issues: [{ path: key, found: 'undefined' }] } });
});
