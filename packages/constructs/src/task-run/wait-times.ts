import { Duration } from 'aws-cdk-lib';
import { WaitMode } from './task-run-props.js';

/** Least time-out: less leaves no time to start a container and to stop it again. */
export const LEAST_TIMEOUT = Duration.seconds(30);

/** Longest time-out of either mode. */
export const LONGEST_TIMEOUT: Readonly<Record<WaitMode, Duration>> = {
  // A function runs 15 minutes at most: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  [WaitMode.DIRECT]: Duration.minutes(14),
  // AWS CloudFormation waits an hour at most:
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
  [WaitMode.LONG]: Duration.minutes(58),
};

/** Time-out of the function: the longest there is, since its own deadline ends it sooner. */
export const FUNCTION_TIMEOUT = Duration.minutes(15);

/**
 * What is left to answer after the deadline: the task is stopped, described again and its log read.
 *
 * A container has up to 120 seconds to stop on AWS Fargate (30 by default):
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
const ANSWER_SECONDS = 60;

/** How long AWS CloudFormation waits: just longer than the run may take. */
export function serviceTimeout(timeout: Duration): Duration {
  return Duration.seconds(Math.min(timeout.toSeconds() + ANSWER_SECONDS + 30, 3600));
}

/** The mode that suits a time-out. */
export function modeFor(timeout: Duration): WaitMode {
  return timeout.toSeconds() <= LONGEST_TIMEOUT[WaitMode.DIRECT].toSeconds() ? WaitMode.DIRECT : WaitMode.LONG;
}
