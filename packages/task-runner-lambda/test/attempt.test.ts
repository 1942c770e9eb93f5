import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { attemptOf, clientToken, orderOf, physicalResourceIdOf, startedByOf } from '../src/attempt.js';

const parts = { StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/demo/1', LogicalResourceId: 'Migration', RequestId: 'r' };
const url = (date: string, signature = 'a') =>
  `https://bucket.example/x?X-Amz-Date=${date}&X-Amz-Expires=7200&X-Amz-Signature=${signature}`;

test('the same request is the same attempt, and any part of it another one', () => {
  const own = attemptOf({ ...parts, responseUrl: url('20260105T120000Z') });
  expect(attemptOf({ ...parts, responseUrl: url('20260105T120000Z') })).toEqual(own);
  const others = [
    { ...parts, responseUrl: url('20260105T120000Z', 'b') },
    { ...parts, RequestId: 's', responseUrl: url('20260105T120000Z') },
    { ...parts, LogicalResourceId: 'Other', responseUrl: url('20260105T120000Z') },
    parts,
  ];
  for (const other of others) expect(attemptOf(other).seed).not.toBe(own.seed);
});

test('the moment of issue is read from the address, and absent without', () => {
  expect(attemptOf({ ...parts, responseUrl: url('20260105T120000Z') }).issuedAt).toBe(Date.UTC(2026, 0, 5, 12));
  for (const responseUrl of [undefined, 'https://bucket.example/x', url('20261305T120000Z')]) {
    expect(attemptOf({ ...parts, responseUrl }).issuedAt).toBeUndefined();
  }
});

test('tokens, starter and tag are within the limits of ECS, whatever the parts are', () => {
  const property = fc.property(fc.string(), fc.string(), fc.string(), fc.nat(), (StackId, LogicalResourceId, RequestId, window) => {
    const attempt = attemptOf({ StackId, LogicalResourceId, RequestId });
    expect(clientToken(attempt, { window, contest: window % 3 })).toMatch(/^[0-9a-f]{64}$/);
    expect(attempt.startedBy).toMatch(/^[A-Za-z0-9/_-]{1,128}$/);
    expect(attempt.tag).toMatch(/^\d{10}-[0-9a-f]{24}$/);
    expect(physicalResourceIdOf({ StackId, LogicalResourceId })).toMatch(/^task-run-[0-9a-f]{32}$/);
  });
  fc.assert(property, propertyParameters(100));
});

test('parts do not run into each other', () => {
  expect(startedByOf({ StackId: 'a', LogicalResourceId: 'bc' })).not.toBe(startedByOf({ StackId: 'ab', LogicalResourceId: 'c' }));
});

test('attempts are ordered by their second of issue; unknown ones are older', () => {
  const early = attemptOf({ ...parts, responseUrl: url('20260105T120000Z') });
  const late = attemptOf({ ...parts, responseUrl: url('20260105T120001Z') });
  const undated = attemptOf(parts);
  expect(orderOf(early.tag, early)).toBe('own');
  expect(orderOf(late.tag, early)).toBe('newer');
  expect(orderOf(early.tag, late)).toBe('older');
  expect(orderOf(undefined, early)).toBe('older');
  expect(orderOf('nonsense', early)).toBe('older');
  expect(orderOf(undated.tag, early)).toBe('older');
});

test('the attempts of a resource share the token of a placement, and no other resource does', () => {
  const [one, other] = ['20260105T120000Z', '20260105T120001Z'].map((date) => attemptOf({ ...parts, responseUrl: url(date) }));
  if (one === undefined || other === undefined) throw new RangeError('two attempts are expected');
  expect(clientToken(one, { window: 0, contest: 0 })).toBe(clientToken(other, { window: 0, contest: 0 }));
  const elsewhere = attemptOf({ ...parts, LogicalResourceId: 'Other' });
  expect(clientToken(one, { window: 0, contest: 0 })).not.toBe(clientToken(elsewhere, { window: 0, contest: 0 }));
});

test('every placement has a token of its own', () => {
  const attempt = attemptOf(parts);
  const tokens = Array.from({ length: 100 }, (_, index) => clientToken(attempt, { window: index % 10, contest: Math.floor(index / 10) }));
  expect(new Set(tokens).size).toBe(100);
});
