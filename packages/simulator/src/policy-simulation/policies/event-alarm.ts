import { MetricAlarm } from '../model/metric-alarm.js';
import type { PolicyContext } from './policy.js';

/** How often an alarm in ALARM repeats its Auto Scaling action, in milliseconds. */
const REPEAT_MILLIS = 60_000;
/** Calls of ECS a second that the function may make: its default. */
const CALLS_A_SECOND = 2;
/** Hosts or tasks that one call describes, and one lists. */
const PAGE = 100;

/**
 * An alarm of one period of 10 seconds on a metric that is published when something happened.
 *
 * What is looked at in one period is known in the next, for the batching window, the function and the metric take their time. The action
 * is taken when the alarm goes to ALARM, and once a minute while it stays there; a period without a data point does not breach.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/publishingMetrics.html (high-resolution metrics)
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
export class EventAlarm {
  readonly #alarm = new MetricAlarm({ comparison: '>=', threshold: 1, evaluationPeriods: 1, treatMissingData: 'notBreaching' });
  #published: number | undefined;
  #value = 0;
  #isRaised = false;
  #actedMillis = Number.NEGATIVE_INFINITY;
  #lookedMillis = Number.NEGATIVE_INFINITY;

  public constructor(private readonly context: Pick<PolicyContext, 'cluster' | 'now'>) {}

  /** Whether the function's share of calls lets it look again: two calls for every hundred hosts, and for every hundred tasks. */
  public isDue(): boolean {
    const { cluster, now } = this.context;
    const pages = (count: number): number => Math.max(1, Math.ceil(count / PAGE));
    const hosts = cluster.registered();
    const tasks = hosts.reduce((sum, host) => sum + host.tasks.size, cluster.waiting.count);
    const calls = 2 * (pages(hosts.length) + pages(tasks));
    return now() - this.#lookedMillis >= (calls / CALLS_A_SECOND) * 1000;
  }

  /**
   * Ends a period.
   *
   * @param value - what was published in it, if anything
   * @returns the metric's value if the action is to be taken now
   */
  public period(value: number | undefined): number | undefined {
    const now = this.context.now();
    if (value !== undefined) this.#lookedMillis = now;
    const arrived = this.#published;
    this.#published = value;
    if (arrived !== undefined) this.#value = arrived;
    const wasRaised = this.#isRaised;
    this.#isRaised = this.#alarm.period(arrived) === 'ALARM';
    if (!this.#isRaised || (wasRaised && now - this.#actedMillis < REPEAT_MILLIS)) return undefined;
    this.#actedMillis = now;
    return this.#value;
  }
}
