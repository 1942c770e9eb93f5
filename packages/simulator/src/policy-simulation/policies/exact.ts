import type { HostType, Task } from '@plimsoll/capacity-core';
import { MetricAlarm } from '../model/metric-alarm.js';
import { EventAlarm } from './event-alarm.js';
import { leastHostType } from './least-host-type.js';
import { Patience } from './patience.js';
import type { PolicyContext, PolicyMinute, RunningPolicy, ScalingPolicy } from './policy.js';
import type { HostPatience, ProductionDecisions, ScalingQuestion, ScalingVerdict } from './production-decisions.js';
import { shortQuestion, wholeQuestion } from './scaling-question.js';

/** How the production policy is set. */
export interface ExactOptions {
  /**
   * Minutes in a row for which a host must be drainable before any goes. Integer, at least 1.
   *
   * @default 10
   */
  readonly scaleInMinutes?: number;
  /**
   * Hosts that may drain at once. Integer, at least 1.
   *
   * @default 10
   */
  readonly maxDraining?: number;
  /**
   * Warm-up of the step scaling policy, in seconds: no less than an instance in service takes to register.
   *
   * @default 60
   */
  readonly warmupSeconds?: number;
  /**
   * Hosts added for hosts short: the greatest step that is not above what is short. Integers, at least 1, in any order; a policy has
   * at most 20.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html
   * @default 1 to 10, then ever greater ones up to 200
   */
  readonly steps?: readonly number[];
  /**
   * Whether the function looks at the cluster when a task waits, and the alarm on what is short has periods of 10 seconds.
   *
   * @default false: both look once a minute
   */
  readonly followsEvents?: boolean;
  /**
   * Whether hosts go that were not needed lately, and not all that are drainable now, and whether the last host short waits where tasks end
   * often. `scaleInMinutes` is of no account then.
   *
   * @default false
   */
  readonly isPatient?: boolean;
  /** How long hosts must have been dispensable. @default the capacity function's own */
  readonly hostPatience?: HostPatience;
  /** Name in reports. @default 'exact' */
  readonly name?: string;
  /**
   * Whether the production decision is spared what cannot bear on it. The results are the same; only the time is not.
   *
   * @default true
   */
  readonly asksBriefly?: boolean;
  /** Hears every question and its answer, for tests. */
  readonly onDecision?: (question: ScalingQuestion, verdict: ScalingVerdict) => void;
}

/** So many that no more than a third is left for the next minute, and no more than a policy may have. */
const STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 50, 70, 100, 150, 200];

/**
 * Plimsoll's own policy, decided by the functions that run in production.
 *
 * HostsShort ≥ 1 in one period adds hosts in steps (step scaling). DrainableHosts ≥ 1 in N of N minutes lets the named hosts go, as many
 * as may drain, with the desired count lowered, and managed draining moves their tasks. The metric's statistic is its minimum, so that
 * the minute in which hosts went counts what was left then.
 *
 * With patience, what every minute needed tells how many go: see the capacity function's `dispensableHosts` and `patientHostsShort`.
 *
 * Of several types of host it is told what the least of them brings of each resource, for any of them may be launched next.
 */
export function exactPolicy(decisions: ProductionDecisions, options: ExactOptions = {}): ScalingPolicy {
  const complete = {
    scaleInMinutes: 10,
    maxDraining: 10,
    warmupSeconds: 60,
    steps: STEPS,
    followsEvents: false,
    isPatient: false,
    asksBriefly: true,
    onDecision: () => undefined,
    ...options,
  };
  return { name: options.name ?? 'exact', start: (context) => new ExactAtWork(context, decisions, complete) };
}

class ExactAtWork implements RunningPolicy {
  readonly #out: MetricAlarm | EventAlarm;
  readonly #in: MetricAlarm;
  readonly #hostType: HostType;
  readonly #patience: Patience | undefined;
  #seen = -1;
  #question: ScalingQuestion | undefined;
  #verdict: ScalingVerdict | undefined;
  public readonly between: (() => void) | undefined;
  /** Least drainable hosts that were published since the last minute ended. */
  #leastDrainable = Number.POSITIVE_INFINITY;

