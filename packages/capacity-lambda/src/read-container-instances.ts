import {
  type ContainerInstance,
  DescribeContainerInstancesCommand,
  type DescribeContainerInstancesResponse,
  type ECSClient,
  ListContainerInstancesCommand,
  type ListContainerInstancesResponse,
} from '@aws-sdk/client-ecs';
import { ClusterReadError } from './fault.js';
import { mapBounded } from './map-bounded.js';

/**
 * Most container instances in one page of a list and in one describe call.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListContainerInstances.html (`maxResults`)
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html (`containerInstances`)
 */
const PAGE_SIZE = 100;
const DEFAULT_CONCURRENCY = 4;
/**
 * The reason ECS gives for a container instance it does not know (any more).
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html (`DescribeContainerInstances`)
 */
const MISSING = 'MISSING';

type EcsOperation = 'ListContainerInstances' | 'DescribeContainerInstances';

/** Which cluster to read, and how. */
export interface ReadContainerInstancesOptions {
  /** Name or ARN of the cluster. */
  readonly cluster: string;
  /**
   * Most describe calls under way at once. Integer, at least 1.
   *
   * @default 4
   */
  readonly concurrency?: number;
  /** Ends the reading; the promise then rejects with the signal's reason. */
  readonly abortSignal?: AbortSignal;
}

/** The container instances of a cluster, as ECS described them. */
export interface ContainerInstanceReading {
  /** Each once, in the order listed; `INACTIVE` ones are not listed by ECS. */
  readonly records: readonly ContainerInstance[];
  /** How many were listed but gone before they were described. */
  readonly gone: number;
  /** Calls made, not counting retries. */
  readonly calls: {
    /** ListContainerInstances: one per 100 hosts, at least 1. */
    readonly list: number;
    /** DescribeContainerInstances: one per 100 hosts, 0 for an empty cluster. */
    readonly describe: number;
  };
  /** Tries beyond the first, over all calls: above 0 when ECS throttled or failed. */
  readonly retries: number;
}

/**
 * Reads every container instance of a cluster: all pages of the list, then descriptions, 100 a call.
 *
 * @throws ClusterReadError when a call fails for good, or an answer lacks its list or leaves a listed instance out
 */
export async function readContainerInstances(
  ecs: Pick<ECSClient, 'send'>,
  options: ReadContainerInstancesOptions,
): Promise<ContainerInstanceReading> {
  const listed = await listArns(ecs, options);
  const batches = inBatches([...new Set(listed.arns)]);
  const described = await mapBounded(batches, options.concurrency ?? DEFAULT_CONCURRENCY, (arns) => describe(ecs, options, arns));
  return {
    records: described.flatMap((batch) => batch.records),
    gone: described.reduce((sum, batch) => sum + batch.gone, 0),
    calls: { list: listed.calls, describe: batches.length },
    retries: described.reduce((sum, batch) => sum + batch.retries, listed.retries),
  };
}

interface Listed {
  readonly arns: readonly string[];
  readonly calls: number;
  readonly retries: number;
}

async function listArns(ecs: Pick<ECSClient, 'send'>, options: ReadContainerInstancesOptions): Promise<Listed> {
  const arns: string[] = [];
  const tokens = new Set<string>();
  let calls = 0;
  let retries = 0;
  let nextToken: string | undefined;
  do {
    const command = new ListContainerInstancesCommand({
      cluster: options.cluster,
      maxResults: PAGE_SIZE,
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    const page = await call<ListContainerInstancesResponse>(options, 'ListContainerInstances', (http) => ecs.send(command, http));
    calls += 1;
    retries += page.retries;
    arns.push(...listIn(page.output, { cluster: options.cluster, operation: 'ListContainerInstances', field: 'containerInstanceArns' }));
    // An empty token ends the list as an absent one does.
    nextToken = page.output.nextToken || undefined;
    if (nextToken !== undefined && tokens.has(nextToken)) {
      throw new ClusterReadError(`listing ${options.cluster} came back to a page already read after ${calls} calls: try again`);
    }
    if (nextToken !== undefined) tokens.add(nextToken);
  } while (nextToken !== undefined);
  return { arns, calls, retries };
}

interface Described {
  readonly records: readonly ContainerInstance[];
  readonly gone: number;
  readonly retries: number;
}

async function describe(ecs: Pick<ECSClient, 'send'>, options: ReadContainerInstancesOptions, arns: readonly string[]): Promise<Described> {
  const command = new DescribeContainerInstancesCommand({ cluster: options.cluster, containerInstances: [...arns] });
  const answer = await call<DescribeContainerInstancesResponse>(options, 'DescribeContainerInstances', (http) => ecs.send(command, http));
  const { failures = [] } = answer.output;
  const containerInstances = listIn(answer.output, {
    cluster: options.cluster,
    operation: 'DescribeContainerInstances',
    field: 'containerInstances',
  });
  const failure = failures.find(({ reason }) => reason !== MISSING);
  if (failure !== undefined) {
    const { arn, reason, detail } = failure;
    throw new ClusterReadError(
      `describing ${arn ?? 'a container instance'} of ${options.cluster} failed with ${reason ?? 'no reason'}${detail ? ` (${detail})` : ''}`,
    );
  }
  const byArn = new Map(containerInstances.map((record) => [record.containerInstanceArn, record]));
  const gone = new Set(failures.map(({ arn }) => arn));
  const unanswered = arns.find((arn) => !byArn.has(arn) && !gone.has(arn));
  if (unanswered !== undefined) {
    throw new ClusterReadError(`describing ${options.cluster} left out ${unanswered} without a reason: try again`);
  }
  const records = arns.flatMap((arn) => byArn.get(arn) ?? []);
  return { records, gone: arns.length - records.length, retries: answer.retries };
}

/**
 * The list an answer must hold; ECS sends it also when it is empty, so an answer without is somebody else's, or cut short.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListContainerInstances.html (Response Syntax)
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html (Response Syntax)
 */
function listIn<Field extends string, Item>(
  output: { readonly [Name in Field]?: readonly Item[] | undefined },
  { cluster, operation, field }: { readonly cluster: string; readonly operation: EcsOperation; readonly field: Field },
): readonly Item[] {
  const list = output[field];
  if (Array.isArray(list)) return list;
  throw new ClusterReadError(`${operation} of ${cluster} answered without ${field}: is it Amazon ECS?`);
}

interface Answer<Output> {
  readonly output: Output;
  readonly retries: number;
}

async function call<Output>(
  { cluster, abortSignal }: ReadContainerInstancesOptions,
  operation: EcsOperation,
  send: (http: {
    readonly abortSignal?: AbortSignal;
  }) => Promise<Output & { readonly $metadata: { readonly attempts?: number | undefined } }>,
): Promise<Answer<Output>> {
  abortSignal?.throwIfAborted();
  try {
    const output = await send(abortSignal === undefined ? {} : { abortSignal });
    return { output, retries: (output.$metadata?.attempts ?? 1) - 1 };
  } catch (cause) {
    abortSignal?.throwIfAborted();
    throw new ClusterReadError(`${operation} of ${cluster} failed: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}

function inBatches(arns: readonly string[]): ReadonlyArray<readonly string[]> {
  return Array.from({ length: Math.ceil(arns.length / PAGE_SIZE) }, (_, index) => arns.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE));
}
