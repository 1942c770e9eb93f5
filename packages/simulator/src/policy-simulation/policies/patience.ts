import type { Task } from '@plimsoll/capacity-core';
import type { PolicyContext } from './policy.js';
import type { HostPatience, NeededHosts, ProductionDecisions, ScalingVerdict } from './production-decisions.js';

/** The longest that is looked back, in minutes: what CloudWatch answers at once. */
const MOST_MINUTES = 1440;
const NOTHING: NeededHosts = { occupied: 0, needed: 0 };

/** What the capacity function's two patient decisions need to know of the past: what CloudWatch keeps of its metrics. */
export class Patience {
  /** What each minute needed at most, oldest first. */
  readonly #history: NeededHosts[] = [];
  #minute = NOTHING;

  public constructor(
    private readonly context: PolicyContext,
    private readonly decisions: ProductionDecisions,
    private readonly hosts: HostPatience | undefined,
  ) {}

  /** Notes what is needed now. @returns the hosts to add */
  public look(verdict: ScalingVerdict, tasks: readonly Task[]): number {
    const { cluster } = this.context;
    const hostsShort = verdict.hostsShort === 0 ? 0 : this.#patientHostsShort(verdict);
    // A brief question is put about a part of the hosts.
    const scaling = { ...verdict, hostsShort, activeHosts: cluster.active.length };
    const { occupied, needed } = this.decisions.hostDemand({ tasks, scaling });
    this.#minute = { occupied: Math.max(this.#minute.occupied, occupied), needed: Math.max(this.#minute.needed, needed) };
    return hostsShort;
  }

  /** A minute has ended. @returns how many of the drainable hosts may go */
  public minute({ drainable }: ScalingVerdict, tasks: readonly Task[]): number {
    this.#history.push(this.#minute);
    if (this.#history.length > MOST_MINUTES) this.#history.shift();
    this.#minute = NOTHING;
    return this.decisions.dispensableHosts({
      drainable: drainable.containerInstanceArns,
      idle: this.decisions.idleHosts(drainable.containerInstanceArns, tasks),
      activeHosts: this.context.cluster.active.length,
      history: this.#history,
      ...(this.hosts === undefined ? {} : { patience: this.hosts }),
    });
  }

  #patientHostsShort({ hostsShort }: ScalingVerdict): number {
    const { cluster, now } = this.context;
    return this.decisions.patientHostsShort({
      hostsShort,
      waiting: cluster.waiting.all(),
      hosts: cluster.active.map((host) => ({
        remaining: { cpuUnits: host.freeCpuUnits, memoryMiB: host.freeMemoryMiB, gpus: host.freeGpus },
        tasks: host.tasks,
      })),
      nowMillis: now(),
    });
  }
}
