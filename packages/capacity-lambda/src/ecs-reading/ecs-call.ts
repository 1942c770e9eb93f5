import { ClusterReadError } from '../fault.js';

/** The ECS operations that a reading makes. */
export type EcsOperation =
  | 'ListContainerInstances'
  | 'DescribeContainerInstances'
  | 'ListTasks'
  | 'DescribeTasks'
  | 'ListServices'
  | 'DescribeServices'
  | 'DescribeTaskDefinition';

/** What a call is made for. */
export interface EcsCallOptions {
  /** Name or ARN of the cluster, or of what else is read; messages name it. */
  readonly cluster: string;
  /** Ends the reading; the promise then rejects with the signal's reason. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** The options that the SDK's `send` takes. */
export interface HttpOptions {
  /** Ends the call. */
  readonly abortSignal?: AbortSignal;
}

/** What came back. */
export interface EcsAnswer<Output> {
  /** As the SDK gives it. */
  readonly output: Output;
  /** Tries beyond the first. */
  readonly retries: number;
}

/**
 * Makes one call.
 *
 * @throws ClusterReadError when it fails for good
 */
export async function callEcs<Output>(
  { cluster, abortSignal }: EcsCallOptions,
  operation: EcsOperation,
  send: (http: HttpOptions) => Promise<Output & { readonly $metadata: { readonly attempts?: number | undefined } }>,
): Promise<EcsAnswer<Output>> {
  abortSignal?.throwIfAborted();
  try {
    const output = await send(abortSignal === undefined ? {} : { abortSignal });
    return { output, retries: (output.$metadata?.attempts ?? 1) - 1 };
  } catch (cause) {
    abortSignal?.throwIfAborted();
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new ClusterReadError(`${operation} of ${cluster} failed: ${reason}`, { cause });
  }
}

/**
 * The list an answer must hold; ECS sends it also when it is empty, so an answer without is somebody else's, or cut short.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListContainerInstances.html (Response Syntax)
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html (Response Syntax)
 */
export function listIn<Item>(list: readonly Item[] | undefined, about: string, field: string): readonly Item[] {
  if (Array.isArray(list)) return list;
  throw new ClusterReadError(`${about} answered without ${field}: is it Amazon ECS?`);
}
