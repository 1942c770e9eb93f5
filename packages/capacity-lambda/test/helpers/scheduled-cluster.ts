/** How a service has its tasks placed; `worst` stands for any scheduler that may be: the host with room that leaves least use of it. */
export const STRATEGIES = ['random', 'spreadZone', 'spreadHost', 'binpackCpu', 'binpackMemory', 'worst'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** A service, and what each of its tasks asks for. */
export interface ModelService {
  readonly name: string;
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  /** Fixed TCP port, 0 for none: at most one copy a host. */
  readonly port: number;
  readonly distinctInstance: boolean;
  readonly headroom: number;
  /** Capacity provider whose hosts alone its tasks are placed on; absent for any host. */
  readonly provider?: string;
}

/** A host. */
export interface ModelHost {
  readonly id: number;
  readonly zone: string;
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  /** Capacity provider that has it. */
  readonly provider?: string;
  status: 'ACTIVE' | 'DRAINING';
}

/** A task on a host. */
export interface ModelTask {
  readonly id: number;
  readonly service: ModelService;
  readonly host: ModelHost;
}

/** A cluster with a simulated scheduler: hosts with room, constraints, then the strategy, as ECS's Developer Guide orders them. */
export class ScheduledCluster {
  readonly hosts: ModelHost[] = [];
  readonly tasks: ModelTask[] = [];
  readonly strategy: Strategy;
  readonly random: { readonly below: (bound: number) => number };
  #nextId = 1;

  constructor(strategy: Strategy, random: { readonly below: (bound: number) => number }) {
    this.strategy = strategy;
    this.random = random;
  }

  addHost(host: Omit<ModelHost, 'id' | 'status'>): void {
    this.hosts.push({ ...host, id: this.#nextId++, status: 'ACTIVE' });
  }

  /** Places one more task; `undefined` if no host has room. */
  place(service: ModelService): ModelTask | undefined {
    const able = this.hosts.filter((host) => host.status === 'ACTIVE' && this.#takes(host, service));
    const host = this.#choose(able, service);
    if (host === undefined) return undefined;
    const task = { id: this.#nextId++, service, host };
    this.tasks.push(task);
    return task;
  }

  stop(task: ModelTask): void {
    this.tasks.splice(this.tasks.indexOf(task), 1);
  }

  tasksOn(host: ModelHost): readonly ModelTask[] {
    return this.tasks.filter((task) => task.host === host);
  }

  /**
   * Drains a host: tasks stop in any order, each when its replacement runs, as a service of 100 % minimum health does it.
   *
   * @returns tasks for which no room was found
   */
  drain(host: ModelHost): number {
    host.status = 'DRAINING';
    const left = [...this.tasksOn(host)];
    let waiting = 0;
    while (left.length > 0) {
      const [task] = left.splice(this.random.below(left.length), 1);
      if (task === undefined) break;
      if (this.place(task.service) === undefined) waiting += 1;
      this.stop(task);
    }
    this.hosts.splice(this.hosts.indexOf(host), 1);
    return waiting;
  }

  free(host: ModelHost): { readonly cpuUnits: number; readonly memoryMiB: number } {
    const tasks = this.tasksOn(host);
    return {
      cpuUnits: tasks.reduce((left, { service }) => left - service.cpuUnits, host.cpuUnits),
      memoryMiB: tasks.reduce((left, { service }) => left - service.memoryMiB, host.memoryMiB),
    };
  }

  #takes(host: ModelHost, service: ModelService): boolean {
    if (service.provider !== undefined && service.provider !== host.provider) return false;
    const { cpuUnits, memoryMiB } = this.free(host);
    if (cpuUnits < service.cpuUnits || memoryMiB < service.memoryMiB) return false;
    const tasks = this.tasksOn(host);
    if (service.port > 0 && tasks.some((task) => task.service.port === service.port)) return false;
    return !(service.distinctInstance && tasks.some((task) => task.service === service));
  }

  #choose(able: readonly ModelHost[], service: ModelService): ModelHost | undefined {
    if (able.length === 0) return undefined;
    const like = (of: (task: ModelTask) => boolean) => this.tasks.filter((task) => task.service === service && of(task)).length;
    const cost: Record<Strategy, (host: ModelHost) => number> = {
      random: () => 0,
      spreadZone: (host) => like((task) => task.host.zone === host.zone),
      spreadHost: (host) => like((task) => task.host === host),
      binpackCpu: (host) => this.free(host).cpuUnits,
      binpackMemory: (host) => this.free(host).memoryMiB,
      // What is over after the task, of both, is as uneven as can be: the next task of another shape finds least.
      worst: (host) => {
        const { cpuUnits, memoryMiB } = this.free(host);
        return -Math.abs(cpuUnits - service.cpuUnits - (memoryMiB - service.memoryMiB) / 4);
      },
    };
    const costs = able.map(cost[this.strategy]);
    const least = Math.min(...costs);
    const best = able.filter((_, index) => costs[index] === least);
    return best[this.random.below(best.length)];
  }
}