  public constructor(
    private readonly context: PolicyContext,
    private readonly decisions: ProductionDecisions,
    private readonly options: Required<Omit<ExactOptions, 'name' | 'hostPatience'>> & Pick<ExactOptions, 'hostPatience'>,
  ) {
    const alarm = { comparison: '>=', threshold: 1, treatMissingData: 'notBreaching' } as const;
    const events = options.followsEvents ? new EventAlarm(context) : undefined;
    this.#out = events ?? new MetricAlarm({ ...alarm, evaluationPeriods: 1 });
    this.between = events === undefined ? undefined : () => this.#between(events);
    this.#in = new MetricAlarm({ ...alarm, evaluationPeriods: options.scaleInMinutes });
    this.#patience = options.isPatient ? new Patience(context, decisions, options.hostPatience) : undefined;
    this.#hostType = leastHostType(context.settings.hostTypes);
  }

  public minute(): PolicyMinute {
    const verdict = this.#look();
    const { hostsShort } = verdict;
    const toAdd = this.#toAdd(verdict);
    if (this.#out instanceof EventAlarm) this.#outByEvents(this.#out, toAdd);
    else if (this.#out.period(toAdd) === 'ALARM') this.#scaleOut(toAdd);
    if (this.#patience === undefined) this.#inByAlarm(verdict);
    else this.#scaleIn(verdict, this.#patience.minute(verdict, this.#tasks()));
    return { figure: hostsShort, saysEnough: hostsShort === 0 };
  }

  /** Ten seconds have passed. */
  #between(events: EventAlarm): void {
    const isDue = this.context.cluster.changes !== this.#seen && events.isDue();
    const verdict = isDue ? this.#look() : undefined;
    if (verdict !== undefined) this.#leastDrainable = Math.min(this.#leastDrainable, drainableOf(verdict));
    this.#outByEvents(events, verdict && this.#toAdd(verdict));
  }

  #toAdd(verdict: ScalingVerdict): number {
    return this.#patience === undefined ? verdict.hostsShort : this.#patience.look(verdict, this.#tasks());
  }

  #tasks(): readonly Task[] {
    return this.#question?.placement.tasks ?? [];
  }

  #inByAlarm(verdict: ScalingVerdict): void {
    const alarmState = this.#in.period(Math.min(this.#leastDrainable, drainableOf(verdict)));
    this.#leastDrainable = Number.POSITIVE_INFINITY;
    if (alarmState === 'ALARM') this.#scaleIn(verdict);
  }

  #outByEvents(alarm: EventAlarm, hostsShort: number | undefined): void {
    const acts = alarm.period(hostsShort);
    if (acts !== undefined) this.#scaleOut(acts);
  }

  #scaleOut(hostsShort: number): void {
    const step = Math.max(0, ...this.options.steps.filter((hosts) => hosts <= hostsShort));
    this.context.group.scaleByStep(step, this.options.warmupSeconds);
  }

  /** The decision is a function of what it sees: nothing changed, nothing to decide anew. */
  #look(): ScalingVerdict {
    const { cluster } = this.context;
    if (this.#verdict !== undefined && cluster.changes === this.#seen) return this.#verdict;
    this.#seen = cluster.changes;
    const brief = this.options.asksBriefly ? shortQuestion(this.context, this.#hostType) : undefined;
    this.#question = brief ?? wholeQuestion(this.context, this.#hostType, this.decisions);
    this.#verdict = this.decisions.decideScaling(this.#question);
    this.options.onDecision(this.#question, this.#verdict);
    return this.#verdict;
  }

  /** @param dispensable - how many may go, if not all that are drainable */
  #scaleIn(scaling: ScalingVerdict, dispensable?: number): void {
    const { maxDraining } = this.options;
    const configuration = { alarmName: 'drainable', autoScalingGroupName: 'hosts', maxDraining, dryRun: false, balanceZones: false };
    const hosts = this.#question?.hosts ?? [];
    const limit = dispensable === undefined ? {} : { dispensable };
    const decision = this.decisions.decideScaleIn({ configuration, alarmState: 'ALARM', hosts, scaling, going: new Set(), ...limit });
    if (decision.kind === 'stay') return;
    let left = drainableOf(scaling);
    for (const { ec2InstanceId } of [decision, ...decision.others]) {
      // Below its minimum the group refuses each of them.
      if (!this.context.group.terminate(ec2InstanceId)) return;
      left -= 1;
      this.#leastDrainable = left;
    }
  }
}

function drainableOf({ drainable }: ScalingVerdict): number {
  return drainable.containerInstanceArns.length;
}
