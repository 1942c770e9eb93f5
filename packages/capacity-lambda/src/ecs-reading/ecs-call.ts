import { ClusterReadError } from '../fault.js';
import type { CallPace } from './call-pace.js';

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
  /** Told of each call when it has come to its end, good or bad, with the tries it took. */
  readonly onCall?: ((operation: EcsOperation, tries: number) => void) | undefined;
  /**
   * Keeps back the calls that take of the account's shared bucket.
   *
   * @default none is kept back
   */
  readonly pace?: CallPace | undefined;
}

/**
 * Operations that take of the bucket which every reader of an account shares in a Region.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 */
const BUDGETED: ReadonlySet<EcsOperation> = new Set(['ListContainerInstances', 'DescribeContainerInstances', 'ListTasks', 'DescribeTasks']);

/** Whether a call of the operation takes of the budget; services and task definitions have buckets of their own. */
export function isBudgeted(operation: EcsOperation): boolean {
  return BUDGETED.has(operation);
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
  { cluster, abortSignal, onCall, pace }: EcsCallOptions,
  operation: EcsOperation,
  send: (http: HttpOptions) => Promise<Output & { readonly $metadata: { readonly attempts?: number | undefined } }>,
): Promise<EcsAnswer<Output>> {
  abortSignal?.throwIfAborted();
  if (isBudgeted(operation)) await pace?.admit(abortSignal);
  try {
    const output = await send(abortSignal === undefined ? {} : { abortSignal });
    const tries = output.$metadata?.attempts ?? 1;
    onCall?.(operation, tries);
    return { output, retries: tries - 1 };
  } catch (cause) {
    onCall?.(operation, (cause as { readonly $metadata?: { readonly attempts?: number } } | undefined)?.$metadata?.attempts ?? 1);
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
