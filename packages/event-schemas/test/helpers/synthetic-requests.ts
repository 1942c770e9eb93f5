import type { Loose } from './synthetic-events';

/** A pre-signed URL that is none; its signature must turn up in no error. */
export const SECRET_URL = 'https://bucket.test/answer?X-Amz-Signature=x7Qz';

/** A Create request with every field the parser reads, made anew each time. */
export function createRequest(): Loose {
  return {
    ...minimalRequest('Create'),
    ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:tide',
    ResourceType: 'Custom::Tide',
    ResourceProperties: { ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:tide', Count: '3', Enabled: 'true', None: null },
  };
}

/** An Update request with every field the parser reads. */
export function updateRequest(): Loose {
  return {
    ...createRequest(),
    RequestType: 'Update',
    PhysicalResourceId: 'tide-1',
    OldResourceProperties: { Count: '2', List: ['80', { Deep: 'x' }] },
  };
}

/** A Delete request with every field the parser reads. */
export function deleteRequest(): Loose {
  return { ...createRequest(), RequestType: 'Delete', PhysicalResourceId: 'tide-1' };
}

/** The least a request can be; an Update or Delete needs the physical id besides. */
export function minimalRequest(requestType: string): Loose {
  return {
    RequestType: requestType,
    ResponseURL: SECRET_URL,
    StackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/harbour/00000000-0000-4000-8000-000000000004',
    RequestId: '00000000-0000-4000-8000-000000000005',
    LogicalResourceId: 'Tide',
  };
}
