import {
  type ContainerInstance,
  DescribeContainerInstancesCommand,
  type ECSClient,
  ListContainerInstancesCommand,
} from '@aws-sdk/client-ecs';
import { describeAll } from './describe-all.js';
import type { EcsCallOptions } from './ecs-call.js';
import { listAll } from './list-all.js';

/**
 * Most container instances in one page of a list and in one describe call.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListContainerInstances.html (`maxResults`)
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html (`containerInstances`)
 */
const PAGE_SIZE = 100;

/** Which cluster to read, and how. */
export interface ReadContainerInstancesOptions extends EcsCallOptions {
  /**
   * Most describe calls under way at once. Integer, at least 1.
   *
   * @default 4
   */
  readonly concurrency?: number;
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
  const { cluster } = options;
  const listed = await listAll(options, {
    operation: 'ListContainerInstances',
    field: 'containerInstanceArns',
    page: async (token, http) => {
      const page = await ecs.send(new ListContainerInstancesCommand({ cluster, maxResults: PAGE_SIZE, ...token }), http);
      return { arns: page.containerInstanceArns, nextToken: page.nextToken, $metadata: page.$metadata };
    },
  });
  const described = await describeAll<ContainerInstance>(options, listed.arns, {
    operation: 'DescribeContainerInstances',
    field: 'containerInstances',
    batchSize: PAGE_SIZE,
    concurrency: options.concurrency,
    arnOf: (record) => record.containerInstanceArn,
    describe: async (containerInstances, http) => {
      const answer = await ecs.send(new DescribeContainerInstancesCommand({ cluster, containerInstances }), http);
      return { items: answer.containerInstances, failures: answer.failures, $metadata: answer.$metadata };
    },
  });
  return {
    records: described.items,
    gone: described.gone,
    calls: { list: listed.calls, describe: described.calls },
    retries: listed.retries + described.retries,
  };
}
