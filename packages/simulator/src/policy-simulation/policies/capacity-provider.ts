import { emptyRoomOf, fits, type HostType, placementContext, type TaskSize } from '@plimsoll/capacity-core';
import { MetricAlarm } from '../model/metric-alarm.js';
import type { PolicyContext, RunningPolicy, ScalingPolicy } from './policy.js';

/** Settings of managed scaling; see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ManagedScaling.html. */
export interface ManagedScaling {
  /** Percent, 1 to 100. @default 100 */
  readonly targetCapacity?: number;
  /** Hosts, 1 to 10,000. @default 1 */
  readonly minimumScalingStepSize?: number;
  /** Hosts, 1 to 10,000. @default 10000 */
  readonly maximumScalingStepSize?: number;
  /** Seconds, 0 to 10,000. @default 300 */
  readonly instanceWarmupSeconds?: number;
  /**
   * Whether only hosts without tasks are terminated (managed termination protection).
   *
   * @default true
   */
  readonly protectsBusyHosts?: boolean;
}

/** Minutes that the low alarm looks at, all of which must breach. */
const SCALE_IN_MINUTES = 15;
/** Hosts by which a product of percentages may be off: far more than doubles lose, far less than a host. */
const ROUNDING = 1e-6;

/**
 * An Amazon ECS capacity provider with managed scaling, as documented: CapacityProviderReservation = M / N × 100 each minute.
 *
 * M is N and what unplaced tasks need, by groups of the same needs, each group packed by itself and the largest count taken, clamped to
 * the step sizes; without unplaced tasks it is the hosts that run a task that is no daemon. From no host it asks for two. Scale-out
 * waits while any instance is within its warm-up of its launch. Scale-in after 15 minutes below the target, at most half the group.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-scaling-behavior.html
 * @see https://aws.amazon.com/blogs/containers/faster-scaling-in-for-amazon-ecs-cluster-auto-scaling/
 */
export function capacityProviderPolicy(scaling: ManagedScaling = {}): ScalingPolicy {
  const complete: Required<ManagedScaling> = {
    targetCapacity: 100,
    minimumScalingStepSize: 1,
    maximumScalingStepSize: 10_000,
    instanceWarmupSeconds: 300,
    protectsBusyHosts: true,
    ...scaling,
  };
  return {
    name: 'capacity-provider',
    protectsHosts: complete.protectsBusyHosts,
    start: (context) => new ProviderAtWork(context, complete),
  };
}

class ProviderAtWork implements RunningPolicy {
  readonly #high: MetricAlarm;
  readonly #low: MetricAlarm;
  #seen = -1;
  #reservation = 100;

  public constructor(
    private readonly context: PolicyContext,
    private readonly scaling: Required<ManagedScaling>,
  ) {
    const threshold = scaling.targetCapacity;
    this.#high = new MetricAlarm({ comparison: '>', threshold, evaluationPeriods: 1 });
    this.#low = new MetricAlarm({ comparison: '<', threshold, evaluationPeriods: SCALE_IN_MINUTES });
  }

  public minute(): { readonly figure: number; readonly saysEnough: boolean } {
    const { cluster } = this.context;
    // What the group launches changes N, and is told to no one.
    const seen = cluster.changes + this.context.group.desired * 2 ** 32;
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#reservation = this.#reserve();
    }
    const isHigh = this.#high.period(this.#reservation) === 'ALARM';
    const isLow = this.#low.period(this.#reservation) === 'ALARM';
    if (isHigh) this.#scaleOut();
    else if (isLow) this.#scaleIn();
    return { figure: this.#reservation, saysEnough: this.#reservation <= this.scaling.targetCapacity };
  }

  #reserve(): number {
    const { cluster, group } = this.context;
    const count = group.members.length;
    const short = cluster.waiting.count === 0 ? 0 : this.#hostsForWaiting();
    if (short > 0 && count === 0) return 200;
    if (short > 0) return ((count + this.#clamped(short)) / count) * 100;
    if (count === 0) return 100;
    const busy = cluster.active.reduce((sum, { ownTasks }) => sum + (ownTasks > 0 ? 1 : 0), 0);
    // A host that boots may be what a task is waiting for; it counts as empty once it has registered.
    const booting = group.members.reduce((sum, { state }) => sum + (state === 'LAUNCHING' || state === 'BOOTED' ? 1 : 0), 0);
    return ((busy + booting) / count) * 100;
  }

  #clamped(hosts: number): number {
    return Math.min(this.scaling.maximumScalingStepSize, Math.max(this.scaling.minimumScalingStepSize, hosts));
  }

  /** The most that any group of like tasks needs, on hosts of the largest type; one that the smallest does not hold is left out. */
  #hostsForWaiting(): number {
    const groups = new Map<string, { readonly size: TaskSize; tasks: number }>();
    for (const { size } of this.context.cluster.waiting.all()) {
      const key = needsOf(size);
      const group = groups.get(key) ?? { size, tasks: 0 };
      group.tasks += 1;
      groups.set(key, group);
    }
    let most = 0;
    for (const { size, tasks } of groups.values()) {
      const copies = this.context.settings.hostTypes.map((type) => copiesOn(type, size));
      if (Math.min(...copies) < 1) continue;
      // A task that asks for nothing fits without end, and still needs a host.
      most = Math.max(most, 1, Math.ceil(tasks / Math.max(...copies)));
    }
    return most;
  }

  #scaleOut(): void {
    const { group, now } = this.context;
    const since = now() - this.scaling.instanceWarmupSeconds * 1000;
    if (group.members.some(({ launchedMillis }) => launchedMillis > since)) return;
    const count = group.members.length;
    const wanted = count === 0 ? 2 : this.#wanted(count);
    if (wanted > group.desired) group.setDesired(wanted);
  }

  /** Hosts for the reservation to meet its target. A percentage has lost its last digits, and must not cost a host for it: 5 of 6 is 83.3… %. */
  #wanted(count: number): number {
    return Math.ceil((count * this.#reservation) / this.scaling.targetCapacity - ROUNDING);
  }

  #scaleIn(): void {
    const { group, now } = this.context;
    // Scale-in is blocked until new instances have finished to warm up.
    const since = now() - this.scaling.instanceWarmupSeconds * 1000;
    if (group.members.some(({ launchedMillis }) => launchedMillis > since)) return;
    const count = group.members.length;
    const wanted = this.#wanted(count);
    const least = Math.floor(count / 2);
    for (const host of group.members) host.isProtected = this.scaling.protectsBusyHosts && host.ownTasks > 0;
    group.setDesired(Math.max(wanted, least));
    for (const host of group.members) host.isProtected = this.scaling.protectsBusyHosts;
  }
}

/** Tasks are grouped that ask for exactly the same, whosever they are. */
function needsOf({ name: _, headroom: __, group: ___, ...needs }: TaskSize): string {
  return JSON.stringify(needs);
}

function copiesOn(type: HostType, size: TaskSize): number {
  const host = {
    containerInstanceArn: type.name,
    status: 'ACTIVE',
    agentConnected: true,
    attributes: type.attributes ?? [],
    version: 0,
    registered: type.resources,
    remaining: type.resources,
  };
  return fits(emptyRoomOf(host, placementContext({ tasks: [] })), size).copies;
}
