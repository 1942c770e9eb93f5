import type { Host } from '@plimsoll/capacity-core';
import type { ScaleInConfiguration } from './configuration/scaling-variables.js';
import type { ScalingDecision } from './decide-scaling.js';

/** State of a CloudWatch alarm; absent where there is no such alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | undefined;

/** What scale-in is decided from. */
export interface ScaleInObservation {
  /** When and how hosts are removed. */
  readonly configuration: ScaleInConfiguration;
  /** State of the alarm that says hosts have been drainable for long enough; of no account where the configuration has patience. */
  readonly alarmState: AlarmState;
  /** The hosts, each in its newest record. */
  readonly hosts: readonly Host[];
  /** What was decided about them. */
  readonly scaling: ScalingDecision;
  /** EC2 ids of hosts that were told to go lately, though ECS may not show it yet. */
  readonly going: ReadonlySet<string>;
  /**
   * Whether Auto Scaling refused a removal so lately that none is tried.
   *
   * @default false
   */
  readonly paused?: boolean;
  /**
   * How many of the drainable hosts may go at most, the first of them: those that `dispensableHosts` found not to be needed lately.
   *
   * @default all that are drainable; none where the configuration has patience
   */
  readonly dispensable?: number;
}

/** Why no host is removed. */
export type ScaleInHindrance =
  /** The alarm is not in ALARM: hosts have not been drainable for long enough. */
  | 'ALARM_NOT_RAISED'
  /** Hosts are missing, or something waits that no host makes room for. */
  | 'HOSTS_SHORT'
  /** As many hosts are draining as may, or one that was told to go is shown active yet: its room still counts, so nothing else is proved. */
  | 'ENOUGH_DRAINING'
  /** Something is unknown, so that a task might find no room. */
  | 'NOT_PROVED'
  /** Auto Scaling refused a removal within the last five minutes: its group may be at its minimum. */
  | 'REFUSED_LATELY'
  /** Auto Scaling does not have the first host in service in the group, or protects it: it is left alone for a while, and others are named. */
  | 'NOT_REMOVABLE'
  /** Hosts can be emptied, and were needed not long ago, or too little is known of the last minutes. */
  | 'NEEDED_LATELY'
  /** Hosts can be emptied, and what the last minutes needed could not be read. */
  | 'DEMAND_UNKNOWN'
  /** No host can be emptied, or none that Auto Scaling can remove. */
  | 'NONE_DRAINABLE';

/** A host to remove. */
export interface HostRemoval {
  /** The host. */
  readonly host: Host;
  /** Its EC2 instance. */
  readonly ec2InstanceId: string;
}

/** What to do. */
export type ScaleInDecision =
  | { readonly kind: 'stay'; readonly because: ScaleInHindrance }
  | ({
      readonly kind: 'remove';
      /** What goes after the first, in order; each is proved to be drainable once those before it are gone. */
      readonly others: readonly HostRemoval[];
    } & HostRemoval);

/** Whether the function would remove hosts if the alarm, or what was needed lately, said so: asks nothing of CloudWatch before that is clear. */
export function isRemovable(observation: Omit<ScaleInObservation, 'alarmState'>): ScaleInDecision {
  const { configuration, hosts, scaling, going, dispensable = Number.POSITIVE_INFINITY } = observation;
  const stay = (because: ScaleInHindrance): ScaleInDecision => ({ kind: 'stay', because });
  if (scaling.hostsShort > 0 || scaling.unplaceable.length > 0) return stay('HOSTS_SHORT');
  const isGoing = hosts.some((host) => host.status === 'ACTIVE' && going.has(host.ec2InstanceId ?? ''));
  const draining = hosts.filter(({ status }) => status === 'DRAINING').length;
  if (isGoing || draining >= configuration.maxDraining) return stay('ENOUGH_DRAINING');
  const { containerInstanceArns: drainable, precision } = scaling.drainable;
  if (drainable.length > 0 && precision !== 'exact') return stay('NOT_PROVED');
  if (drainable.length > 0 && dispensable < 1) return stay('NEEDED_LATELY');
  // As many as may drain, in their order: each is proved to be drainable after those before it, not in their place.
  const [first, ...others] = removalsOf(hosts, drainable.slice(0, Math.min(dispensable, configuration.maxDraining - draining)));
  if (first === undefined) return stay('NONE_DRAINABLE');
  return observation.paused === true ? stay('REFUSED_LATELY') : { kind: 'remove', ...first, others };
}

/** Up to the first that is no EC2 instance: what follows is proved only after it. */
function removalsOf(hosts: readonly Host[], arns: readonly string[]): readonly HostRemoval[] {
  const wanted = new Set(arns);
  const found = new Map(
    hosts.flatMap((host) => (wanted.has(host.containerInstanceArn) ? [[host.containerInstanceArn, host] as const] : [])),
  );
  const removals: HostRemoval[] = [];
  for (const arn of arns) {
    const host = found.get(arn);
    if (host?.ec2InstanceId === undefined) break;
    removals.push({ host, ec2InstanceId: host.ec2InstanceId });
  }
  return removals;
}

/**
 * Decides whether hosts go, and which. Pure.
 *
 * As many at once as may drain, so that a cluster that is far too large does not take an hour to shrink. Never while hosts are short, never more at once than allowed, never one whose tasks are not proved to find room elsewhere.
 */
export function decideScaleIn(observation: ScaleInObservation): ScaleInDecision {
  const { configuration, alarmState, dispensable } = observation;
  if (configuration.patience !== undefined) return isRemovable({ ...observation, dispensable: dispensable ?? 0 });
  const decision = isRemovable(observation);
  if (decision.kind === 'stay' || alarmState === 'ALARM') return decision;
  return { kind: 'stay', because: 'ALARM_NOT_RAISED' };
}
