import { pooledCapacity, type TaskSize } from '@plimsoll/capacity-core';
import { MetricAlarm } from '../model/metric-alarm.js';
import type { PolicyContext, RunningPolicy, ScalingPolicy } from './policy.js';

/** Seconds that a simple scaling policy of the book waits after each activity. */
const COOLDOWN_SECONDS = 600;
/** Heartbeat of the book's lifecycle hook: then the instance is terminated, whatever it runs. */
const DRAIN_SECONDS = 900;

/**
 * The policy of "Docker on Amazon Web Services": the formula over sums, one alarm each way, one host at a time.
 *
 * Alarms of one period of a minute: ContainerCapacity < 1 adds a host, IdleHostCapacity > 1 removes one, which Auto Scaling chooses;
 * simple scaling with a cooldown of 600 s. A lifecycle hook drains it, and after 900 s terminates it whatever it runs. With no host
 * the formula's idle hosts are 0.
 *
 * @param reserved - the size that is to fit once more; the book has one application and takes its largest container
 */
export function bookPolicy(reserved: TaskSize): ScalingPolicy {
  return { name: 'book', drainSeconds: DRAIN_SECONDS, start: (context) => new BookAtWork(context, reserved) };
}

class BookAtWork implements RunningPolicy {
  readonly #out = new MetricAlarm({ comparison: '<', threshold: 1, evaluationPeriods: 1, treatMissingData: 'ignore' });
  readonly #in = new MetricAlarm({ comparison: '>', threshold: 1, evaluationPeriods: 1, treatMissingData: 'ignore' });
  #seen = -1;
  #capacity = 0;
  #idle = 0;

  public constructor(
    private readonly context: PolicyContext,
    private readonly reserved: TaskSize,
  ) {}

  public minute(): { readonly figure: number; readonly saysEnough: boolean } {
    const { cluster, group } = this.context;
    if (cluster.changes !== this.#seen) {
      this.#seen = cluster.changes;
      const pooled = pooledCapacity(cluster.hostViews(), [this.reserved]);
      this.#capacity = pooled.ok ? pooled.value.containerCapacity : 0;
      this.#idle = pooled.ok ? (pooled.value.idleHostCapacity ?? 0) : 0;
    }
    const isShort = this.#out.period(this.#capacity) === 'ALARM';
    const isIdle = this.#in.period(this.#idle) === 'ALARM';
    if (isShort) group.scaleSimply(1, COOLDOWN_SECONDS);
    else if (isIdle) group.scaleSimply(-1, COOLDOWN_SECONDS);
    return { figure: this.#capacity, saysEnough: this.#capacity >= 1 };
  }
}
