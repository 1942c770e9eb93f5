import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { CREATE_FAILED_PHYSICAL_RESOURCE_ID, deriveAttemptId, derivePhysicalResourceId, SignedUrl } from '../src';
import { RESPONSE_URL, STACK_ID } from './helpers/requests';

const request = { StackId: STACK_ID, RequestId: 'r-1', LogicalResourceId: 'Migration' };
const url = (address = RESPONSE_URL): SignedUrl => {
  const parsed = SignedUrl.parse(address);
  if (parsed === undefined) throw new TypeError('not an address');
  return parsed;
};

test('names stack and resource, and is the same for the same request', () => {
  const id = derivePhysicalResourceId(request);
  expect(id).toMatch(/^harbour-Migration-[0-9a-f]{16}$/);
  expect(derivePhysicalResourceId({ ...request })).toBe(id);
});

test.each(['StackId', 'RequestId', 'LogicalResourceId'] as const)('another %s gives another id and another attempt', (field) => {
  const other = { ...request, [field]: `${request[field]}x` };
  expect(derivePhysicalResourceId(other)).not.toBe(derivePhysicalResourceId(request));
  expect(deriveAttemptId(other, url())).not.toBe(deriveAttemptId(request, url()));
});

test('parts do not run into each other', () => {
  const id = (RequestId: string, LogicalResourceId: string) =>
    derivePhysicalResourceId({ StackId: 's', RequestId, LogicalResourceId }).slice(-16);
  expect(id('ab', 'c')).not.toBe(id('a', 'bc'));
});

test('an attempt: 64 digits, the same on redelivery, another with another address, nothing of the address in it', () => {
  const id = deriveAttemptId(request, url());
  expect(id).toMatch(/^[0-9a-f]{64}$/);
  expect(deriveAttemptId(request, url())).toBe(id);
  expect(deriveAttemptId(request, url(`${RESPONSE_URL}2`))).not.toBe(id);
});

test('any identifiers: printable, 20 to 402 characters, never the marker', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.string(),
      (stack, logical, id) => {
        const derived = derivePhysicalResourceId({
          StackId: `arn:aws:cloudformation:::stack/${stack}/x`,
          LogicalResourceId: logical,
          RequestId: id,
        });
        expect(derived).toMatch(/^[A-Za-z0-9_.-]{18,402}$/);
        expect(derived).not.toBe(CREATE_FAILED_PHYSICAL_RESOURCE_ID);
      },
    ),
    propertyParameters(300),
  );
});
