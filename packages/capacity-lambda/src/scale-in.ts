import { type AutoScalingClient, TerminateInstanceInAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { type CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { ScaleInConfiguration } from './configuration/scaling-variables.js';
import type { ClusterDecision } from './decide-cluster.js';
import {
  type AlarmState,
  decideScaleIn,
  type HostRemoval,
  isRemovable,
  type ScaleInDecision,
  type ScaleInObservation,
} from './decide-scale-in.js';
import { dispensableHosts, type ScaleInPatience } from './dispensable-hosts.js';
import { DemandReadError, describeFault, ScaleInError } from './fault.js';
import { MOST_INSTANCES, unremovableHosts } from './group-members.js';
import type { CapacityLogger } from './logger.js';
import { readDemandHistory } from './read-demand-history.js';
import type { RecentRemovals } from './recent-removals.js';

/** What scale-in works with. */
export interface ScaleInDependencies {
  /** Tells the state of the alarm, or what the last minutes needed. */
  readonly cloudWatch: Pick<CloudWatchClient, 'send'>;
  /** Removes hosts. */
  readonly autoScaling: Pick<AutoScalingClient, 'send'>;
  /** Takes the log. */
  readonly logger: CapacityLogger;
  /** What this execution environment removed, or could not. */
  readonly removals: RecentRemovals;
}

/** A cluster whose hosts may be too many. */
export interface ScaleInOptions {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** When and how hosts are removed. */
  readonly configuration: ScaleInConfiguration;
  /** CloudWatch namespace of the metrics. */
  readonly namespace: string;
  /** What was decided about the cluster just now. */
  readonly decision: ClusterDecision;
  /** When it was read, in milliseconds since 1970. */
  readonly readAtMillis: number;
  /** Now, in milliseconds since 1970. */
  readonly nowMillis: number;
  /** Ends the work. */
  readonly abortSignal: AbortSignal;
}

/**
 * Removes hosts, no more than may drain at once, if the alarm has said for long enough that they can go, or with patience as many as the last
 * minutes did not need; logs what it did or why not.
 *
 * A host is terminated through Auto Scaling with the desired count lowered, which refuses below the group's minimum; the capacity
 * provider's managed draining moves the tasks. A refusal is logged, and no other host tried for a while.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_TerminateInstanceInAutoScalingGroup.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/enable-managed-instance-draining.html
 * @throws ScaleInError when the alarm or the instances of the group cannot be read
 */
export async function scaleIn(dependencies: ScaleInDependencies, options: ScaleInOptions): Promise<ScaleInDecision> {
  const { configuration, decision, nowMillis } = options;
  const observation = {
    configuration,
    hosts: decision.hosts,
    scaling: decision.scaling,
    going: dependencies.removals.going(nowMillis),
    paused: dependencies.removals.isPaused(nowMillis),
  };
  const candidate = isRemovable(observation);
  const decided = candidate.kind === 'stay' ? candidate : await decideByPast(dependencies, options, observation);
  const scaled = decided.kind === 'stay' ? decided : await confirm(dependencies, options, decided);
  await act(dependencies, options, scaled);
  return scaled;
}

async function decideByPast(
  dependencies: ScaleInDependencies,
  options: ScaleInOptions,
  observation: Omit<ScaleInObservation, 'alarmState'>,
): Promise<ScaleInDecision> {
  const { patience, alarmName = '' } = options.configuration;
  if (patience === undefined) return decideScaleIn({ ...observation, alarmState: await readAlarm(dependencies, options, alarmName) });
  try {
    const dispensable = await countDispensable(dependencies, options, patience);
    return decideScaleIn({ ...observation, alarmState: undefined, dispensable });
  } catch (error) {
    // The metrics are published, and the next minute asks again: nothing that a message should come back for.
    if (!(error instanceof DemandReadError)) throw error;
    dependencies.logger.error('demand not read', { cluster: options.clusterName, error: describeFault(error) });
    return { kind: 'stay', because: 'DEMAND_UNKNOWN' };
  }
}

async function countDispensable({ cloudWatch }: ScaleInDependencies, options: ScaleInOptions, patience: ScaleInPatience): Promise<number> {
  const { decision } = options;
  const { idleMinutes, surplusMinutes, occupiedMinutes } = patience;
  const minutes = Math.max(idleMinutes, surplusMinutes, occupiedMinutes);
  const history = await readDemandHistory(cloudWatch, { ...options, minutes, present: decision.demand });
  return dispensableHosts({
    drainable: decision.scaling.drainable.containerInstanceArns,
    idle: decision.idleHosts,
    activeHosts: decision.scaling.activeHosts,
    history,
    patience,
  });
}

async function readAlarm({ cloudWatch }: ScaleInDependencies, { abortSignal }: ScaleInOptions, alarmName: string): Promise<AlarmState> {
  try {
    const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [alarmName] }), {
      abortSignal,
    });
    return MetricAlarms[0]?.StateValue;
  } catch (cause) {
    abortSignal.throwIfAborted();
    throw new ScaleInError(`DescribeAlarms of ${alarmName} failed: ${reasonOf(cause)}`, { cause });
  }
}

