import { needsHost, type Task } from '@plimsoll/capacity-core';
import type { ScalingDecision } from './decide-scaling.js';

/** How many hosts a cluster needed: in one look at it, or the most in a minute of several. */
export interface HostDemand {
  /** Hosts that ran a task other than daemons, that waiting tasks and headroom needed, or that were short. Integer, at least 0. */
  readonly occupied: number;
  /** Hosts that no other could take the tasks of, and those short. Integer, 0 to `occupied`. */
  readonly needed: number;
}

/** What the demand is counted from. */
export interface HostDemandSources {
  /** Tasks of the cluster; hosts whose tasks are not known are not idle. */
  readonly tasks: readonly Task[];
  /** What was decided about its hosts. */
  readonly scaling: Pick<ScalingDecision, 'hostsShort' | 'activeHosts'> & {
    readonly drainable: Pick<ScalingDecision['drainable'], 'containerInstanceArns'>;
  };
}

/**
 * Counts the hosts that a cluster needs now, with and without moving tasks. Pure.
 *
 * What boots is in the count already: it was short when it was asked for.
 */
export function hostDemand({ tasks, scaling }: HostDemandSources): HostDemand {
  const { hostsShort, activeHosts, drainable } = scaling;
  const wanted = activeHosts + hostsShort;
  return {
    occupied: wanted - idleHosts(drainable.containerInstanceArns, tasks).size,
    needed: wanted - drainable.containerInstanceArns.length,
  };
}

/** Those of the hosts that run no task but daemons, by ARN: nothing has to move off them. */
export function idleHosts(containerInstanceArns: readonly string[], tasks: readonly Task[]): ReadonlySet<string> {
  const idle = new Set(containerInstanceArns);
  for (const task of tasks) {
    if (task.containerInstanceArn !== undefined && !task.daemon && needsHost(task)) idle.delete(task.containerInstanceArn);
  }
  return idle;
}
