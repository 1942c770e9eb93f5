import { Duration } from 'aws-cdk-lib';

/** Hosts that a page of ListContainerInstances, and a call of DescribeContainerInstances, tells of at most. */
const PAGE = 100;

/** Least number of concurrent invocations that an SQS event source can be limited to, and so how many decisions run at once. */
export const CONCURRENT_DECISIONS = 2;

/**
 * Calls of Amazon ECS a second that the function keeps to unless told otherwise: a tenth of what the account has for all who list and
 * describe (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html).
 */
export const DEFAULT_CALLS_A_SECOND = 2;

/** All that the account has of them. */
export const MOST_CALLS_A_SECOND = 20;

/** Longest batching window of an event source: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export const LONGEST_WINDOW = Duration.seconds(300);

/** Tasks of a host that staleness is reckoned with; where there are more, the alarm is only the earlier. */
const TASKS_OF_A_HOST = 10;

/** Least minutes without a fresh number that are worth an alarm. */
const LEAST_STALE_MINUTES = 5;

/** Calls that a look at the container instances takes. */
function callsFor(hosts: number): number {
  return 2 * Math.ceil(hosts / PAGE) + 1;
}

/** The window in which two looks at the container instances at once keep to the budget; what more is read, the function paces itself. */
export function windowFor(hosts: number, callsASecond: number): Duration {
  const seconds = Math.ceil((callsFor(hosts) * CONCURRENT_DECISIONS) / callsASecond);
  return Duration.seconds(Math.min(seconds, LONGEST_WINDOW.toSeconds()));
}

/** Minutes after which a missing number is no wait for the budget any more: three looks that were due. */
export function staleMinutes({ hosts, callsASecond, readsTasks }: { hosts: number; callsASecond: number; readsTasks: boolean }): number {
  const calls = callsFor(hosts) + (readsTasks ? 2 * Math.ceil((hosts * TASKS_OF_A_HOST) / PAGE) : 0);
  return Math.max(LEAST_STALE_MINUTES, 3 * Math.ceil(calls / callsASecond / 60) + 2);
}
