import { DescribeTasksCommand, type ECSClient, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import { describeAll } from './describe-all.js';
import type { EcsCallOptions } from './ecs-call.js';
import { listAll } from './list-all.js';

/**
 * Most tasks in one page of a list and in one describe call.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html (`maxResults`)
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html (`tasks`)
 */
const PAGE_SIZE = 100;

/** The tasks of a cluster, as ECS described them. */
export interface TaskReading {
  /** Each once, in the order listed: those that run, and those that are to. */
  readonly records: readonly Task[];
  /** Calls made, not counting retries: two per 100 tasks, at least 1. */
  readonly calls: number;
  /** Tries beyond the first, over all calls. */
  readonly retries: number;
}

/**
 * Reads every task of a cluster that is to run, or on its way: PROVISIONING, PENDING, RUNNING.
 *
 * A task that is to stop is listed apart and not read: what it still holds of its host is in the host's own record.
 *
 * @throws ClusterReadError when a call fails for good, or an answer lacks its list or leaves a listed task out
 */
export async function readTasks(ecs: Pick<ECSClient, 'send'>, options: EcsCallOptions): Promise<TaskReading> {
  const { cluster } = options;
  const listed = await listAll(options, {
    operation: 'ListTasks',
    field: 'taskArns',
    page: async (token, http) => {
      const page = await ecs.send(new ListTasksCommand({ cluster, desiredStatus: 'RUNNING', maxResults: PAGE_SIZE, ...token }), http);
      return { arns: page.taskArns, nextToken: page.nextToken, $metadata: page.$metadata };
    },
  });
  const described = await describeAll<Task>(options, listed.arns, {
    operation: 'DescribeTasks',
    field: 'tasks',
    batchSize: PAGE_SIZE,
    arnOf: (record) => record.taskArn,
    describe: async (tasks, http) => {
      const answer = await ecs.send(new DescribeTasksCommand({ cluster, tasks }), http);
      return { items: answer.tasks, failures: answer.failures, $metadata: answer.$metadata };
    },
  });
  return { records: described.items, calls: listed.calls + described.calls, retries: listed.retries + described.retries };
}
