import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  callsToFollowEvents,
  callsToReadEachMinute,
  MOST_CALLS_A_SECOND,
  minutesBetweenReadings,
  type ReadingSize,
} from './call-budget.js';

/** Where the budget does not let the cluster be read each minute, or for events, all that scales by it comes late. */
export function warnOfRareReadings(scope: Construct, size: ReadingSize, followsEvents: boolean): void {
  const { hosts, callsASecond, readsTasks } = size;
  const budget = `at ${callsASecond} calls a second ${hosts} hosts${readsTasks ? ', ten tasks on each,' : ''} are read`;
  const raise = (calls: number) =>
    `set ecsCallsPerSecond to ${calls}, of the account's ${MOST_CALLS_A_SECOND}, or clusterSize to what the cluster grows to`;
  const minutes = minutesBetweenReadings(size);
  if (minutes > 1) {
    const rare = `each ${minutes} minutes, and no sooner are hosts added or removed`;
    Annotations.of(scope).addWarningV2('plimsoll:rareReadings', `${budget} ${rare}: ${raise(callsToReadEachMinute(size))}`);
  }
  const calls = callsToFollowEvents(size);
  if (!followsEvents || calls <= callsASecond) return;
  const late = 'for events no sooner than by the schedule, so that followEvents gains nothing';
  const remedy = calls > MOST_CALLS_A_SECOND ? 'set clusterSize to what the cluster grows to, or leave followEvents out' : raise(calls);
  Annotations.of(scope).addWarningV2('plimsoll:eventsWait', `${budget} ${late}: ${remedy}`);
}
