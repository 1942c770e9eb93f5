/** Kinds of request. */
export type RequestType = 'Create' | 'Update' | 'Delete';

/**
 * A request to a custom resource, as a function receives it
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html).
 */
export interface CustomResourceRequest {
  /** Kind. */
  readonly RequestType: RequestType;
  /** Id of the request; a stack operation that is retried has that of the first try. */
  readonly RequestId: string;
  /** ARN of the stack. */
  readonly StackId: string;
  /** Where to PUT the answer. */
  readonly ResponseURL: string;
  /** Type of the resource. */
  readonly ResourceType: string;
  /** Name of the resource in the template. */
  readonly LogicalResourceId: string;
  /** ARN of the function. */
  readonly ServiceToken: string;
  /** Id the resource gave itself; not of a Create. */
  readonly PhysicalResourceId?: string;
  /** Properties; every scalar is text. */
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
  /** Properties before; of an Update alone. */
  readonly OldResourceProperties?: Readonly<Record<string, unknown>>;
}

/** Properties as CloudFormation sends them: numbers and booleans become text, null members vanish. */
export function asSent(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asSent);
  }
  if (typeof value === 'object' && value !== null) {
    const kept = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
    return Object.fromEntries(kept.map(([name, member]) => [name, asSent(member)]));
  }
  return String(value);
}