/**
 * Removes hosts only if Auto Scaling has them in service in the group; those that are not to be removed are left alone for a while.
 *
 * What follows such a host in the order stays, too: it was proved to be drainable only after it. And nothing goes while any host that
 * ECS shows active is on its way out, by whomever it was told: its room was counted for the tasks of others.
 */
async function confirm(
  { autoScaling, logger, removals }: ScaleInDependencies,
  { clusterName: cluster, configuration, decision, nowMillis, abortSignal }: ScaleInOptions,
  removal: ScaleInDecision & { readonly kind: 'remove' },
): Promise<ScaleInDecision> {
  const { autoScalingGroupName } = configuration;
  const hosts = decision.hosts.filter(({ status }) => status === 'ACTIVE');
  const unremovable = await unremovableHosts(autoScaling, { hosts, autoScalingGroupName, abortSignal });
  const going = hosts.filter(({ containerInstanceArn }) => unremovable.get(containerInstanceArn) === 'GOING');
  for (const { ec2InstanceId = '' } of going) removals.removed(ec2InstanceId, nowMillis);
  for (const arn of decision.scaling.drainable.containerInstanceArns) {
    if (unremovable.has(arn) && unremovable.get(arn) !== 'GOING') removals.unfit(arn, nowMillis);
  }
  if (going.length > 0) {
    logger.info('hosts on their way out', {
      cluster,
      ec2InstanceIds: going.map(({ ec2InstanceId }) => ec2InstanceId),
      autoScalingGroupName,
    });
    return { kind: 'stay', because: 'ENOUGH_DRAINING' };
  }
  const wanted: readonly HostRemoval[] = [removal, ...removal.others].slice(0, MOST_INSTANCES);
  const stopper = wanted.find(({ host }) => unremovable.has(host.containerInstanceArn));
  if (stopper === undefined) return { ...removal, others: wanted.slice(1) };
  const { containerInstanceArn } = stopper.host;
  const because = unremovable.get(containerInstanceArn);
  logger.warn('host not removable', { cluster, containerInstanceArn, autoScalingGroupName, because, alike: unremovable.size });
  if (stopper.host === removal.host) return { kind: 'stay', because: 'NOT_REMOVABLE' };
  return { ...removal, others: wanted.slice(1, wanted.indexOf(stopper)) };
}

async function act(dependencies: ScaleInDependencies, options: ScaleInOptions, scaled: ScaleInDecision): Promise<void> {
  const { clusterName: cluster } = options;
  if (scaled.kind === 'stay') return dependencies.logger.info('no host removed', { cluster, because: scaled.because });
  for (const removal of [scaled, ...scaled.others]) if (!(await remove(dependencies, options, removal))) return;
}

/** Removes a host; `false` where Auto Scaling refused, as it would refuse the next. */
async function remove(
  { autoScaling, logger, removals }: ScaleInDependencies,
  { clusterName: cluster, configuration, nowMillis, abortSignal }: ScaleInOptions,
  { ec2InstanceId, host }: HostRemoval,
): Promise<boolean> {
  const { autoScalingGroupName, dryRun } = configuration;
  const fields = { cluster, ec2InstanceId, containerInstanceArn: host.containerInstanceArn, autoScalingGroupName };
  if (dryRun) {
    logger.info('host would be removed', { ...fields, because: 'dry run' });
    return true;
  }
  try {
    const command = new TerminateInstanceInAutoScalingGroupCommand({ InstanceId: ec2InstanceId, ShouldDecrementDesiredCapacity: true });
    await autoScaling.send(command, { abortSignal });
  } catch (error) {
    abortSignal.throwIfAborted();
    removals.refused(host.containerInstanceArn, nowMillis);
    logger.warn('host not removed', { ...fields, error: describeFault(error) });
    return false;
  }
  removals.removed(ec2InstanceId, nowMillis);
  logger.info('host removed', fields);
  return true;
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
