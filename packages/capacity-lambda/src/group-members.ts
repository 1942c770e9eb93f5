import { type AutoScalingClient, type AutoScalingInstanceDetails, DescribeAutoScalingInstancesCommand } from '@aws-sdk/client-auto-scaling';
import type { Host } from '@plimsoll/capacity-core';
import { ScaleInError } from './fault.js';

/**
 * Most instances of one call.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingInstances.html (`InstanceIds`)
 */
export const MOST_INSTANCES = 50;

/** Hosts that may go as far as ECS knows, and the group they are to go from. */
export interface GroupQuestion {
  /** The hosts, the first to go first; those beyond the fiftieth are not asked for. */
  readonly hosts: readonly Host[];
  /** Name of the group. */
  readonly autoScalingGroupName: string;
  /** Ends the work. */
  readonly abortSignal: AbortSignal;
}

/** Why Auto Scaling is not to be asked to remove a host. */
export type Unremovable =
  /** It is in another group, or in none. */
  | 'OTHER_GROUP'
  /** It was told to go already, by whom ever: told twice, it could lower the desired count twice. */
  | 'GOING'
  /** It is on its way in, or on standby. */
  | 'NOT_IN_SERVICE'
  /** It is protected from scale-in. */
  | 'PROTECTED';

/**
 * Asks Auto Scaling which of the hosts are not to be removed, and why not.
 *
 * @throws ScaleInError when it does not answer
 */
export async function unremovableHosts(
  autoScaling: Pick<AutoScalingClient, 'send'>,
  { hosts, autoScalingGroupName, abortSignal }: GroupQuestion,
): Promise<ReadonlyMap<string, Unremovable>> {
  const asked = hosts.slice(0, MOST_INSTANCES);
  const InstanceIds = asked.flatMap(({ ec2InstanceId }) => ec2InstanceId ?? []);
  let found: readonly AutoScalingInstanceDetails[];
  try {
    ({ AutoScalingInstances: found = [] } = await autoScaling.send(
      new DescribeAutoScalingInstancesCommand({ InstanceIds, MaxRecords: MOST_INSTANCES }),
      { abortSignal },
    ));
  } catch (cause) {
    abortSignal.throwIfAborted();
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new ScaleInError(`DescribeAutoScalingInstances of ${InstanceIds.length} hosts failed: ${reason}`, { cause });
  }
  const byId = new Map(found.map((instance) => [instance.InstanceId, instance]));
  return new Map(
    asked.flatMap(({ containerInstanceArn, ec2InstanceId }) => {
      const why = unremovable(byId.get(ec2InstanceId), autoScalingGroupName);
      return why === undefined ? [] : [[containerInstanceArn, why] as const];
    }),
  );
}

function unremovable(instance: AutoScalingInstanceDetails | undefined, autoScalingGroupName: string): Unremovable | undefined {
  if (instance?.AutoScalingGroupName !== autoScalingGroupName) return 'OTHER_GROUP';
  if (instance.LifecycleState?.startsWith('Terminating') === true) return 'GOING';
  if (instance.LifecycleState !== 'InService') return 'NOT_IN_SERVICE';
  return instance.ProtectedFromScaleIn === true ? 'PROTECTED' : undefined;
}
