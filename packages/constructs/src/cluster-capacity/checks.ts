import { type Duration, Token } from 'aws-cdk-lib';
import { LONGEST_WINDOW, MOST_CALLS_A_SECOND } from './call-budget.js';
import type { ClusterCapacityProps } from './cluster-capacity-props.js';
import { followsEvents, MOST_MINUTES } from './host-scaling.js';
import { patienceProblems } from './patience-problems.js';
import { sizeProblems } from './size-problems.js';
import { isWhole, MOST_HOSTS } from './whole-number.js';

const MOST_HEADROOM = 10_000;

const LONGEST_GRACE_SECONDS = 3600;

/** As the function reads it. */
const NAMESPACE = /^(?!AWS\/)[A-Za-z0-9._/#-][A-Za-z0-9._/#:-]{0,254}$/;

/** What is wrong with the props: problems, each with its remedy. */
export function capacityProblems(props: ClusterCapacityProps): string[] {
  return [
    ...sizeProblems(props),
    ...scalingProblems(props),
    ...unknownProblems(props),
    ...numberProblems(props),
    ...readingProblems(props),
    ...patienceProblems(props),
  ];
}

/** What other numbers are reckoned from must be known when the app is synthesised. */
function unknownProblems({ clusterSize, ecsCallsPerSecond, batchingWindow, scaleIn }: ClusterCapacityProps): string[] {
  const numbers = { clusterSize, ecsCallsPerSecond, afterMinutes: scaleIn?.afterMinutes };
  const unknown = Object.entries(numbers).flatMap(([name, value]) => (Token.isUnresolved(value) ? [name] : []));
  return [...unknown, ...(batchingWindow?.isUnresolved() === true ? ['batchingWindow'] : [])].map(
    (name) => `${name} is known only to the deployment, but others follow from it: give it in plain numbers`,
  );
}

function scalingProblems(props: ClusterCapacityProps): string[] {
  const { autoScalingGroup, capacityProvider, capacityProviderName, readTasks, scaleIn, scaleOut } = props;
  const problems: string[] = [];
  if (autoScalingGroup !== undefined && capacityProvider !== undefined) {
    problems.push('autoScalingGroup and capacityProvider exclude one another, since the provider has a group: give one of them');
  }
  if (capacityProviderName !== undefined && autoScalingGroup === undefined)
    problems.push('capacityProviderName is that of autoScalingGroup: give it together with the group, and not with capacityProvider');
  if (capacityProviderName === '') problems.push('capacityProviderName is empty: give the name, or leave it out');
  const nothingToScale = autoScalingGroup === undefined && capacityProvider === undefined;
  if (nothingToScale && (scaleIn !== undefined || (scaleOut !== undefined && scaleOut !== false))) {
    problems.push('scaleIn and scaleOut have nothing to scale: give autoScalingGroup or capacityProvider');
  }
  if (followsEvents(scaleOut) && readTasks === false && scaleIn === undefined)
    problems.push('followEvents is about tasks that wait, but readTasks is false: leave one of them out');
  const { afterMinutes = 1, maxDraining = 1 } = scaleIn ?? {};
  if (!isWhole(afterMinutes, 1, MOST_MINUTES))
    problems.push(`afterMinutes is ${afterMinutes}: give a whole number of minutes from 1 to ${MOST_MINUTES}`);
  if (!isWhole(maxDraining, 1, MOST_HOSTS))
    problems.push(`maxDraining is ${maxDraining} hosts: give a whole number from 1 to ${MOST_HOSTS}`);
  return problems;
}

function numberProblems({ clusterSize = 1, batchingWindow, metricNamespace }: ClusterCapacityProps): string[] {
  const problems: string[] = [];
  if (!isWhole(clusterSize, 1, MOST_HOSTS))
    problems.push(`clusterSize is ${clusterSize} hosts: give a whole number from 1 to ${MOST_HOSTS}`);
  if (batchingWindow !== undefined && !isWindow(batchingWindow)) {
    problems.push(
      `batchingWindow is ${batchingWindow.toMilliseconds() / 1000} s: give whole seconds from 1 to ${LONGEST_WINDOW.toSeconds()}`,
    );
  }
  if (metricNamespace !== undefined && !Token.isUnresolved(metricNamespace) && !NAMESPACE.test(metricNamespace)) {
    problems.push(`metricNamespace is ${metricNamespace}: use 1 to 255 letters, digits and . - _ / # :, and begin with neither : nor AWS/`);
  }
  return problems;
}

function readingProblems({ discoverServices, hostType, ecsCallsPerSecond = 1, agentGracePeriod }: ClusterCapacityProps): string[] {
  const problems: string[] = [];
  const { headroom = 0 } = discoverServices ?? {};
  if (!isWhole(headroom, 0, MOST_HEADROOM))
    problems.push(`headroom of discovered services is ${headroom} tasks: give a whole number from 0 to ${MOST_HEADROOM}`);
  const { cpuUnits = 0, memoryMiB = 0, gpus = 0 } = hostType ?? {};
  for (const [name, value] of Object.entries({ cpuUnits, memoryMiB, gpus })) {
    if (!isWhole(value, 0, Number.MAX_SAFE_INTEGER)) problems.push(`${name} of hostType is ${value}: give a whole number, 0 or more`);
  }
  if (!Token.isUnresolved(ecsCallsPerSecond) && !(ecsCallsPerSecond > 0 && ecsCallsPerSecond <= MOST_CALLS_A_SECOND))
    problems.push(`ecsCallsPerSecond is ${ecsCallsPerSecond} calls: give more than 0, at most ${MOST_CALLS_A_SECOND}`);
  if (agentGracePeriod !== undefined && !agentGracePeriod.isUnresolved() && agentGracePeriod.toSeconds() > LONGEST_GRACE_SECONDS)
    problems.push(`agentGracePeriod is ${agentGracePeriod.toSeconds()} s: give at most ${LONGEST_GRACE_SECONDS} s`);
  return problems;
}

function isWindow(window: Duration): boolean {
  if (window.isUnresolved()) return true;
  // Lambda wants a second at least where a batch holds more than ten messages: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
  return isWhole(window.toMilliseconds() / 1000, 1, LONGEST_WINDOW.toSeconds());
}
