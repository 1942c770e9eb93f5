/** A pre-signed address as CloudFormation makes them, with an invented signature. */
export const RESPONSE_URL =
  'https://cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com/arn%3Aaws%3Acloudformation%3Aeu-central-1%3A111122223333%3Astack/harbour/00000000-0000-4000-8000-000000000001%7CMigration%7C00000000-0000-4000-8000-000000000002?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20300101T000000Z&X-Amz-SignedHeaders=host&X-Amz-Expires=7200&X-Amz-Credential=AKIDEXAMPLE%2F20300101%2Feu-central-1%2Fs3%2Faws4_request&X-Amz-Signature=5ec2e75ec2e75ec2e75ec2e75ec2e75e';

/** Pieces of the address that must be found nowhere. */
export const SECRETS: readonly string[] = ['5ec2e75ec2e75ec2e7', 'AKIDEXAMPLE', 'X-Amz-Expires=7200', 'Migration%7C'];

export const STACK_ID = 'arn:aws:cloudformation:eu-central-1:111122223333:stack/harbour/00000000-0000-4000-8000-000000000001';

/** An event as Lambda gets it, with anything changed. */
export function event(type: 'Create' | 'Update' | 'Delete', changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    RequestType: type,
    ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:harbour-migration',
    ResponseURL: RESPONSE_URL,
    StackId: STACK_ID,
    RequestId: '00000000-0000-4000-8000-000000000002',
    LogicalResourceId: 'Migration',
    ResourceType: 'Custom::Migration',
    ...(type === 'Create' ? {} : { PhysicalResourceId: 'migration-1' }),
    ResourceProperties: { ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:harbour-migration', Wait: 'false' },
    ...(type === 'Update' ? { OldResourceProperties: { Wait: 'true' } } : {}),
    ...changes,
  };
}
