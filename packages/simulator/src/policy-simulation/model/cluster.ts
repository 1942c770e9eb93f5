import type { Host, Task } from '@plimsoll/capacity-core';
import type { SeededRandom } from '../../virtual-time/seeded-random.js';
import type { PlacementStrategy } from '../settings.js';
import { chooseHost } from './placement.js';
import type { SimulatedHost } from './simulated-host.js';
import type { SimulatedTask } from './simulated-task.js';
import type { Timeline } from './timeline.js';
import { WaitingTasks } from './waiting-tasks.js';

/** Who is told what happens in the cluster. */
export interface ClusterListener {
  /** A host changed: it registered, a task came or went, it drains, it is gone. */
  hostChanged(host: SimulatedHost): void;
  /** A task changed its state. */
  taskChanged(task: SimulatedTask): void;
}

/** What a cluster is made with. */
export interface ClusterOptions {
  readonly timeline: Timeline;
  readonly placement: PlacementStrategy;
  readonly random: SeededRandom;
  readonly listeners: readonly ClusterListener[];
}

/** Hosts that ECS knows, and tasks on them or waiting for one. */
export class SimulatedCluster {
  /** Rises with each change that a decision could see. */
  public changes = 0;
  /** Tasks without a host. */
  public readonly waiting = new WaitingTasks();
  /** Told when a draining host runs no task but daemons. */
  public onEmptied: (host: SimulatedHost) => void = () => undefined;
  /** Told when a host registered, before any waiting task is placed on it. */
  public onRegistered: (host: SimulatedHost) => void = () => undefined;
  /** Told when a task ended by itself or was stopped. */
  public onStopped: (task: SimulatedTask, because: 'ended' | 'stopped' | 'killed') => void = () => undefined;
  readonly #options: ClusterOptions;
  readonly #hosts = new Map<number, SimulatedHost>();
  #active: SimulatedHost[] = [];
  readonly #plain = new Map<number, boolean>();

  public constructor(options: ClusterOptions) {
    this.#options = options;
  }

  /** Hosts that are ACTIVE, by age. */
  public get active(): readonly SimulatedHost[] {
    return this.#active;
  }

  /** Hosts that are registered: ACTIVE or DRAINING, by age. */
  public registered(): readonly SimulatedHost[] {
    return [...this.#hosts.values()];
  }

  /** What a decision sees of the hosts. */
  public hostViews(): readonly Host[] {
    return this.registered().map((host) => host.view());
  }

  /** Tasks that are to run: on hosts, or waiting for one. Those that are to stop show in what their hosts have left, and nowhere else. */
  public wanted(): readonly SimulatedTask[] {
    const placed = this.registered().flatMap((host) => [...host.tasks].filter(({ state }) => state !== 'STOPPING'));
    return [...placed, ...this.waiting.all()];
  }

  /**
   * What a decision sees of the tasks: those whose desired status is RUNNING, as the capacity function lists them.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html (`desiredStatus`)
   */
  public taskViews(): readonly Task[] {
    return this.wanted().map((task) => task.view());
  }

  /** A host's agent registers: tasks that wait may go there. */
  public register(host: SimulatedHost): void {
    host.state = 'ACTIVE';
    this.#hosts.set(host.id, host);
    this.#active.push(host);
    this.#active.sort((a, b) => a.id - b.id);
    this.#tellHost(host);
    this.onRegistered(host);
    this.#fill(host);
  }

  /** A task is asked for: it goes to a host with room, or waits. */
  public submit(task: SimulatedTask): void {
    task.state = 'WAITING';
    task.waitingSince = this.#options.timeline.now;
    const { placement, random } = this.#options;
    const host = chooseHost(this.#active, {
      size: task.size,
      group: task.group,
      isPlain: this.#isPlain(task),
      strategy: placement,
      random,
    });
    if (host === undefined) {
      this.waiting.add(task);
      this.#tellTask(task);
    } else this.#place(task, host);
  }

