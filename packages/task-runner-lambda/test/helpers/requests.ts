/** ARN of the stack of every request. */
export const STACK_ID = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/demo/00000000-0000-0000-0000-000000000001';

/** Fields of a request that a test may set. */
export interface RequestOptions {
  readonly type?: 'Create' | 'Update' | 'Delete';
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly old?: Readonly<Record<string, unknown>>;
  readonly requestId?: string;
  readonly physicalResourceId?: string;
  /** When it was signed, as milliseconds since 1970; the address tells nothing without. */
  readonly issuedAt?: number | undefined;
}

/** Properties that make a run. */
export const PROPERTIES = { Cluster: 'demo', TaskDefinition: 'migrate:7' };

/** A request as CloudFormation sends it. */
export function request(options: RequestOptions = {}): Readonly<Record<string, unknown>> {
  const { type = 'Create', requestId = 'request-1', issuedAt } = options;
  return {
    RequestType: type,
    ResponseURL: urlFor(requestId, issuedAt),
    StackId: STACK_ID,
    RequestId: requestId,
    ResourceType: 'Custom::TaskRun',
    LogicalResourceId: 'Migration',
    ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:task-runner',
    ResourceProperties: {
      ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:task-runner',
      ...PROPERTIES,
      ...options.properties,
    },
    ...(type === 'Create' ? {} : { PhysicalResourceId: options.physicalResourceId ?? 'task-run-0' }),
    ...(type === 'Update' ? { OldResourceProperties: { ...PROPERTIES, TaskDefinition: 'migrate:6', ...options.old } } : {}),
  };
}

function urlFor(requestId: string, issuedAt: number | undefined): string {
  const date = issuedAt === undefined ? '' : `X-Amz-Date=${new Date(issuedAt).toISOString().replace(/[-:]|\.\d+/g, '')}&`;
  return `https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/${requestId}?${date}X-Amz-Expires=7200&X-Amz-Signature=0123456789abcdef`;
}
