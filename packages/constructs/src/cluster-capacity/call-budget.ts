import { Duration } from 'aws-cdk-lib';

/** Hosts that a page of ListContainerInstances, and a call of DescribeContainerInstances, tells of at most. */
const PAGE = 100;

/** Least number of concurrent invocations that an SQS event source can be limited to, and so how many decisions run at once. */
export const CONCURRENT_DECISIONS = 2;

/**
 * Calls of Amazon ECS a second that the function keeps below: a tenth of what the account has for all who list and describe
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html).
 */
const CALLS_A_SECOND = 2;

/** Longest batching window of an event source: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export const LONGEST_WINDOW = Duration.seconds(300);

/** The window that keeps a cluster of that many hosts within the budget, whatever the number of events. */
export function windowFor(hosts: number): Duration {
  const calls = 2 * Math.ceil(hosts / PAGE) + 1;
  return Duration.seconds(Math.ceil((calls * CONCURRENT_DECISIONS) / CALLS_A_SECOND));
}
