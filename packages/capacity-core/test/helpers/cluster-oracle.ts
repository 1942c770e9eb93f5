import type { Host, TaskSize } from '../../src/index.js';
import { CONSTRAINTS, type KnownCluster, LIMITS } from './known-cluster.js';

/**
 * One host on which tasks are placed one after another, by ECS's rules written down as questions.
 *
 * Shares nothing with the code under test: no division, no minimum, no expression is parsed.
 */
export class HostOracle {
  readonly #attributes: ReadonlyMap<string, string | undefined>;
  readonly #amounts: Map<string, number>;
  readonly #ports: Set<string>;
  readonly #groups: string[] = [];
  #interfaces: number;
  readonly #open: boolean;

  public constructor(host: Host, { tasks, daemons }: KnownCluster) {
    const { remaining } = host;
    this.#open = host.status === 'ACTIVE' && host.agentConnected;
    this.#attributes = new Map(host.attributes.map(({ name, value }) => [name, value]));
    this.#amounts = new Map([
      ['CPU', remaining.cpuUnits],
      ['MEMORY', remaining.memoryMiB],
      ['GPU', remaining.gpus],
      ...remaining.others.map(({ name, amount }): [string, number] => [name, amount]),
    ]);
    this.#ports = new Set([
      ...remaining.takenTcpPorts.map((port) => `tcp/${port}`),
      ...remaining.takenUdpPorts.map((port) => `udp/${port}`),
    ]);
    this.#interfaces = this.#mostInterfaces();
    for (const task of tasks) {
      if (task.containerInstanceArn !== host.containerInstanceArn || task.lastStatus === 'STOPPED' || task.launchType === 'FARGATE')
        continue;
      if (task.size.networkMode === 'awsvpc') this.#interfaces -= 1;
      if (task.desiredStatus !== 'STOPPED' && task.group !== undefined) this.#groups.push(task.group);
    }
    for (const daemon of daemons) if (!this.#groups.includes(daemon.group) && this.takes(daemon)) this.place(daemon);
  }

  public takes(size: TaskSize): boolean {
    if (!this.#open) return false;
    if (size.networkMode === 'awsvpc' && this.#interfaces <= 0) return false;
    if (!demandsOf(size).every(([name, amount]) => amount === 0 || (this.#amounts.get(name) ?? 0) >= amount)) return false;
    if (portsOf(size).some((port) => this.#ports.has(port))) return false;
    const hasAttributes = size.requiredAttributes.every(
      ({ name, value }) => this.#attributes.has(name) && (value === undefined || this.#attributes.get(name) === value),
    );
    return hasAttributes && size.placementConstraints.every((constraint) => this.#satisfies(constraint, size));
  }

  public place(size: TaskSize): void {
    for (const [name, amount] of demandsOf(size)) this.#amounts.set(name, (this.#amounts.get(name) ?? 0) - amount);
    for (const port of portsOf(size)) this.#ports.add(port);
    if (size.networkMode === 'awsvpc') this.#interfaces -= 1;
    if (size.group !== undefined) this.#groups.push(size.group);
  }

  #satisfies(constraint: unknown, { group = '' }: TaskSize): boolean {
    if (constraint === CONSTRAINTS.distinct) return !this.#groups.includes(group);
    if (constraint === CONSTRAINTS.zoneA) return this.#attributes.get('ecs.availability-zone') === 'a';
    if (constraint === CONSTRAINTS.notWithWeb) return !this.#groups.includes('service:web');
    return this.#groups.includes('service:cron');
  }

  #mostInterfaces(): number {
    const limit = LIMITS[this.#attributes.get('ecs.instance-type') ?? ''];
    if (this.#attributes.has('ecs.awsvpc-trunk-id')) return limit?.trunkedTasks ?? 0;
    return (limit?.interfaces ?? 1) - 1;
  }
}

/** How many copies can be placed, one after another, on any host that takes one, up to a bound. */
export function placeable(cluster: KnownCluster, atMost = Number.POSITIVE_INFINITY): number {
  const hosts = cluster.hosts.map((host) => new HostOracle(host, cluster));
  for (let placed = 0; ; placed += 1) {
    const host = placed < atMost ? hosts.find((one) => one.takes(cluster.size)) : undefined;
    if (host === undefined) return placed;
    host.place(cluster.size);
  }
}

/** The most copies any way of handing out up to `tasks` of them to hosts can place: every way is tried. */
export function mostPlaceable(cluster: KnownCluster, tasks: number): number {
  let most = 0;
  const ways = cluster.hosts.length ** tasks;
  for (let way = 0; way < ways && most < tasks; way += 1) {
    const hosts = cluster.hosts.map((host) => new HostOracle(host, cluster));
    let placed = 0;
    for (let task = 0, rest = way; task < tasks; task += 1, rest = Math.floor(rest / hosts.length)) {
      const host = hosts[rest % hosts.length];
      if (host?.takes(cluster.size) !== true) continue;
      host.place(cluster.size);
      placed += 1;
    }
    most = Math.max(most, placed);
  }
  return most;
}

function demandsOf(size: TaskSize): ReadonlyArray<readonly [name: string, amount: number]> {
  return [
    ['CPU', size.cpuUnits],
    ['MEMORY', size.memoryMiB],
    ['GPU', size.gpus],
    ...size.others.map(({ name, amount }): [string, number] => [name, amount]),
  ];
}

function portsOf(size: TaskSize): readonly string[] {
  return [...size.tcpPorts.map((port) => `tcp/${port}`), ...size.udpPorts.map((port) => `udp/${port}`)];
}
