import { fits, type Host, type HostType, placementContext, roomOf, type TaskSize } from '@plimsoll/capacity-core';
import type { SimulatedTask } from './simulated-task.js';

/** What a host is doing. */
export type HostState = 'LAUNCHING' | 'BOOTED' | 'ACTIVE' | 'DRAINING' | 'GONE';

/** A host of the model. */
export class SimulatedHost {
  public state: HostState = 'LAUNCHING';
  /** When it came into service, in milliseconds; infinite until then. */
  public inServiceMillis = Number.POSITIVE_INFINITY;
  /** Whether Auto Scaling may not choose it. */
  public isProtected = false;
  public freeCpuUnits: number;
  public freeMemoryMiB: number;
  public freeGpus: number;
  /** Its tasks, by the order they came. */
  public readonly tasks = new Set<SimulatedTask>();
  /** How many of them are no daemons. */
  public ownTasks = 0;
  /** How many of them no service would start elsewhere. */
  public standaloneTasks = 0;
  /** Rises with each change, as in ECS's events. */
  public version = 0;
  public readonly arn: string;
  public readonly ec2InstanceId: string;
  readonly #attributes: Host['attributes'];
  #view: Host | undefined;

  public constructor(
    public readonly id: number,
    public readonly type: HostType,
    public readonly zone: string,
    public readonly launchedMillis: number,
    arnPrefix: string,
  ) {
    const { resources } = type;
    this.freeCpuUnits = resources.cpuUnits;
    this.freeMemoryMiB = resources.memoryMiB;
    this.freeGpus = resources.gpus;
    this.arn = `${arnPrefix}${id.toString(16).padStart(32, '0')}`;
    this.ec2InstanceId = `i-${id.toString(16).padStart(17, '0')}`;
    this.#attributes = [
      ...(type.attributes ?? []).filter(({ name }) => name !== 'ecs.instance-type' && name !== 'ecs.availability-zone'),
      { name: 'ecs.instance-type', value: type.name },
      { name: 'ecs.availability-zone', value: zone },
    ];
  }

  /** Whether one more task of the size fits, by resources, constraints and state: the core's own answer where the size is not plain. */
  public hasRoomFor(size: TaskSize, isPlain: boolean): boolean {
    if (this.state !== 'ACTIVE') return false;
    if (size.cpuUnits > this.freeCpuUnits || size.memoryMiB > this.freeMemoryMiB || size.gpus > this.freeGpus) return false;
    if (isPlain) return true;
    const context = placementContext({ tasks: [...this.tasks].map((task) => task.view()) });
    return fits(roomOf(this.view(), context), size).copies > 0;
  }

  public add(task: SimulatedTask): void {
    this.#book(task, -1);
    this.tasks.add(task);
    task.host = this;
    this.changed();
  }

  public remove(task: SimulatedTask): void {
    this.#book(task, 1);
    this.tasks.delete(task);
    task.host = undefined;
    this.changed();
  }

  /** Notes that it changed. */
  public changed(): void {
    this.version += 1;
    this.#view = undefined;
  }

  /** The host as a decision sees it. */
  public view(): Host {
    this.#view ??= this.#build();
    return this.#view;
  }

  #build(): Host {
    const { resources } = this.type;
    const sizes = [...this.tasks].map(({ size }) => size);
    const pending = [...this.tasks].filter(({ state }) => state === 'STARTING').length;
    return {
      containerInstanceArn: this.arn,
      ec2InstanceId: this.ec2InstanceId,
      status: this.state === 'DRAINING' ? 'DRAINING' : 'ACTIVE',
      agentConnected: true,
      runningTasksCount: this.tasks.size - pending,
      pendingTasksCount: pending,
      attributes: this.#attributes,
      version: this.version,
      registered: resources,
      remaining: {
        cpuUnits: this.freeCpuUnits,
        memoryMiB: this.freeMemoryMiB,
        gpus: this.freeGpus,
        takenTcpPorts: [...resources.takenTcpPorts, ...sizes.flatMap(({ tcpPorts }) => tcpPorts)],
        takenUdpPorts: [...resources.takenUdpPorts, ...sizes.flatMap(({ udpPorts }) => udpPorts)],
        others: resources.others,
      },
    };
  }

  #book({ size, daemon, group }: SimulatedTask, sign: 1 | -1): void {
    this.freeCpuUnits += sign * size.cpuUnits;
    this.freeMemoryMiB += sign * size.memoryMiB;
    this.freeGpus += sign * size.gpus;
    if (!daemon) this.ownTasks -= sign;
    if (!group.startsWith('service:')) this.standaloneTasks -= sign;
  }
}
