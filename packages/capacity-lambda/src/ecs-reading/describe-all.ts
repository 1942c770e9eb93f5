import type { Failure } from '@aws-sdk/client-ecs';
import { ClusterReadError } from '../fault.js';
import { callEcs, type EcsCallOptions, type EcsOperation, type HttpOptions, listIn } from './ecs-call.js';
import { mapBounded } from './map-bounded.js';

/** What a client answers to a describe call. */
export interface DescribedBatch<Item> {
  /** What was described. */
  readonly items: readonly Item[] | undefined;
  /** What was not, and why. */
  readonly failures: readonly Failure[] | undefined;
  /** As every answer of the SDK has it. */
  readonly $metadata: { readonly attempts?: number | undefined };
}

/** How to describe things, a batch a call. */
export interface DescribeQuestion<Item> {
  /** The operation. */
  readonly operation: EcsOperation;
  /** Field of the answer that holds the descriptions. */
  readonly field: string;
  /** Most things in one call. Integer, at least 1. */
  readonly batchSize: number;
  /**
   * Most calls under way at once. Integer, at least 1.
   *
   * @default 4
   */
  readonly concurrency?: number | undefined;
  /** The ARN of a description. */
  readonly arnOf: (item: Item) => string | undefined;
  /** Describes one batch. */
  readonly describe: (arns: string[], http: HttpOptions) => Promise<DescribedBatch<Item>>;
}

/** Everything that was described. */
export interface Described<Item> {
  /** In the order asked for. */
  readonly items: readonly Item[];
  /** How many were gone by then. */
  readonly gone: number;
  /** Calls made, not counting retries. */
  readonly calls: number;
  /** Tries beyond the first, over all calls. */
  readonly retries: number;
}

const DEFAULT_CONCURRENCY = 4;
/**
 * The reason ECS gives for something it does not know (any more).
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
 */
const MISSING = 'MISSING';

/**
 * Describes all of what was listed; what is gone by then is left out.
 *
 * @throws ClusterReadError when a call fails for good, another failure than `MISSING` is answered, or something asked for is left out
 */
export async function describeAll<Item>(
  options: EcsCallOptions,
  arns: readonly string[],
  question: DescribeQuestion<Item>,
): Promise<Described<Item>> {
  const { batchSize, concurrency = DEFAULT_CONCURRENCY } = question;
  const batches = Array.from({ length: Math.ceil(arns.length / batchSize) }, (_, index) =>
    arns.slice(index * batchSize, (index + 1) * batchSize),
  );
  const described = await mapBounded(batches, concurrency, (batch) => describeBatch(options, batch, question));
  return {
    items: described.flatMap(({ items }) => items),
    gone: described.reduce((sum, batch) => sum + batch.gone, 0),
    calls: batches.length,
    retries: described.reduce((sum, batch) => sum + batch.retries, 0),
  };
}

async function describeBatch<Item>(
  options: EcsCallOptions,
  arns: readonly string[],
  { operation, field, arnOf, describe }: DescribeQuestion<Item>,
): Promise<Omit<Described<Item>, 'calls'>> {
  const { cluster } = options;
  const answer = await callEcs<DescribedBatch<Item>>(options, operation, (http) => describe([...arns], http));
  const { failures = [] } = answer.output;
  const items = listIn(answer.output.items, `${operation} of ${cluster}`, field);
  const failure = failures.find(({ reason }) => reason !== MISSING);
  if (failure !== undefined) {
    const { arn = 'one of them', reason = 'no reason', detail } = failure;
    throw new ClusterReadError(`${operation} of ${cluster}: ${arn} failed with ${reason}${detail ? ` (${detail})` : ''}`);
  }
  const byArn = new Map(items.map((item) => [arnOf(item), item]));
  const gone = new Set(failures.map(({ arn }) => arn));
  const unanswered = arns.find((arn) => !byArn.has(arn) && !gone.has(arn));
  if (unanswered !== undefined) {
    throw new ClusterReadError(`${operation} of ${cluster} left out ${unanswered} without a reason: try again`);
  }
  const found = arns.flatMap((arn) => byArn.get(arn) ?? []);
  return { items: found, gone: arns.length - found.length, retries: answer.retries };
}
