import { parseCustomResourceRequest } from '@plimsoll/event-schemas/custom-resource-request';
import { createRequest, deleteRequest, minimalRequest, SECRET_URL, updateRequest } from './helpers/synthetic-requests';

test('a Create needs no physical id, and one that came along is an unknown field', () => {
  expect(parseCustomResourceRequest({ ...createRequest(), PhysicalResourceId: 7 }).ok).toBe(true);
});

test.each(['Update', 'Delete'])('%s without physical id is refused, for no answer could name the resource', (kind) => {
  expect(parseCustomResourceRequest(minimalRequest(kind))).toMatchObject({
    error: { issues: [{ path: 'PhysicalResourceId', expected: 'a non-empty string', found: 'undefined' }] },
  });
});

test.each(['create', 'Read', '', null, undefined])('another RequestType is refused: %p', (RequestType) => {
  expect(parseCustomResourceRequest({ ...createRequest(), RequestType })).toMatchObject({
    error: { issues: [{ path: 'RequestType', expected: "'Create', 'Update' or 'Delete'" }] },
  });
});

test('the values of properties are not looked at', () => {
  const odd = { Number: 1, List: [null, [{}]], Deep: { constructor: null } };
  expect(parseCustomResourceRequest({ ...updateRequest(), ResourceProperties: odd, OldResourceProperties: odd }).ok).toBe(true);
});

test.each(['RequestType', 'StackId', 'RequestId', 'LogicalResourceId', 'PhysicalResourceId', 'ResourceProperties'])(
  'the pre-signed URL is in no error, not even where it stands in the place of %s',
  (key) => {
    const request = { ...deleteRequest(), [key]: [SECRET_URL], ResponseURL: { url: SECRET_URL } };
    const result = parseCustomResourceRequest(request);
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toMatch(/bucket\.test|x7Qz/);
  },
);
