import type { Level, ServicePlan } from '../workload.js';
import { MetricAlarm } from './metric-alarm.js';

/** Periods of a minute that the alarms of a target tracking policy look at: 3 out, 15 in. */
const OUT_PERIODS = 3;
const IN_PERIODS = 15;
/** Scale-in waits until the metric is this far below the target, as a fraction of it. */
const IN_MARGIN = 0.9;
const COOLDOWN_SECONDS = 300;

/**
 * How many tasks a service wants: by its plan, or by target tracking of its load.
 *
 * The metric is the load a running task carries. Three minutes above the target scale out in proportion; fifteen minutes below nine
 * tenths of it scale in; each waits for its cooldown.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html
 */
export class ServiceTargets {
  readonly #high: MetricAlarm;
  readonly #low: MetricAlarm;
  #desired: number;
  #outSinceMillis = Number.NEGATIVE_INFINITY;
  #inSinceMillis = Number.NEGATIVE_INFINITY;

  public constructor(private readonly plan: ServicePlan) {
    const target = plan.targetTracking?.target ?? 1;
    this.#high = new MetricAlarm({ comparison: '>', threshold: target, evaluationPeriods: OUT_PERIODS });
    this.#low = new MetricAlarm({ comparison: '<', threshold: target * IN_MARGIN, evaluationPeriods: IN_PERIODS });
    this.#desired = plan.targetTracking?.minimum ?? 0;
  }

  /** Tasks wanted at a moment. */
  public desired(nowMillis: number): number {
    return this.plan.targetTracking === undefined ? Math.floor(levelAt(this.plan.desired ?? [], nowMillis)) : this.#desired;
  }

  /**
   * Ends a minute.
   *
   * @returns whether another number of tasks is wanted now
   */
  public minute(nowMillis: number, running: number): boolean {
    const { targetTracking: tracking, load = [] } = this.plan;
    if (tracking === undefined) return false;
    const cooldownMillis = (tracking.cooldownSeconds ?? COOLDOWN_SECONDS) * 1000;
    const metric = running === 0 ? undefined : levelAt(load, nowMillis) / running;
    const isHigh = this.#high.period(metric) === 'ALARM';
    const isLow = this.#low.period(metric) === 'ALARM';
    if (metric === undefined) return this.#set(Math.max(this.#desired, tracking.minimum));
    const wanted = Math.min(tracking.maximum, Math.max(tracking.minimum, Math.ceil((running * metric) / tracking.target)));
    if (isHigh && wanted > this.#desired && nowMillis - this.#outSinceMillis >= cooldownMillis) {
      this.#outSinceMillis = nowMillis;
      return this.#set(wanted);
    }
    if (isLow && wanted < this.#desired && nowMillis - Math.max(this.#inSinceMillis, this.#outSinceMillis) >= cooldownMillis) {
      this.#inSinceMillis = nowMillis;
      return this.#set(wanted);
    }
    return false;
  }

  #set(desired: number): boolean {
    const differs = desired !== this.#desired;
    this.#desired = desired;
    return differs;
  }
}

/** The level that holds at a moment; 0 before the first. */
export function levelAt(levels: readonly Level[], atMillis: number): number {
  let value = 0;
  for (const level of levels) {
    if (level.atMillis > atMillis) break;
    value = level.value;
  }
  return value;
}