  /** Puts a task on a host without asking the strategy, as ECS does with daemons. */
  public submitTo(host: SimulatedHost, task: SimulatedTask): boolean {
    task.state = 'WAITING';
    task.waitingSince = this.#options.timeline.now;
    if (!host.hasRoomFor(task.size, this.#isPlain(task))) return false;
    this.#place(task, host);
    return true;
  }

  /** A placed task is up: it runs, and ends by itself if it has an end. */
  public started(task: SimulatedTask): void {
    task.state = 'RUNNING';
    this.#tellTask(task);
    if (!Number.isFinite(task.durationMillis)) return;
    const { attempt } = task;
    this.#options.timeline.after(task.durationMillis, () => {
      if (task.attempt === attempt && task.state === 'RUNNING') this.#end(task, 'ended');
    });
  }

  /** Stops a task: it holds its resources until it has stopped. */
  public stop(task: SimulatedTask, stopMillis: number): void {
    if (task.state === 'STOPPED' || task.state === 'STOPPING') return;
    if (task.state === 'WAITING') {
      this.waiting.left();
      this.#end(task, 'stopped');
      return;
    }
    task.state = 'STOPPING';
    this.#tellTask(task);
    const { attempt } = task;
    this.#options.timeline.after(stopMillis, () => {
      if (task.attempt === attempt && task.state === 'STOPPING') this.#end(task, 'stopped');
    });
  }

  /**
   * Takes no more tasks onto a host; tells `onEmptied` once it runs none but daemons.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html
   */
  public drain(host: SimulatedHost): void {
    if (host.state !== 'ACTIVE') return;
    host.state = 'DRAINING';
    this.#active = this.#active.filter((other) => other !== host);
    this.#tellHost(host);
    if (host.ownTasks === 0) this.onEmptied(host);
  }

  /** A host is gone, and with it what it ran. */
  public remove(host: SimulatedHost): void {
    host.state = 'GONE';
    this.#active = this.#active.filter((other) => other !== host);
    for (const task of [...host.tasks]) this.#end(task, task.state === 'STOPPING' || task.daemon ? 'stopped' : 'killed');
    this.#hosts.delete(host.id);
    this.#tellHost(host);
  }

  #place(task: SimulatedTask, host: SimulatedHost): void {
    task.attempt += 1;
    task.waitedMillis += this.#options.timeline.now - task.waitingSince;
    task.state = 'STARTING';
    task.startedMillis = this.#options.timeline.now;
    host.add(task);
    this.#tellTask(task);
    this.#tellHost(host);
    this.onPlaced(task);
  }

  /** Told when a task was placed; by default it runs at once. */
  public onPlaced: (task: SimulatedTask) => void = (task) => this.started(task);

  #end(task: SimulatedTask, because: 'ended' | 'stopped' | 'killed'): void {
    const { host } = task;
    task.state = 'STOPPED';
    host?.remove(task);
    this.#tellTask(task);
    if (host !== undefined && host.state !== 'GONE') {
      this.#tellHost(host);
      if (host.state === 'ACTIVE') this.#fill(host);
      else if (host.ownTasks === 0) this.onEmptied(host);
    }
    this.onStopped(task, because);
  }

  /** No waiting task fits any other host, so that only this one need be looked at; the longest waiting go first. */
  #fill(host: SimulatedHost): void {
    while (this.waiting.count > 0 && host.state === 'ACTIVE') {
      let next: SimulatedTask | undefined;
      for (const task of this.waiting.heads()) {
        if ((next === undefined || task.id < next.id) && host.hasRoomFor(task.size, this.#isPlain(task))) next = task;
      }
      if (next === undefined) return;
      this.waiting.left();
      this.#place(next, host);
    }
  }

  /** Whether CPU, memory and GPUs alone decide where the task fits. */
  #isPlain({ kind, size }: SimulatedTask): boolean {
    const known = this.#plain.get(kind);
    if (known !== undefined) return known;
    const isPlain = [size.tcpPorts, size.udpPorts, size.others, size.requiredAttributes, size.placementConstraints].every(
      ({ length }) => length === 0,
    );
    this.#plain.set(kind, isPlain);
    return isPlain;
  }

  #tellHost(host: SimulatedHost): void {
    this.changes += 1;
    host.changed();
    for (const listener of this.#options.listeners) listener.hostChanged(host);
  }

  #tellTask(task: SimulatedTask): void {
    this.changes += 1;
    task.changed();
    for (const listener of this.#options.listeners) listener.taskChanged(task);
  }
}
