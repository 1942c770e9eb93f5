import { Duration } from 'aws-cdk-lib';
import { WaitMode } from './task-run-props.js';

/** Least time-out: less leaves no time to start a container and to stop it again. */
export const LEAST_TIMEOUT = Duration.seconds(30);

/** Longest time-out of either mode. */
export const LONGEST_TIMEOUT: Readonly<Record<WaitMode, Duration>> = {
  // A function runs 15 minutes at most: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  [WaitMode.DIRECT]: Duration.minutes(14),
  // AWS CloudFormation waits an hour at most, of which five minutes are spare:
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
  [WaitMode.LONG]: Duration.minutes(55),
};

/** Time-out of the function: the longest there is, since its own deadline ends it sooner. */
export const FUNCTION_TIMEOUT = Duration.minutes(15);

/**
 * From the deadline until AWS CloudFormation stops waiting, in seconds: the task is stopped, its log read and the answer sent, even if
 * the function dies meanwhile and Lambda tries again, after one minute and after two more.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
const SPARE_SECONDS = 300;

/** How long AWS CloudFormation waits: just longer than the run may take. */
export function serviceTimeout(timeout: Duration): Duration {
  return Duration.seconds(Math.min(timeout.toSeconds() + SPARE_SECONDS, 3600));
}

/** The mode that suits a time-out. */
export function modeFor(timeout: Duration): WaitMode {
  return timeout.toSeconds() <= LONGEST_TIMEOUT[WaitMode.DIRECT].toSeconds() ? WaitMode.DIRECT : WaitMode.LONG;
}
