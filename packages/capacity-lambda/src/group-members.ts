import { type AutoScalingClient, type AutoScalingInstanceDetails, DescribeAutoScalingInstancesCommand } from '@aws-sdk/client-auto-scaling';
import type { Host } from '@plimsoll/capacity-core';
import { ScaleInError } from './fault.js';

/**
 * Most instances of one call.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingInstances.html (`InstanceIds`)
 */
export const MOST_INSTANCES = 50;

/** Hosts that are active as far as ECS knows, and the group that some are to go from. */
export interface GroupQuestion {
  /** The hosts; those that are no EC2 instances are not asked for. */
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
  /** It was told to go already, by whom ever and from whichever group: told twice, it could lower the desired count twice. */
  | 'GOING'
  /** It is on its way in, or on standby. */
  | 'NOT_IN_SERVICE'
  /** It is protected from scale-in. */
  | 'PROTECTED';

/**
 * Asks Auto Scaling which of the hosts are not to be removed, and why not: in one call for each fifty.
 *
 * @throws ScaleInError when it does not answer
 */
export async function unremovableHosts(
  autoScaling: Pick<AutoScalingClient, 'send'>,
  { hosts, autoScalingGroupName, abortSignal }: GroupQuestion,
): Promise<ReadonlyMap<string, Unremovable>> {
  const asked = hosts.filter(({ ec2InstanceId = '' }) => ec2InstanceId.startsWith('i-'));
  const instances = new Map<string | undefined, AutoScalingInstanceDetails>();
  for (let start = 0; start < asked.length; start += MOST_INSTANCES) {
    const ids = asked.slice(start, start + MOST_INSTANCES).flatMap(({ ec2InstanceId }) => ec2InstanceId ?? []);
    for (const instance of await describe(autoScaling, ids, abortSignal)) instances.set(instance.InstanceId, instance);
  }
  return new Map(
    asked.flatMap(({ containerInstanceArn, ec2InstanceId }) => {
      const why = unremovable(instances.get(ec2InstanceId), autoScalingGroupName);
      return why === undefined ? [] : [[containerInstanceArn, why] as const];
    }),
  );
}

async function describe(
  autoScaling: Pick<AutoScalingClient, 'send'>,
  ids: readonly string[],
  abortSignal: AbortSignal,
): Promise<readonly AutoScalingInstanceDetails[]> {
  try {
    const command = new DescribeAutoScalingInstancesCommand({ InstanceIds: [...ids], MaxRecords: MOST_INSTANCES });
    const { AutoScalingInstances = [] } = await autoScaling.send(command, { abortSignal });
    return AutoScalingInstances;
  } catch (cause) {
    abortSignal.throwIfAborted();
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new ScaleInError(`DescribeAutoScalingInstances of ${ids.length} hosts failed: ${reason}`, { cause });
  }
}

function unremovable(instance: AutoScalingInstanceDetails | undefined, autoScalingGroupName: string): Unremovable | undefined {
  if (instance?.LifecycleState?.startsWith('Terminat') === true) return 'GOING';
  if (instance?.AutoScalingGroupName !== autoScalingGroupName) return 'OTHER_GROUP';
  if (instance.LifecycleState !== 'InService') return 'NOT_IN_SERVICE';
  return instance.ProtectedFromScaleIn === true ? 'PROTECTED' : undefined;
}
