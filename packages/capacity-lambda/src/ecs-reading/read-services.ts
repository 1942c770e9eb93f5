import { DescribeServicesCommand, type ECSClient, ListServicesCommand, type Service } from '@aws-sdk/client-ecs';
import { describeAll } from './describe-all.js';
import type { EcsCallOptions } from './ecs-call.js';
import { listAll } from './list-all.js';

/**
 * Most services in one page of a list.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html (`maxResults`)
 */
const PAGE_SIZE = 100;
/**
 * Most services in one describe call.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html (`services`)
 */
const BATCH_SIZE = 10;

/** The services of a cluster, as ECS described them. */
export interface ServiceReading {
  /** Each once, in the order listed. */
  readonly records: readonly Service[];
  /** Calls made, not counting retries. */
  readonly calls: number;
  /** Tries beyond the first, over all calls. */
  readonly retries: number;
}

/**
 * Reads every service of a cluster that places tasks on its hosts or might; those on Fargate are among them.
 *
 * @throws ClusterReadError when a call fails for good, or an answer lacks its list or leaves a listed service out
 */
export async function readServices(ecs: Pick<ECSClient, 'send'>, options: EcsCallOptions): Promise<ServiceReading> {
  const { cluster } = options;
  const listed = await listAll(options, {
    operation: 'ListServices',
    field: 'serviceArns',
    page: async (token, http) => {
      const page = await ecs.send(new ListServicesCommand({ cluster, maxResults: PAGE_SIZE, ...token }), http);
      return { arns: page.serviceArns, nextToken: page.nextToken, $metadata: page.$metadata };
    },
  });
  const described = await describeAll<Service>(options, listed.arns, {
    operation: 'DescribeServices',
    field: 'services',
    batchSize: BATCH_SIZE,
    arnOf: (record) => record.serviceArn,
    describe: async (services, http) => {
      const answer = await ecs.send(new DescribeServicesCommand({ cluster, services }), http);
      return { items: answer.services, failures: answer.failures, $metadata: answer.$metadata };
    },
  });
  return { records: described.items, calls: listed.calls + described.calls, retries: listed.retries + described.retries };
}
