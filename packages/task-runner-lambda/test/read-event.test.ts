import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { continuationEvent, readEvent } from '../src/read-event.js';

const request = { RequestType: 'Create', ResponseURL: 'https://bucket.example/x' };
const record = (requestPayload: unknown, more: object = {}) => ({
  requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
  requestPayload,
  responsePayload: { errorType: 'Runtime.ExitError', errorMessage: 'exit status 1' },
  ...more,
});

test('a request is itself', () => {
  expect(readEvent(request)).toEqual({ kind: 'request', request });
});

test('what is handed over comes back', () => {
  expect(readEvent(JSON.parse(continuationEvent(request, 3, 1_000)))).toEqual({ kind: 'continuation', request, hop: 3, startedAt: 1_000 });
});

test('a record of Lambda gives the request it is about, and why', () => {
  const because = 'RetriesExhausted after 3 attempts, the last one with Runtime.ExitError: exit status 1';
  expect(readEvent(record(request))).toEqual({ kind: 'abandoned', request, startedAt: undefined, because });
  expect(readEvent(record(JSON.parse(continuationEvent(request, 3, 1_000))))).toMatchObject({
    kind: 'abandoned',
    request,
    startedAt: 1_000,
  });
  const aged = { requestContext: { condition: 'EventAgeExceeded' }, responsePayload: undefined };
  expect(readEvent(record(request, aged))).toMatchObject({ because: 'EventAgeExceeded' });
});

test('anything is read without a fault', () => {
  const property = fc.property(fc.anything(), (event) => expect(['request', 'continuation', 'abandoned']).toContain(readEvent(event).kind));
  fc.assert(property, propertyParameters(100));
});
