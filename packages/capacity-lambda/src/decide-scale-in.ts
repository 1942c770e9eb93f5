import type { Host } from '@plimsoll/capacity-core';
import type { ScaleInConfiguration } from './configuration/scaling-variables.js';
import type { ScalingDecision } from './decide-scaling.js';

/** State of a CloudWatch alarm; absent where there is no such alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | undefined;

/** What scale-in is decided from. */
export interface ScaleInObservation {
  /** When and how hosts are removed. */
  readonly configuration: ScaleInConfiguration;
  /** State of the alarm that says hosts have been drainable for long enough. */
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
}

/** Why no host is removed. */
export type ScaleInHindrance =
  /** The alarm is not in ALARM: hosts have not been drainable for long enough. */
  | 'ALARM_NOT_RAISED'
  /** Hosts are missing, or something waits that no host makes room for. */
  | 'HOSTS_SHORT'
  /** As many hosts are draining as may. */
  | 'ENOUGH_DRAINING'
  /** Something is unknown, so that a task might find no room. */
  | 'NOT_PROVED'
  /** Auto Scaling refused a removal within the last five minutes: its group may be at its minimum. */
  | 'REFUSED_LATELY'
  /** Auto Scaling does not have the host in service in the group, or protects it: it is left alone for a while, and others are named. */
  | 'NOT_REMOVABLE'
  /** No host can be emptied, or none that Auto Scaling can remove. */
  | 'NONE_DRAINABLE';

/** What to do. */
export type ScaleInDecision =
  | { readonly kind: 'stay'; readonly because: ScaleInHindrance }
  | { readonly kind: 'remove'; readonly host: Host; readonly ec2InstanceId: string };

/** Whether the function would remove a host if the alarm said so: asks nothing of CloudWatch before that is clear. */
export function isRemovable(observation: Omit<ScaleInObservation, 'alarmState'>): ScaleInDecision {
  const { configuration, hosts, scaling, going } = observation;
  const stay = (because: ScaleInHindrance): ScaleInDecision => ({ kind: 'stay', because });
  if (scaling.hostsShort > 0 || scaling.unplaceable.length > 0) return stay('HOSTS_SHORT');
  const draining = hosts.filter((host) => host.status === 'DRAINING' || going.has(host.ec2InstanceId ?? '')).length;
  if (draining >= configuration.maxDraining) return stay('ENOUGH_DRAINING');
  const { containerInstanceArns: drainable, precision } = scaling.drainable;
  if (drainable.length > 0 && precision !== 'exact') return stay('NOT_PROVED');
  // Only the first: the others are proved to be drainable after it, not in its place.
  const first = hosts.find(({ containerInstanceArn }) => containerInstanceArn === drainable[0]);
  if (first?.ec2InstanceId === undefined) return stay('NONE_DRAINABLE');
  return observation.paused === true ? stay('REFUSED_LATELY') : { kind: 'remove', host: first, ec2InstanceId: first.ec2InstanceId };
}

/**
 * Decides whether a host goes, and which. Pure.
 *
 * Never while hosts are short, never more at once than allowed, never one whose tasks are not proved to find room elsewhere.
 */
export function decideScaleIn(observation: ScaleInObservation): ScaleInDecision {
  const decision = isRemovable(observation);
  if (decision.kind === 'stay' || observation.alarmState === 'ALARM') return decision;
  return { kind: 'stay', because: 'ALARM_NOT_RAISED' };
}
