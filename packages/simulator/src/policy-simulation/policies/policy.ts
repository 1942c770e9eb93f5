import type { Daemon, TaskDemand, TaskSize } from '@plimsoll/capacity-core';
import type { AutoScalingGroup } from '../model/auto-scaling-group.js';
import type { SimulatedCluster } from '../model/cluster.js';
import type { WantedService } from '../model/service-scheduler.js';
import type { CompleteSettings } from '../settings.js';

/** What a policy sees and acts on. */
export interface PolicyContext {
  readonly cluster: SimulatedCluster;
  readonly group: AutoScalingGroup;
  readonly settings: CompleteSettings;
  /** Tasks that services want and have not asked ECS for. */
  readonly missing: () => readonly TaskDemand[];
  /** What each service wants now; daemons are not among them. */
  readonly services: () => readonly WantedService[];
  /** What daemon services start on each host. */
  readonly daemons: readonly Daemon[];
  /** Sizes whose headroom is to be kept. */
  readonly headroom: readonly TaskSize[];
  /** The present moment, in milliseconds. */
  readonly now: () => number;
}

/** What a policy made of a minute. */
export interface PolicyMinute {
  /** The policy's own figure, for charts; absent where it has none. */
  readonly figure?: number | undefined;
  /** Whether that figure says that no host is missing; absent where the policy says nothing of it. */
  readonly saysEnough?: boolean | undefined;
}

/** A policy at work on one cluster. */
export interface RunningPolicy {
  /** Ends a minute: publishes its figure, lets its alarms look at it, and acts. */
  minute(): PolicyMinute;
  /** Ends ten seconds, but for those that a minute ends with; absent where it looks at minutes only. */
  readonly between?: (() => void) | undefined;
}

/** A way to scale hosts. */
export interface ScalingPolicy {
  /** Names it in reports. */
  readonly name: string;
  /**
   * How long a host may drain before it is terminated whatever it runs, in seconds; 0 terminates at once.
   *
   * @default 172800, ECS's 48 hours of managed draining
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-draining.html
   */
  readonly drainSeconds?: number;
  /** Whether hosts are protected from scale-in until the policy says otherwise. */
  readonly protectsHosts?: boolean;
  /** Hosts that the group has at least and at most, where the policy sets them. */
  readonly fixedHosts?: number;
  /** Puts it to work. */
  start(context: PolicyContext): RunningPolicy;
}
