import type { DrainableHosts, Host, HostType, PlacementOptions, TaskDemand, TaskSize, UnplaceableTasks } from '@plimsoll/capacity-core';
import { MetricAlarm } from '../model/metric-alarm.js';
import type { PolicyContext, RunningPolicy, ScalingPolicy } from './policy.js';

/** What the production decision on scaling is made from. */
export interface ScalingQuestion {
  readonly hosts: readonly Host[];
  readonly placement: PlacementOptions;
  readonly taskSizes: readonly TaskSize[];
  readonly missing: readonly TaskDemand[];
  readonly hostType?: HostType | undefined;
  readonly staying?: ReadonlySet<string>;
  readonly balanceZones?: boolean;
}

/** What the production decision answers. */
export interface ScalingVerdict {
  readonly hostsShort: number;
  readonly unplaceable: readonly UnplaceableTasks[];
  readonly activeHosts: number;
  readonly drainable: DrainableHosts;
}

/** What the production decision on scale-in is made from. */
export interface ScaleInQuestion {
  readonly configuration: {
    readonly alarmName: string;
    readonly autoScalingGroupName: string;
    readonly maxDraining: number;
    readonly dryRun: boolean;
    readonly balanceZones: boolean;
  };
  readonly alarmState: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | undefined;
  readonly hosts: readonly Host[];
  readonly scaling: ScalingVerdict;
  readonly going: ReadonlySet<string>;
}

/** The decisions of the capacity function, injected: the very functions that its package exports. */
export interface ProductionDecisions {
  readonly decideScaling: (question: ScalingQuestion) => ScalingVerdict;
  readonly decideScaleIn: (
    question: ScaleInQuestion,
  ) => { readonly kind: 'stay' } | { readonly kind: 'remove'; readonly ec2InstanceId: string };
}

/** How the production policy is set. */
export interface ExactOptions {
  /**
   * Minutes in a row for which a host must be drainable before one goes. Integer, at least 1.
   *
   * @default 5
   */
  readonly scaleInMinutes?: number;
  /**
   * Hosts that may drain at once. Integer, at least 1.
   *
   * @default 1
   */
  readonly maxDraining?: number;
  /**
   * Warm-up of the step scaling policy, in seconds.
   *
   * @default 180
   */
  readonly warmupSeconds?: number;
  /**
   * Hosts added for hosts short: the greatest step that is not above what is short. Integers, at least 1, in any order.
   *
   * @default [1, 2, 5, 10], those of the `ClusterCapacity` construct
   */
  readonly steps?: readonly number[];
  /** Name in reports. @default 'exact' */
  readonly name?: string;
  /**
   * Whether the production decision is left unasked where its answer is plain: nothing waits, no headroom is wanted, and every host
   * runs a standalone task, which keeps it. The results are the same; only the time is not.
   *
   * @default true
   */
  readonly skipsPlainAnswers?: boolean;
  /** Hears every question and its answer, for tests. */
  readonly onDecision?: (question: ScalingQuestion, verdict: ScalingVerdict) => void;
}

/** Hosts added, never more than are short: the steps of the `ClusterCapacity` construct. */
const STEPS = [1, 2, 5, 10];

/**
 * Plimsoll's own policy, decided by the functions that run in production.
 *
 * Each minute: HostsShort ≥ 1 in one period adds hosts in steps (step scaling); DrainableHosts ≥ 1 in N of N periods lets the named
 * host go, with the desired count lowered, and managed draining moves its tasks.
 */
export function exactPolicy(decisions: ProductionDecisions, options: ExactOptions = {}): ScalingPolicy {
  const complete = {
    scaleInMinutes: 5,
    maxDraining: 1,
    warmupSeconds: 180,
    steps: STEPS,
    skipsPlainAnswers: true,
    onDecision: () => undefined,
    ...options,
  };
  return { name: options.name ?? 'exact', start: (context) => new ExactAtWork(context, decisions, complete) };
}

class ExactAtWork implements RunningPolicy {
  readonly #out = new MetricAlarm({ comparison: '>=', threshold: 1, evaluationPeriods: 1, treatMissingData: 'notBreaching' });
  readonly #in: MetricAlarm;
  #seen = -1;
  #hosts: readonly Host[] = [];
  #verdict: Figures | undefined;

  public constructor(
    private readonly context: PolicyContext,
    private readonly decisions: ProductionDecisions,
    private readonly options: Required<Omit<ExactOptions, 'name'>>,
  ) {
    const evaluationPeriods = options.scaleInMinutes;
    this.#in = new MetricAlarm({ comparison: '>=', threshold: 1, evaluationPeriods, treatMissingData: 'notBreaching' });
  }

  public minute(): { readonly figure: number; readonly saysEnough: boolean } {
    const { cluster, group } = this.context;
    // The decision is a function of what it sees: nothing changed, nothing to decide anew.
    if (this.#verdict === undefined || cluster.changes !== this.#seen) this.#verdict = this.#decide();
    const verdict = this.#verdict;
    const isShort = this.#out.period(verdict.hostsShort) === 'ALARM';
    const alarmState = this.#in.period(verdict.drainableHosts);
    if (isShort) group.scaleByStep(this.#stepFor(verdict.hostsShort), this.options.warmupSeconds);
    else if (alarmState === 'ALARM' && verdict.scaling !== undefined) this.#scaleIn(verdict.scaling, alarmState);
    return { figure: verdict.hostsShort, saysEnough: verdict.hostsShort === 0 };
  }

  #decide(): Figures {
    const { cluster, settings, daemons, headroom, missing } = this.context;
    this.#seen = cluster.changes;
    if (this.options.skipsPlainAnswers && isPlain(this.context)) return { hostsShort: 0, drainableHosts: 0 };
    this.#hosts = cluster.hostViews();
    const question: ScalingQuestion = {
      hosts: this.#hosts,
      placement: { tasks: cluster.taskViews(), daemons },
      taskSizes: headroom,
      missing: missing(),
      hostType: settings.hostTypes[0],
    };
    const scaling = this.decisions.decideScaling(question);
    this.options.onDecision(question, scaling);
    return { hostsShort: scaling.hostsShort, drainableHosts: scaling.drainable.containerInstanceArns.length, scaling };
  }

  #stepFor(hostsShort: number): number {
    return Math.max(0, ...this.options.steps.filter((hosts) => hosts <= hostsShort));
  }

  #scaleIn(scaling: ScalingVerdict, alarmState: 'ALARM'): void {
    const { maxDraining } = this.options;
    const configuration = { alarmName: 'drainable', autoScalingGroupName: 'hosts', maxDraining, dryRun: false, balanceZones: false };
    const decision = this.decisions.decideScaleIn({ configuration, alarmState, hosts: this.#hosts, scaling, going: new Set() });
    if (decision.kind === 'remove') this.context.group.terminate(decision.ec2InstanceId);
  }
}

/** The metrics that the alarms look at, and the decision they are from where it was asked for. */
interface Figures {
  readonly hostsShort: number;
  readonly drainableHosts: number;
  readonly scaling?: ScalingVerdict;
}

/** Whether nothing can be short and no host can go, whatever the rest is like. */
function isPlain({ cluster, headroom, missing }: PolicyContext): boolean {
  if (cluster.waiting.count > 0 || headroom.some((size) => size.headroom > 0) || missing().length > 0) return false;
  return cluster.registered().every((host) => host.state === 'ACTIVE' && host.standaloneTasks > 0);
}
