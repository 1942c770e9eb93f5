import type { SimulatedTask } from './simulated-task.js';

/** Tasks without a host, by kind, each kind in the order it came. */
export class WaitingTasks {
  readonly #queues = new Map<number, { tasks: SimulatedTask[]; first: number }>();
  #count = 0;

  /** How many wait. */
  public get count(): number {
    return this.#count;
  }

  public add(task: SimulatedTask): void {
    this.#count += 1;
    const queue = this.#queues.get(task.kind);
    if (queue === undefined) this.#queues.set(task.kind, { tasks: [task], first: 0 });
    else queue.tasks.push(task);
  }

  /** Notes that one that was added waits no more. */
  public left(): void {
    this.#count -= 1;
  }

  /** The one of each kind that has waited longest, in no order. */
  public *heads(): Generator<SimulatedTask> {
    for (const [kind, queue] of this.#queues) {
      const head = headOf(queue);
      if (head === undefined) this.#queues.delete(kind);
      else yield head;
    }
  }

  /** All that wait, by the order they were made in. */
  public all(): readonly SimulatedTask[] {
    // One that came back may stand in its queue twice.
    const tasks = new Set<SimulatedTask>();
    for (const queue of this.#queues.values()) {
      for (let at = queue.first; at < queue.tasks.length; at += 1) {
        const task = queue.tasks[at];
        if (task?.state === 'WAITING') tasks.add(task);
      }
    }
    return [...tasks].sort((a, b) => a.id - b.id);
  }
}

function headOf(queue: { tasks: SimulatedTask[]; first: number }): SimulatedTask | undefined {
  while (queue.first < queue.tasks.length) {
    const task = queue.tasks[queue.first];
    if (task?.state === 'WAITING') return task;
    queue.first += 1;
  }
  return undefined;
}
