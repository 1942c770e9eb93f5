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

/** Longest window by default, in seconds: the schedule's messages wait in the same queue, and each minute is to have its number. */
const USUAL_WINDOW_SECONDS = 30;

/** Tasks of a host that calls are reckoned with; where there are more, the cluster is read less often than is reckoned here. */
const TASKS_OF_A_HOST = 10;

/** Least minutes without a fresh number that are worth an alarm. */
const LEAST_STALE_MINUTES = 5;

/** Calls that a reading makes at once, and those a second that it goes on with at the least: as the function paces itself. */
const [PACE_CALLS_AT_ONCE, PACE_CALLS_A_SECOND] = [50, 10];

/** Longest window where hosts are added as events tell, in seconds: what is collected longer is no event any more. */
const EVENT_WINDOW_SECONDS = 5;

/**
 * Periods that an alarm may have below a minute, in seconds, as far as the CDK takes them too:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (`Period`)
 */
const SHORT_PERIODS = [10, 30];
const MINUTE_SECONDS = 60;

/** Time beside the calls, in seconds: the first invocation, the decision, tries again. */
const OTHER_SECONDS = 30;

/** Least and longest time of the function, in seconds: https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
const [LEAST_TIMEOUT_SECONDS, LONGEST_TIMEOUT_SECONDS] = [60, 900];

/** What a reading of the cluster takes. */
export interface ReadingSize {
  /** Hosts that the cluster may grow to. */
  readonly hosts: number;
  /** Calls of Amazon ECS a second that the function may make. */
  readonly callsASecond: number;
  /** Whether tasks are read. */
  readonly readsTasks: boolean;
}

/** Calls that a look at the container instances takes. */
function callsForHosts(hosts: number): number {
  return 2 * Math.ceil(hosts / PAGE) + 1;
}

/** Calls that all of a reading takes. */
function callsFor({ hosts, readsTasks }: Omit<ReadingSize, 'callsASecond'>): number {
  return callsForHosts(hosts) + (readsTasks ? 2 * Math.ceil((hosts * TASKS_OF_A_HOST) / PAGE) : 0);
}

/**
 * The window in which two looks at the container instances at once keep to the budget, within half a minute, or within five seconds
 * where hosts are added as events tell; the function paces itself.
 */
export function windowFor({ hosts, callsASecond }: ReadingSize, followsEvents: boolean): Duration {
  const seconds = Math.ceil((callsForHosts(hosts) * CONCURRENT_DECISIONS) / callsASecond);
  return Duration.seconds(Math.min(seconds, followsEvents ? EVENT_WINDOW_SECONDS : USUAL_WINDOW_SECONDS));
}

/**
 * The shortest period, up to a minute, of an alarm that sees what is published with events: a number has the time at which its reading
 * began, and one that comes later than a period or two is looked at by nobody.
 */
export function eventAlarmPeriod(size: ReadingSize): Duration {
  const seconds = Math.max(0, callsFor(size) - PACE_CALLS_AT_ONCE) / Math.max(PACE_CALLS_A_SECOND, size.callsASecond);
  return Duration.seconds(SHORT_PERIODS.find((period) => seconds <= period) ?? MINUTE_SECONDS);
}

/**
 * Calls a second by which events of a cluster so large are looked at within the minute, in whole calls: what the schedule's reading of
 * each minute leaves is shared by the decisions that may run at once.
 */
export function callsToFollowEvents(size: ReadingSize): number {
  return Math.ceil((callsFor(size) * (CONCURRENT_DECISIONS + 1)) / MINUTE_SECONDS);
}

/** Minutes from one reading to the next that the budget allows, as the schedule goes: whole minutes, at least 1. */
export function minutesBetweenReadings(size: ReadingSize): number {
  return Math.max(1, Math.ceil(callsFor(size) / size.callsASecond / 60));
}

/** Calls a second by which the cluster could be read each minute, in whole calls. */
export function callsToReadEachMinute(size: ReadingSize): number {
  return Math.ceil(callsFor(size) / 60);
}

/** The shortest period in whole minutes in which there is a number for certain, though it waits in the batching window. */
export function periodWithNumber(size: ReadingSize, window: Duration): Duration {
  return Duration.minutes(minutesBetweenReadings(size) + Math.ceil(window.toSeconds() / 60));
}

/** Minutes after which a missing number is no wait for the budget any more: three looks that were due. */
export function staleMinutes(size: ReadingSize, window: Duration): number {
  const wait = Math.ceil(window.toSeconds() / 60) - 1;
  return Math.max(LEAST_STALE_MINUTES, 3 * minutesBetweenReadings(size) + 2) + Math.max(0, wait);
}

/** Time that the function is given for a reading. */
export function timeoutFor(size: ReadingSize): Duration {
  const seconds = OTHER_SECONDS + Math.ceil(callsFor(size) / Math.max(PACE_CALLS_A_SECOND, size.callsASecond));
  return Duration.seconds(Math.min(LONGEST_TIMEOUT_SECONDS, Math.max(LEAST_TIMEOUT_SECONDS, seconds)));
}
